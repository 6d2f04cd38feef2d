package io.stateward.cache;

import io.stateward.cache.spi.Reading;
import io.stateward.time.Timekeeper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads of several keys at once, which ask a layer as one. */
final class Batches<K, V> {

  private final Reads<K, V> reads;
  private final Timekeeper time;
  private final Executor executor;
  private final @Nullable Link link;

  Batches(CacheEngine<K, V> cache) {
    this.reads = cache.reads;
    this.time = cache.time;
    this.executor = cache.executor;
    this.link = cache.link;
  }

  /** Reads several keys. */
  CompletableFuture<Map<K, Result<V>>> readAll(Collection<? extends K> wanted) {
    Batch batch = link == null ? null : new Batch();
    Map<K, CompletableFuture<Result<V>>> shares = new LinkedHashMap<>();
    for (K key : wanted) {
      if (!shares.containsKey(key)) {
        shares.put(key, reads.read(key, executor, batch));
      }
    }
    if (batch != null && link != null && !batch.wanted.isEmpty()) {
      send(link, batch);
    }
    CompletableFuture<Map<K, Result<V>>> result =
        CompletableFuture.allOf(shares.values().toArray(CompletableFuture[]::new))
            .thenApply(done -> results(shares));
    Stages.onEnd(
        result, (done, failure) -> shares.values().forEach(share -> Reads.giveUp(result, share)));
    return result;
  }

  private void send(Link shared, Batch batch) {
    long sent = time.nanoTime();
    shared
        .<Map<String, Reading>>ask("readAll", session -> session.readAll(batch.wanted))
        .whenComplete(
            (readings, failure) ->
                Reads.pass(
                    batch.read, failure == null ? new Batch.Read(readings, sent) : null, failure));
  }

  private static <K, V> Map<K, Result<V>> results(Map<K, CompletableFuture<Result<V>>> shares) {
    Map<K, Result<V>> results = new LinkedHashMap<>();
    shares.forEach((key, share) -> results.put(key, share.join()));
    return results;
  }
}
