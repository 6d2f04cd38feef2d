package io.stateward.testkit.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An entry that stayed stale for longer than the bound.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <K> the type of the key
 * @param <V> the type of the values
 * @param key its key
 * @param instance which instance has it
 * @param cached what the instance would serve; null if that there is none
 * @param source what the source has; null if there is none
 * @param staleFor how long it has been stale for sure; more than the bound
 * @since 0.1
 */
public record StaleEntry<K, V>(
    K key, String instance, @Nullable V cached, @Nullable V source, Duration staleFor) {}
