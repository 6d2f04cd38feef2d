package io.stateward.signal;

import org.jspecify.annotations.Nullable;

/**
 * A value and its version, as one consistent pair.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param version the version; it grows whenever the value changes
 * @since 0.1
 */
public record Versioned<T extends @Nullable Object>(T value, long version) {}
