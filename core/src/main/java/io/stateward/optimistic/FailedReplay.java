package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * A command that threw when it was executed again, as it is put to its {@link ReplayPolicy}.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of what the mutation is about
 * @param id the mutation
 * @param name what its command is called
 * @param before what it stands on now; null if it is not there
 * @param lastImage what it made of it when it was last executed; null if it removed it
 * @param cause what it threw
 * @since 0.1
 */
public record FailedReplay<T>(
    MutationId id, String name, @Nullable T before, @Nullable T lastImage, Throwable cause) {}
