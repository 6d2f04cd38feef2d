package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.LogPage;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session of a layer in memory: checks what it is asked, and asks the cache. */
final class MemorySession implements LayerSession {

  private final MemoryCache cache;
  private final MemoryConnection connection;
  private final MemoryTokens tokens;

  MemorySession(MemoryCache cache, MemoryConnection connection, MemoryTokens tokens) {
    this.cache = cache;
    this.connection = connection;
    this.tokens = tokens;
  }

  MemoryConnection connection() {
    return connection;
  }

  @Override
  public int buckets() {
    return cache.options().buckets();
  }

  @Override
  public CompletionStage<Reading> read(String key) {
    int bucket = bucketOf(key);
    return connection.ask("read", (state, now, number) -> state.read(bucket, key, now));
  }

  @Override
  public CompletionStage<Map<String, Reading>> readAll(List<String> keys) {
    List<String> wanted = List.copyOf(keys);
    return connection.ask(
        "readAll",
        (state, now, number) -> {
          Map<String, Reading> readings = new LinkedHashMap<>();
          wanted.forEach(key -> readings.put(key, state.read(bucketOf(key), key, now)));
          return readings;
        });
  }

  @Override
  public CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit) {
    int bucket = bucketOf(key);
    checkLimit("lease", limit);
    return connection.ask(
        "acquire",
        (state, now, number) ->
            state.acquire(
                bucket, key, unwanted, new MemoryState.Claim(tokens.next(), number, limit), now));
  }

  @Override
  public CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry) {
    checkEntry(entry, lease.token(), lease.head(), lease.wide());
    return connection.ask(
        "fill", (state, now, number) -> state.fill(key, lease, entry, number, now));
  }

  @Override
  public CompletionStage<Void> release(String key, Lease lease) {
    return connection
        .ask(
            "release",
            (state, now, number) -> {
              state.release(key, lease, now);
              return lease;
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Stamp> invalidate(Invalidation invalidation) {
    return connection.ask(
        "invalidate",
        (state, now, number) ->
            invalidation instanceof Invalidation.Key one
                ? state.invalidateKey(bucketOf(one.key()), one, now)
                : state.invalidateWide(invalidation));
  }

  @Override
  public CompletionStage<Intent> begin(String key, Duration limit) {
    int bucket = bucketOf(key);
    checkLimit("intent", limit);
    return connection.ask(
        "begin",
        (state, now, number) ->
            state.begin(bucket, key, new MemoryState.Claim(tokens.next(), number, limit), now));
  }

  @Override
  public CompletionStage<Completed> complete(
      String key, Intent intent, @Nullable LayerEntry entry) {
    if (entry != null) {
      Head head = new Head(intent.stamp().epoch(), intent.stamp().sequence());
      checkEntry(entry, intent.token(), head, intent.wide());
    }
    int bucket = bucketOf(key);
    return connection.ask(
        "complete",
        (state, now, number) -> state.complete(bucket, key, intent, entry, number, now));
  }

  @Override
  public CompletionStage<List<Head>> heads() {
    return connection.ask("heads", (state, now, number) -> state.heads());
  }

  @Override
  public CompletionStage<LogPage> log(int bucket, Head after, int most) {
    if (bucket < WIDE || bucket > buckets() || most < 1) {
      throw new IllegalArgumentException(
          "There are the buckets 0 to %d, and a page has at least 1 entry; this asks for %d of bucket %d."
              .formatted(buckets(), most, bucket));
    }
    return connection.ask("log", (state, now, number) -> state.log(bucket, after, most));
  }

  @Override
  public CompletionStage<WideMarks> wideMarks() {
    return connection.ask("wideMarks", (state, now, number) -> state.wideMarks());
  }

  @Override
  public Subscription onConnection(Consumer<Boolean> listener) {
    return connection.listen(listener);
  }

  @Override
  public void close() {
    connection.close();
  }

  private static void checkLimit(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "The limit of %s is more than zero, not %s.".formatted(what, limit));
    }
  }

  private static void checkEntry(LayerEntry entry, String token, Head head, Head wide) {
    if (!entry.token().equals(token) || !entry.head().equals(head) || !entry.wide().equals(wide)) {
      throw new IllegalArgumentException(
          "The entry of %s, %s, %s is not that of %s, %s, %s. Make it with the entry method of the lease or the intent."
              .formatted(entry.token(), entry.head(), entry.wide(), token, head, wide));
    }
  }
}
