package io.stateward.redis.cache;

import io.stateward.cache.Stamp;
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
import io.stateward.redis.internal.Wire;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session of a layer in Redis: checks what it is asked, and asks. */
final class RedisSession implements LayerSession {

  private final RedisLayerOptions options;
  private final Steps steps;
  private final Reader reader;
  private final Writer writer;
  private final Asking asking;

  RedisSession(Wire wire, Keys keys, String form, RedisLayerOptions options) {
    this.options = options;
    this.steps = new Steps(keys, form, options.buckets());
    this.reader = new Reader(steps);
    this.writer = new Writer(steps, reader, options);
    this.asking = new Asking(wire, steps, writer);
  }

  CompletionStage<LayerSession> open() {
    return asking.open().thenApply(opened -> this);
  }

  /** For tests. */
  Asking asking() {
    return asking;
  }

  @Override
  public int buckets() {
    return options.buckets();
  }

  @Override
  public CompletionStage<Reading> read(String key) {
    int bucket = bucketOf(key);
    return asking.ask("read", live -> reader.read(live.connection(), bucket, key));
  }

  @Override
  public CompletionStage<Map<String, Reading>> readAll(List<String> keys) {
    Map<String, Integer> buckets = new LinkedHashMap<>();
    keys.forEach(key -> buckets.put(key, bucketOf(key)));
    return asking.ask("readAll", live -> reader.readAll(live.connection(), buckets));
  }

  @Override
  public CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit) {
    int bucket = bucketOf(key);
    checkLimit("lease", limit);
    return asking.ask("acquire", live -> writer.acquire(live, bucket, key, unwanted, limit));
  }

  @Override
  public CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry) {
    checkEntry(entry, lease.token(), lease.head(), lease.wide());
    byte[] bytes = EntryForm.encoded(entry); // now: the array is the caller's
    int bucket = bucketOf(key);
    return asking.ask(
        "fill",
        live ->
            lease.connection() == live.number()
                ? writer.fill(live.connection(), bucket, key, lease, entry, bytes)
                : CompletableFuture.completedStage(false));
  }

  @Override
  public CompletionStage<Void> release(String key, Lease lease) {
    int bucket = bucketOf(key);
    return asking
        .ask("release", live -> writer.release(live.connection(), bucket, key, lease.token()))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Stamp> invalidate(Invalidation invalidation) {
    if (invalidation instanceof Invalidation.Key it) {
      int bucket = bucketOf(it.key());
      return asking.ask("invalidate", live -> writer.invalidate(live.connection(), bucket, it));
    }
    return asking.ask("invalidate", live -> writer.invalidate(live.connection(), invalidation));
  }

  @Override
  public CompletionStage<Intent> begin(String key, Duration limit) {
    int bucket = bucketOf(key);
    checkLimit("intent", limit);
    return asking.ask("begin", live -> writer.begin(live, bucket, key, limit));
  }

  @Override
  public CompletionStage<Completed> complete(
      String key, Intent intent, @Nullable LayerEntry entry) {
    if (entry != null) {
      Head head = new Head(intent.stamp().epoch(), intent.stamp().sequence());
      checkEntry(entry, intent.token(), head, intent.wide());
    }
    int bucket = bucketOf(key);
    byte @Nullable [] bytes = entry == null ? null : EntryForm.encoded(entry);
    return asking.ask(
        "complete",
        live -> {
          boolean stores = intent.connection() == live.number();
          return writer.complete(
              live.connection(), bucket, key, intent, entry, stores ? bytes : null);
        });
  }

  @Override
  public CompletionStage<List<Head>> heads() {
    return asking.ask(
        "heads",
        live -> {
          List<CompletableFuture<Head>> heads =
              IntStream.rangeClosed(WIDE, buckets())
                  .mapToObj(bucket -> writer.head(live.connection(), bucket))
                  .toList();
          return Answers.all(heads)
              .thenApply(all -> heads.stream().map(CompletableFuture::join).toList());
        });
  }

  @Override
  public CompletionStage<LogPage> log(int bucket, Head after, int most) {
    if (bucket < WIDE || bucket > buckets() || most < 1) {
      throw new IllegalArgumentException(
          "There are the buckets 0 to %d, and a page has at least 1 entry; this asks for %d of bucket %d."
              .formatted(buckets(), most, bucket));
    }
    return asking.ask("log", live -> writer.log(live.connection(), bucket, after, most));
  }

  @Override
  public CompletionStage<WideMarks> wideMarks() {
    return asking.ask("wideMarks", live -> writer.wideMarks(live.connection()));
  }

  @Override
  public Subscription onConnection(Consumer<Boolean> listener) {
    return asking.listen(listener);
  }

  @Override
  public void close() {
    asking.close();
  }

  @Override
  public String toString() {
    return "Session of cache '%s' in Redis".formatted(steps.keys.cache);
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
