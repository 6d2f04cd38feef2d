package io.stateward.cache;

import io.stateward.scope.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * What a source is asked for.
 *
 * @param flight the read
 * @param stale what there is to fall back on, and to ask the loader about
 * @param place where what is read from now on belongs in memory; null if that is not known
 * @param group asks for several at once; null for one by itself
 * @param cancellation cancelled when nobody waits for it any more
 */
record Need<K, V>(
    Flight<K, V> flight,
    @Nullable Entry<V> stale,
    SharedEntry.@Nullable Place place,
    @Nullable Group<K, V> group,
    Cancellation cancellation) {}
