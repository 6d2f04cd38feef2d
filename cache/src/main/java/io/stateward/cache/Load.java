package io.stateward.cache;

import io.stateward.scope.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * What a loader is asked for.
 *
 * <p><b>Thread safety.</b> Immutable, as far as its parts are.
 *
 * @param key the key
 * @param stale the value that was stored last and has outlived its freshness; null if there is none
 * @param validator what the loader gave with it, as an ETag; null if there is none
 * @param preferPrimary whether it was written lately, or what was loaded last was refused, so that
 *     a replica of the source may lag
 * @param cancellation cancelled when nobody waits for it any more, or its time is over
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @since 0.1
 */
public record Load<K, V>(
    K key,
    @Nullable V stale,
    @Nullable String validator,
    boolean preferPrimary,
    Cancellation cancellation) {}
