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
import io.stateward.redis.internal.Failures;
import io.stateward.redis.internal.Kept.Live;
import io.stateward.redis.internal.Line;
import io.stateward.signal.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done by scripts, each of them on the keys of one bucket.
 *
 * <p>A lease and an intent have the head of the wide bucket as well, which is another one. It is
 * asked for at the same time. Whichever comes first: the source is read, or written, only after
 * both, so what it gives is no older than the numbers say.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Writer {

  private static final int EXACT = 1_000; // shorter logs than this are trimmed to the entry

  /** A lease that was given and not used yet. */
  record Given(int bucket, String key) {}

  private final Steps steps;
  private final Keys keys;
  private final Reader reader;
  private final RedisLayerOptions options;
  private final Tokens tokens = new Tokens();
  private final Map<String, Given> given = new ConcurrentHashMap<>(); // by token
  private final AtomicInteger longest; // that was reported

  Writer(Steps steps, Reader reader, RedisLayerOptions options) {
    this.steps = steps;
    this.keys = steps.keys;
    this.reader = reader;
    this.options = options;
    this.longest = new AtomicInteger(options.maximumBytes());
  }

  // ---- leases

  CompletionStage<Acquired> acquire(
      Live<Line> live, int bucket, String key, @Nullable String unwanted, Duration limit) {
    Line line = live.connection();
    String token = tokens.next();
    CompletableFuture<Head> wide = reader.head(line, LayerSession.WIDE);
    byte[][] names = {keys.meta(bucket), keys.entry(bucket, key), keys.claims(bucket, key)};
    return steps
        .run(
            line,
            bucket,
            Script.ACQUIRE,
            names,
            token,
            unwanted == null ? "" : unwanted,
            EntryForm.millis(limit))
        .thenApply(
            reply -> {
              if (reply.is("leased")) {
                given.put(token, new Given(bucket, key));
              }
              return reply;
            })
        .thenCombine(
            wide,
            (reply, head) -> acquired(reply, head, token, live.number(), line, bucket, names[1]))
        .exceptionallyCompose(failure -> undone(failure, () -> release(line, bucket, key, token)));
  }

  /** Takes a step back whose answer could not be given, as the wide bucket has no head. */
  private static <T> CompletionStage<T> undone(
      Throwable failure, Supplier<CompletionStage<Reply>> undo) {
    return Failures.cause(failure) instanceof UnsettledException
        ? undo.get()
            .handle((done, again) -> done)
            .thenCompose(it -> CompletableFuture.<T>failedStage(failure))
        : CompletableFuture.failedStage(failure);
  }

  private Acquired acquired(
      Reply reply, Head wide, String token, long number, Line line, int bucket, byte[] name) {
    if (reply.is("leased")) {
      return new Acquired.Leased(new Lease(token, reply.head(), wide, number));
    }
    if (reply.is("busy")) {
      return new Acquired.Busy(Duration.ofMillis(reply.number(1)));
    }
    if (reply.is("writing")) {
      return new Acquired.Writing();
    }
    LayerEntry entry =
        reader.decoded(line, name, reply.bytes(Reply.REST + 1), reply.number(Reply.REST));
    if (entry == null) {
      throw new UnsettledException(bucket); // it was none, and is gone: asked again
    }
    return new Acquired.Filled(new Reading(reply.head(), wide, entry));
  }

  CompletionStage<Boolean> fill(
      Line line, int bucket, String key, Lease lease, LayerEntry entry, byte[] bytes) {
    if (isTooLong(entry)) {
      return release(line, bucket, key, lease.token()).thenApply(done -> false);
    }
    given.remove(lease.token());
    long kept = EntryForm.millis(entry.kept());
    return steps
        .run(
            line,
            bucket,
            Script.FILL,
            new byte[][] {
              keys.meta(bucket),
              keys.entry(bucket, key),
              keys.claims(bucket, key),
              keys.fence(bucket, key)
            },
            lease.token(),
            kept,
            digits(entry.version()),
            kept + LayerSession.FENCED.toMillis(),
            bytes)
        .thenApply(reply -> reply.is("accepted"));
  }

  private boolean isTooLong(LayerEntry entry) {
    int length = entry.value() == null ? 0 : entry.value().length;
    if (length <= options.maximumBytes()) {
      return false;
    }
    if (longest.getAndAccumulate(length, Math::max) < length) {
      Probe.report(
          "Cache '%s'".formatted(keys.cache),
          "A value is %d bytes long, and no more than %d are stored in Redis. It is loaded each time; raise maximumBytes, or keep less in it. That is told again for a longer one."
              .formatted(length, options.maximumBytes()),
          null);
    }
    return true;
  }

  CompletionStage<Reply> release(Line line, int bucket, String key, String token) {
    given.remove(token);
    return steps.run(line, bucket, Script.RELEASE, new byte[][] {keys.claims(bucket, key)}, token);
  }

  /** Gives back whatever leases there are. */
  CompletableFuture<Void> releaseAll(Line line) {
    List<CompletableFuture<Reply>> released = new ArrayList<>();
    given.forEach(
        (token, it) -> released.add(release(line, it.bucket, it.key, token).toCompletableFuture()));
    return Answers.all(released);
  }

  // ---- invalidations and writes

  CompletionStage<Stamp> invalidate(Line line, int bucket, Invalidation.Key what) {
    return onKey(
            line,
            bucket,
            Script.INVALIDATE,
            what.key(),
            digits(what.version()),
            LayerSession.FENCED.toMillis())
        .thenApply(reply -> reply.stamp(bucket));
  }

  CompletionStage<Stamp> invalidate(Line line, Invalidation wide) {
    int bucket = LayerSession.WIDE;
    byte[][] names = {keys.meta(bucket), keys.log(bucket), keys.marks(bucket)};
    return steps
        .run(
            line,
            bucket,
            Script.WIDE,
            names,
            options.log(),
            exactly(),
            Letters.letter(wide),
            Letters.name(wide),
            options.log())
        .thenApply(reply -> reply.stamp(bucket));
  }

  CompletionStage<Intent> begin(Live<Line> live, int bucket, String key, Duration limit) {
    Line line = live.connection();
    String token = tokens.next();
    CompletableFuture<Head> wide = reader.head(line, LayerSession.WIDE);
    return onKey(line, bucket, Script.BEGIN, key, token, EntryForm.millis(limit))
        .thenCombine(
            wide, (reply, head) -> new Intent(token, reply.stamp(bucket), head, live.number()))
        .exceptionallyCompose(failure -> undone(failure, () -> abandon(line, bucket, key, token)));
  }

  CompletionStage<Completed> complete(
      Line line,
      int bucket,
      String key,
      Intent intent,
      @Nullable LayerEntry entry,
      byte @Nullable [] bytes) {
    byte[] stored = entry == null || bytes == null || isTooLong(entry) ? null : bytes;
    long kept = entry == null ? 0 : EntryForm.millis(entry.kept());
    return onKey(
            line,
            bucket,
            Script.COMPLETE,
            key,
            intent.token(),
            digits(entry == null ? 0 : entry.version()),
            kept + LayerSession.FENCED.toMillis(),
            stored == null ? 0 : 1,
            kept,
            stored == null ? "" : Arrays.copyOf(stored, EntryForm.START),
            stored == null ? "" : Arrays.copyOfRange(stored, EntryForm.START + 16, stored.length))
        .thenApply(reply -> new Completed(reply.stamp(bucket), reply.is("stored")));
  }

  private CompletionStage<Reply> abandon(Line line, int bucket, String key, String token) {
    return onKey(
        line,
        bucket,
        Script.COMPLETE,
        key,
        token,
        "",
        LayerSession.FENCED.toMillis(),
        0,
        0,
        "",
        "");
  }

  private CompletionStage<Reply> onKey(
      Line line, int bucket, Script script, String key, Object... rest) {
    byte[][] names = {
      keys.meta(bucket),
      keys.entry(bucket, key),
      keys.claims(bucket, key),
      keys.fence(bucket, key),
      keys.log(bucket)
    };
    Object[] arguments = new Object[rest.length + 3];
    arguments[0] = key;
    arguments[1] = options.log();
    arguments[2] = exactly();
    System.arraycopy(rest, 0, arguments, 3, rest.length);
    return steps.run(line, bucket, script, names, arguments);
  }

  /** A long log is trimmed by whole nodes, which is cheaper, and leaves some entries more. */
  private String exactly() {
    return options.log() < EXACT ? "=" : "~";
  }

  /** Returns a version so that texts compare as numbers do; empty for none. */
  private static String digits(long version) {
    return version == 0 ? "" : String.format(Locale.ROOT, "%019d", version);
  }

  // ---- the log

  CompletableFuture<Head> head(Line line, int bucket) {
    return steps.head(line, bucket).toCompletableFuture();
  }

  CompletionStage<LogPage> log(Line line, int bucket, Head after, int most) {
    return steps
        .run(
            line,
            bucket,
            Script.PAGE,
            new byte[][] {keys.meta(bucket), keys.log(bucket)},
            EntryForm.hex(after.epoch()),
            after.sequence(),
            most)
        .thenApply(reply -> page(reply, after));
  }

  private static LogPage page(Reply reply, Head after) {
    List<LogPage.Logged> entries = new ArrayList<>();
    long sequence = after.sequence();
    for (int i = Reply.REST; i < reply.parts().size(); i += 3) {
      entries.add(new LogPage.Logged(++sequence, logged(reply, i)));
    }
    return new LogPage(reply.head(), reply.is("page"), entries);
  }

  private static Invalidation logged(Reply reply, int index) {
    String version = reply.text(index + 2);
    return Letters.invalidation(
        reply.text(index).charAt(0),
        reply.text(index + 1),
        version.isEmpty() ? 0 : Long.parseLong(version));
  }

  CompletionStage<WideMarks> wideMarks(Line line) {
    int bucket = LayerSession.WIDE;
    return steps
        .run(line, bucket, Script.MARKS, new byte[][] {keys.meta(bucket), keys.marks(bucket)})
        .thenApply(Writer::marks);
  }

  private static WideMarks marks(Reply reply) {
    Map<String, Long> tags = new HashMap<>();
    Map<String, Long> prefixes = new HashMap<>();
    for (int i = Reply.REST + 1; i < reply.parts().size(); i += 2) {
      String name = reply.text(i);
      Map<String, Long> of = name.charAt(0) == Letters.TAG ? tags : prefixes;
      of.put(name.substring(1), (long) Double.parseDouble(reply.text(i + 1)));
    }
    return new WideMarks(reply.head(), reply.number(Reply.REST), tags, prefixes);
  }
}
