package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Line;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an application with a source that others share, in a JVM of its own or in this
 * one. Told what to do by lines: a number, a verb, and its words. The answer has the same number.
 *
 * <pre>
 *   get k           value, where it is from, and why
 *   peek k          what memory has; "nothing"
 *   hold            the next read of the source stops after it has read
 *   held            answers when it has
 *   release         lets it go on
 *   write k v       announces, writes the source, invalidates
 *   through k v     announces, writes the source, stores
 *   crash k v       announces, writes the source, answers "committed", and never ends
 *   stall k         announces, answers "begun", and never ends
 *   soak ms seed n  reads and writes n keys at random; see {@link SoakChild}
 *   check n         reads n keys
 * </pre>
 */
final class CacheChild implements AutoCloseable {

  /**
   * How it is made.
   *
   * @param layer the address of the Redis that is the layer
   * @param database the address of the Redis that stands for the source
   * @param namespace of the layer
   * @param boundMillis of the policy; the heartbeat is a fifth of it
   * @param leaseMillis of the policy
   */
  record Settings(
      String layer, String database, String namespace, long boundMillis, long leaseMillis) {

    List<String> words() {
      return List.of(layer, database, namespace, "" + boundMillis, "" + leaseMillis);
    }

    static Settings of(String[] words) {
      return new Settings(
          words[0], words[1], words[2], Long.parseLong(words[3]), Long.parseLong(words[4]));
    }

    Policy policy() {
      return Policy.ttl(Duration.ofHours(1))
          .heartbeat(Duration.ofMillis(boundMillis / 5))
          .bound(Duration.ofMillis(boundMillis))
          .lease(Duration.ofMillis(leaseMillis));
    }
  }

  private final Redis redis;
  private final Redis database;
  private final Line source;
  final LayeredCache<String, String> cache;
  private final Consumer<String> said;
  private final AtomicReference<@Nullable CountDownLatch> holding = new AtomicReference<>();
  private volatile CountDownLatch reached = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(1);

  CacheChild(Settings settings, Consumer<String> said) {
    this.said = said;
    redis = Redis.connect(settings.layer).namespace(settings.namespace);
    database = Redis.connect(settings.database);
    source = now(LettuceRedis.of(database).wire().line());
    cache =
        LayeredCache.named("shared")
            .layer(RedisLayer.of(redis, RedisLayerOptions.standard().buckets(4)), Codec.text())
            .backplane(RedisBackplane.of(redis))
            .policy(settings.policy())
            .build(this::find);
  }

  /** Serves the lines of its parent, and ends with it. */
  public static void main(String[] args) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    CacheChild child = new CacheChild(Settings.of(args), System.out::println);
    System.out.println("0 ready");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 3);
      threads.execute(() -> System.out.println(words[0] + " " + child.answer(words)));
    }
    Runtime.getRuntime().halt(0);
  }

  private String answer(String[] words) {
    try {
      return run(words[0], words[1], words.length == 3 ? words[2].split(" ") : new String[0]);
    } catch (Throwable t) { // for whoever asked
      return "failed " + t;
    }
  }

  private String run(String number, String verb, String[] words) throws Exception {
    return switch (verb) {
      case "get" -> get(words[0]);
      case "peek" -> cache.peek(words[0]).map(Result::value).orElse("nothing");
      case "hold" -> hold();
      case "held" -> held();
      case "release" -> release();
      case "write" -> "" + cache.invalidate(words[0], () -> store(words[0], words[1]));
      case "through" -> "" + cache.write(words[0], () -> store(words[0], words[1]));
      case "crash" -> "" + cache.invalidate(words[0], () -> dies(number, words[0], words[1]));
      case "stall" -> "" + cache.invalidate(words[0], () -> say(number, "begun"));
      case "soak" -> new SoakChild(this, said).run(words);
      case "check" -> new SoakChild(this, said).check(Integer.parseInt(words[0]));
      default -> "failed: there is no " + verb;
    };
  }

  String get(String key) {
    Result<String> found = cache.get(key);
    return found.value() + " " + found.source() + " " + found.reason();
  }

  private String hold() {
    reached = new CountDownLatch(1);
    released = new CountDownLatch(1);
    holding.set(reached);
    return "holds";
  }

  private String held() throws InterruptedException {
    reached.await();
    return "held";
  }

  private String release() {
    released.countDown();
    return "released";
  }

  private void dies(String number, String key, String value) {
    store(key, value);
    say(number, "committed");
  }

  private void say(String number, String word) {
    said.accept(number + " " + word);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String find(String key) throws InterruptedException {
    byte[] read = now(source.commands().get(key.getBytes(UTF_8)));
    CountDownLatch holds = holding.getAndSet(null);
    if (holds != null) {
      holds.countDown();
      released.await();
    }
    return read == null ? null : new String(read, UTF_8);
  }

  String store(String key, String value) {
    now(source.commands().set(key.getBytes(UTF_8), value.getBytes(UTF_8)));
    return value;
  }

  /** Counts a key of the source up. */
  long increment(String key) {
    return now(source.commands().incr(key.getBytes(UTF_8)));
  }

  @Override
  public void close() {
    cache.close();
    redis.close();
    database.close();
  }
}
