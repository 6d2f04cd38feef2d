package io.stateward.redis.cache;

import static io.stateward.redis.cache.FaultyLayer.now;

import io.stateward.cache.Load;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.redis.RedisServerFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server of Redis, a source of values, instances of an application, and what befalls them. */
final class Outage implements AutoCloseable {

  static final Duration HOUR = Duration.ofHours(1);
  static final Policy POLICY =
      Policy.ttl(HOUR).bound(Duration.ofSeconds(1)).heartbeat(Duration.ofMillis(100));

  /** Of an instance that hears of nothing but by messages and by what it reads itself. */
  static final Policy DEAF = Policy.ttl(HOUR).bound(HOUR).heartbeat(Duration.ofMinutes(30));

  private static final AtomicInteger COUNT = new AtomicInteger();

  final RedisServerFixture server;
  final String namespace = "outage" + COUNT.incrementAndGet();
  final Keys keys = new Keys(namespace, "users");
  final Map<String, String> source = new ConcurrentHashMap<>(Map.of("k", "v0", "l", "w0"));
  final AtomicInteger loads = new AtomicInteger();
  final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<@Nullable Runnable> afterRead = new AtomicReference<>();
  private final List<OutageNode> nodes = new ArrayList<>();

  Outage(RedisServerFixture server) {
    this.server = server;
  }

  OutageNode node(Policy policy) {
    return node(policy, RedisLayerOptions.standard().buckets(4));
  }

  OutageNode node(Policy policy, RedisLayerOptions options) {
    OutageNode node = OutageNode.over(this, options, it -> it.policy(policy));
    nodes.add(node);
    return node;
  }

  OutageNode add(OutageNode node) {
    nodes.add(node);
    return node;
  }

  /** What all instances load with: each key of the source has the tag "all". */
  Loaded<String> load(Load<String, String> load) {
    return Loaded.ofNullable(find(load.key())).tagged("all");
  }

  @Nullable String find(String key) {
    loads.incrementAndGet();
    String read = source.get(key);
    Runnable then = afterRead.getAndSet(null);
    if (then != null) {
      then.run();
    }
    return read;
  }

  /** Does something between the next read of the source and what becomes of it. */
  void afterNextRead(Runnable action) {
    afterRead.set(action);
  }

  /** Holds the next read of the source, after it has read. */
  Held holdNextRead() {
    Held held = new Held(new CountDownLatch(1), new CountDownLatch(1));
    afterNextRead(held::hold);
    return held;
  }

  /** A load that has read the source, and does not go on yet. */
  record Held(CountDownLatch reached, CountDownLatch released) {
    void hold() {
      reached.countDown();
      await(released);
    }

    void awaitReached() {
      await(reached);
    }

    void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // a load that nobody waits for any more
      }
    }
  }

  <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  void admin(Consumer<Admin> work) {
    admin(server, work);
  }

  static void admin(RedisServerFixture server, Consumer<Admin> work) {
    try (Admin admin = new Admin(server)) {
      work.accept(admin);
    }
  }

  /** Removes what the layer has of a key: the entry, the lease and the intents. */
  void evict(String key) {
    admin(
        admin -> {
          for (int bucket = 1; bucket <= 4; bucket++) {
            now(admin.commands().del(keys.entry(bucket, key), keys.claims(bucket, key)));
          }
        });
  }

  /** Removes the meta of all buckets, and their logs. */
  void evictMeta() {
    admin(
        admin -> {
          for (int bucket = 0; bucket <= 4; bucket++) {
            now(admin.commands().del(keys.meta(bucket), keys.log(bucket)));
          }
        });
  }

  /** Which of the things that a key has in the layer are there. */
  static long countOf(RedisServerFixture server, List<byte[]> names) {
    try (Admin admin = new Admin(server)) {
      return now(admin.commands().exists(names.toArray(byte[][]::new)));
    }
  }

  /** The names of the claims of a key, wherever its bucket is. */
  List<byte[]> claims(String key) {
    List<byte[]> names = new ArrayList<>();
    for (int bucket = 1; bucket <= 4; bucket++) {
      names.add(keys.claims(bucket, key));
    }
    return names;
  }

  @Override
  public void close() {
    nodes.forEach(OutageNode::close);
    threads.shutdownNow();
  }
}
