package io.stateward.redis.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.redis.internal.Failures;
import io.stateward.redis.internal.Line;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Runs scripts, and gives buckets a head.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Steps {

  private static final SecureRandom RANDOM = new SecureRandom();

  final Keys keys;
  final int buckets;
  final byte[] form; // as it is in Redis: with the number of buckets, which has to be equal as well
  private final String plainForm;

  Steps(Keys keys, String form, int buckets) {
    this.keys = keys;
    this.buckets = buckets;
    this.plainForm = form;
    this.form = (buckets + ":" + form).getBytes(UTF_8);
  }

  /** Runs a script; fails as unsettled if the bucket is, and then nothing was done. */
  CompletionStage<Reply> run(
      Line line, int bucket, Script script, byte[][] names, Object... arguments) {
    byte[][] all = new byte[arguments.length + 1][];
    all[0] = form;
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      all[i + 1] =
          argument instanceof byte[] bytes ? bytes : String.valueOf(argument).getBytes(UTF_8);
    }
    return run(line, script, names, all).thenApply(parts -> new Reply(parts).settled(bucket));
  }

  private static CompletionStage<List<Object>> run(
      Line line, Script script, byte[][] names, byte[][] arguments) {
    RedisClusterAsyncCommands<byte[], byte[]> commands = line.commands();
    CompletionStage<List<Object>> answer =
        commands.evalsha(script.digest, ScriptOutputType.MULTI, names, arguments);
    return answer.exceptionallyCompose(
        failure ->
            Failures.cause(failure) instanceof RedisNoScriptException
                ? commands.eval(script.source, ScriptOutputType.MULTI, names, arguments)
                : CompletableFuture.failedStage(failure));
  }

  /**
   * Gives each bucket a head to be believed, if it has none. The wide bucket comes first and
   * decides about the form, so that one that was refused is left in no other bucket.
   */
  CompletionStage<?> settleAll(Line line) {
    return settle(line, LayerSession.WIDE)
        .thenCompose(
            wide ->
                Answers.all(
                    IntStream.rangeClosed(1, buckets)
                        .mapToObj(bucket -> settle(line, bucket).toCompletableFuture())
                        .toList()));
  }

  CompletionStage<Head> head(Line line, int bucket) {
    return run(line, bucket, Script.HEAD, new byte[][] {keys.meta(bucket)}).thenApply(Reply::head);
  }

  /**
   * Looks first, which takes one key: while a slot of a cluster moves, what takes several fails.
   */
  private CompletionStage<Head> settle(Line line, int bucket) {
    return head(line, bucket)
        .exceptionallyCompose(
            failure ->
                Failures.cause(failure) instanceof UnsettledException
                    ? hello(line, bucket)
                    : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<Head> hello(Line line, int bucket) {
    byte[][] names = {keys.meta(bucket), keys.log(bucket), keys.marks(bucket)};
    String epoch = EntryForm.hex(RANDOM.nextLong() >>> 1); // not negative
    return run(line, bucket, Script.HELLO, names, epoch, bucket == LayerSession.WIDE ? 1 : 0)
        .thenApply(
            reply -> {
              if (reply.is("other")) {
                throw unequal(reply.text(1));
              }
              return reply.head();
            });
  }

  private UnequalFormException unequal(String theirs) {
    int colon = theirs.indexOf(':');
    String number = theirs.substring(0, Math.max(0, colon));
    String other = theirs.substring(colon + 1);
    return number.equals(String.valueOf(buckets))
        ? new UnequalFormException(keys.cache, plainForm, other)
        : new UnequalFormException(
            keys.cache,
            "%s, in %d buckets".formatted(plainForm, buckets),
            "%s, in %s buckets".formatted(other, number));
  }
}
