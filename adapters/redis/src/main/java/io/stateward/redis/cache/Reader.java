package io.stateward.redis.cache;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Reading;
import io.stateward.redis.internal.Failures;
import io.stateward.redis.internal.Line;
import io.stateward.signal.Probe;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries with plain commands, which cost Redis a fraction of what a script does.
 *
 * <p>All of a read is sent at once. One server that has it all gives the heads and the entry in one
 * step; before that it is asked how long the entry is kept: if it is replaced in between, the new
 * one gets the shorter time of the old one. One connection answers in order.
 *
 * <p>In a cluster each command is of one key: while a slot moves, what is of several may fail. The
 * head of the bucket comes first: if the entry is invalidated between the two, it is gone, or was
 * put there since. Were the entry read first, it could be an old one under a new head. A command
 * may be sent again to another node, so the order of the answers is looked at.
 *
 * <p>The head of the wide bucket may be on another node, where its order is not known. It need not
 * be: what an entry has of tags and prefixes is judged by the number in itself.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Reader {

  private static final int WIDE = LayerSession.WIDE;
  private static final byte[] NONE = {};

  private final Keys keys;
  private final byte[] form;
  private final byte[][] metas; // of each bucket, so that no read makes its name again
  private final AtomicBoolean garbled = new AtomicBoolean();

  Reader(Steps steps) {
    this.keys = steps.keys;
    this.form = steps.form;
    this.metas = new byte[steps.buckets + 1][];
    Arrays.setAll(metas, keys::meta);
  }

  CompletableFuture<Reading> read(Line line, int bucket, String key) {
    byte[] name = keys.entry(bucket, key);
    return line.isWhole() ? together(line, bucket, name) : apart(line, bucket, name);
  }

  private CompletableFuture<Reading> together(Line line, int bucket, byte[] name) {
    Question<Long> left = Question.pttl(name);
    Question<List<byte[]>> all = Question.mget(metas[WIDE], metas[bucket], name);
    CompletableFuture<Reading> reading =
        left.thenCombine(
            all,
            (millis, found) -> {
              Head wide = head(WIDE, found.get(0));
              Head head = head(bucket, found.get(1));
              return new Reading(head, wide, entry(line, name, head, found.get(2), millis));
            });
    line.send(List.of(left, all)); // a write to the socket takes longer than Redis
    return reading;
  }

  private CompletableFuture<Reading> apart(Line line, int bucket, byte[] name) {
    Question<byte[]> wide = Question.get(metas[WIDE]);
    Question<byte[]> head = Question.get(metas[bucket]);
    Question<Long> left = Question.pttl(name);
    Question<byte[]> bytes = Question.get(name);
    CompletableFuture<Reading> reading =
        reading(line, bucket, name, head(WIDE, wide), head(bucket, head), left, bytes);
    line.send(List.of(wide, head, left, bytes));
    return reading;
  }

  /** Reads several: the heads of all buckets that they are in first, each once. */
  CompletionStage<Map<String, Reading>> readAll(Line line, Map<String, Integer> bucketOf) {
    CompletableFuture<Head> wide = head(line, WIDE);
    Map<Integer, CompletableFuture<Head>> heads = new HashMap<>();
    bucketOf.values().forEach(it -> heads.computeIfAbsent(it, bucket -> head(line, bucket)));
    Map<String, CompletableFuture<Reading>> readings = new LinkedHashMap<>();
    bucketOf.forEach(
        (key, bucket) ->
            readings.put(key, read(line, bucket, key, wide, Answers.of(heads.get(bucket)))));
    return Answers.all(readings.values())
        .thenApply(
            all -> {
              Map<String, Reading> result = new LinkedHashMap<>();
              readings.forEach((key, reading) -> result.put(key, reading.join()));
              return result;
            });
  }

  private CompletableFuture<Reading> read(
      Line line,
      int bucket,
      String key,
      CompletableFuture<Head> wide,
      CompletableFuture<Head> head) {
    RedisClusterAsyncCommands<byte[], byte[]> commands = line.commands();
    byte[] name = keys.entry(bucket, key);
    CompletableFuture<Long> left = commands.pttl(name).toCompletableFuture();
    return reading(line, bucket, name, wide, head, left, commands.get(name).toCompletableFuture());
  }

  private CompletableFuture<Reading> reading(
      Line line,
      int bucket,
      byte[] name,
      CompletableFuture<Head> wide,
      CompletableFuture<Head> head,
      CompletableFuture<Long> left,
      CompletableFuture<byte[]> answer) {
    CompletableFuture<byte @Nullable []> bytes =
        answer.handle(
            (found, failure) -> {
              if (!head.isDone() || !left.isDone()) {
                throw new UnsettledException(bucket); // out of order: it is read again
              }
              return failure == null ? found : misplaced(failure);
            });
    return Answers.all(List.of(wide, head, left, bytes))
        .thenApply(
            all ->
                new Reading(
                    head.join(),
                    wide.join(),
                    entry(line, name, head.join(), bytes.join(), left.join())));
  }

  private static byte[] misplaced(Throwable failure) {
    if (isWrongType(failure)) {
      return NONE; // what is no string is no entry
    }
    throw Failures.unchecked(failure);
  }

  private static boolean isWrongType(Throwable failure) {
    return Failures.cause(failure) instanceof RedisCommandExecutionException it
        && String.valueOf(it.getMessage()).startsWith("WRONGTYPE");
  }

  private @Nullable LayerEntry entry(
      Line line, byte[] name, Head head, byte @Nullable [] bytes, long left) {
    if (bytes == null) {
      return null;
    }
    LayerEntry entry = decoded(line, name, bytes, left);
    // One of another epoch was there before the layer forgot what has been invalidated since.
    return entry == null || left <= 0 || entry.head().epoch() != head.epoch() ? null : entry;
  }

  /** Decodes an entry; what is none is taken away, so that it is in nobody's way. */
  @Nullable LayerEntry decoded(Line line, byte[] name, byte[] bytes, long left) {
    try {
      return EntryForm.decoded(bytes, Math.max(0, left));
    } catch (EntryForm.GarbledException e) {
      if (garbled.compareAndSet(false, true)) {
        Probe.report(
            "Cache '%s'".formatted(keys.cache),
            "What Redis has in the place of an entry is none; it is removed and loaded again. That is told once; others may follow.",
            e);
      }
      Future<Long> unused = line.commands().unlink(name);
      return null;
    }
  }

  CompletableFuture<Head> head(Line line, int bucket) {
    return head(bucket, line.commands().get(metas[bucket]).toCompletableFuture());
  }

  private CompletableFuture<Head> head(int bucket, CompletableFuture<byte[]> answer) {
    return answer.handle(
        (meta, failure) -> {
          if (failure != null && !isWrongType(failure)) {
            throw Failures.unchecked(failure);
          }
          return head(bucket, meta);
        });
  }

  private Head head(int bucket, byte @Nullable [] meta) {
    Head head = HeadForm.decoded(meta, form);
    if (head == null) { // it is gone, or somebody else has written there
      throw new UnsettledException(bucket);
    }
    return head;
  }
}
