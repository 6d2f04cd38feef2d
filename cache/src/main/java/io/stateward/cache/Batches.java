package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Reads of several keys at once, which ask each layer, and the loader if it can, as one. */
final class Batches<K, V> {

  private final Reads<K, V> reads;
  private final Timekeeper time;
  private final Executor executor;
  private final List<Link> links;
  private final LoaderCalls<K, V> calls;

  Batches(CacheEngine<K, V> cache) {
    this.reads = cache.reads;
    this.time = cache.time;
    this.executor = cache.executor;
    this.links = cache.chain.links();
    this.calls = cache.calls;
  }

  /** Reads several keys. */
  CompletableFuture<Map<K, Result<V>>> readAll(Collection<? extends K> wanted) {
    Group<K, V> group = Batch.of(links, time, calls.gathering());
    Map<K, CompletableFuture<Result<V>>> shares = new LinkedHashMap<>();
    boolean all = false;
    try {
      for (K key : wanted) {
        if (!shares.containsKey(key)) {
          shares.put(key, reads.read(key, executor, group));
        }
      }
      all = true;
    } finally {
      if (!all) { // a key that is refused; nobody waits for the others
        shares.values().forEach(share -> share.cancel(false));
      }
      if (group != null) {
        group.leave();
      }
    }
    CompletableFuture<Map<K, Result<V>>> result =
        CompletableFuture.allOf(shares.values().toArray(CompletableFuture[]::new))
            .thenApply(done -> results(shares));
    Stages.onEnd(
        result, (done, failure) -> shares.values().forEach(share -> Reads.giveUp(result, share)));
    return result;
  }

  private static <K, V> Map<K, Result<V>> results(Map<K, CompletableFuture<Result<V>>> shares) {
    Map<K, Result<V>> results = new LinkedHashMap<>();
    shares.forEach((key, share) -> results.put(key, share.join()));
    return results;
  }
}
