package io.stateward.signal;

import org.jspecify.annotations.Nullable;

/**
 * One step of a signal: the value before, the value now, and the version of the latter.
 *
 * <p>To one subscription, each change starts where the one before ended. The first is {@code was ==
 * now} if the subscription asked for the current value, and also if there was no value before
 * because the signal had failed.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of the value
 * @param was the value that the subscriber was told last
 * @param now the value that it is told now
 * @param version the version of {@code now}
 * @since 0.1
 */
public record Change<T extends @Nullable Object>(T was, T now, long version) {}
