package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisClusterFixture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances of an application that share a cache through a cluster. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterCacheTest {

  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisClusterFixture cluster;

  private final String namespace = "cache" + TESTS.incrementAndGet();
  private final Map<String, String> source = new ConcurrentHashMap<>(Map.of("k", "v0"));
  private final CountDownLatch loading = new CountDownLatch(1);
  private volatile @Nullable CountDownLatch barrier;
  private final AtomicInteger keys = new AtomicInteger();
  private final Instance a = new Instance();
  private final Instance b = new Instance();

  @BeforeAll
  static void start() {
    cluster = RedisClusterFixture.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  /** A process, with connections of its own. */
  private final class Instance implements AutoCloseable {
    private final Redis redis = cluster.connect().namespace(namespace);
    private final RedisBackplane backplane = RedisBackplane.of(redis);
    private final LayeredCache<String, String> cache =
        LayeredCache.named("users")
            .layer(RedisLayer.of(redis, RedisLayerOptions.standard().buckets(1)), Codec.text())
            .backplane(backplane)
            .policy(Policy.ttl(Duration.ofHours(1)))
            .build((String key) -> load(key));

    String get(String key) {
      return cache.get(key).value();
    }

    @Override
    public void close() {
      cache.close();
      redis.close();
    }
  }

  private @Nullable String load(String key) throws InterruptedException {
    String read = source.get(key);
    CountDownLatch waiting = barrier;
    if (waiting != null) {
      loading.countDown();
      waiting.await();
    }
    return read;
  }

  private int slot(int bucket) {
    return SlotHash.getSlot(new Keys(namespace, "users").meta(bucket));
  }

  @Test
  void instances_shareEntriesAndInvalidations() {
    await("a ping", () -> b.backplane.isTried("users"));
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.cache.get("k").source()).isEqualTo(Result.Source.LAYER);

    source.put("k", "v1");
    a.cache.invalidate("k");

    await("the message", () -> b.cache.peek("k").isEmpty());
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void bucketMoves_whileAnInstanceLoads_whatItLoadedIsNotStored() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    barrier = open;
    CompletableFuture<String> slow = new CompletableFuture<>();
    new Thread(() -> slow.complete(a.get("k"))).start();
    loading.await();
    barrier = null;
    int from = RedisClusterFixture.first(slot(1));

    cluster.move(slot(1), from, (from + 1) % 3);
    source.put("k", "v1");
    await("an invalidation", () -> isInvalidated("k")); // it fails while the line is replaced
    open.countDown();

    assertThat(slow.get(20, TimeUnit.SECONDS)).isEqualTo("v0"); // asked for before the write
    assertThat(b.get("k")).isEqualTo("v1");
    await("its heartbeat", () -> a.get("k").equals("v1"));
    await("both use the layer", () -> shares(a, b) && shares(b, a));
  }

  /** Whether one instance finds in the layer what another one has loaded. */
  private boolean shares(Instance by, Instance with) {
    String key = "shared" + keys.incrementAndGet();
    source.put(key, key);
    return by.get(key).equals(key) && with.cache.get(key).source() == Result.Source.LAYER;
  }

  @Test
  void nodeIsKilled_readsGoOn_andTheLayerIsUsedAgainWhenItIsBack() {
    assertThat(a.get("k")).isEqualTo("v0");
    int node = RedisClusterFixture.first(slot(LayerSession.WIDE));
    cluster.node(node).kill();
    await("the end of the connection", () -> isOffline("l"));

    source.put("k", "v1"); // by somebody who cannot tell anybody
    await("the bound", () -> a.get("k").equals("v1"));
    cluster.node(node).begin();
    cluster.awaitOk();

    await("both use the layer", () -> shares(a, b) && shares(b, a));
    await("an invalidation", () -> isInvalidated("k")); // it fails while the line is replaced
    await("the message", () -> a.cache.peek("k").isEmpty() || a.get("k").equals("v1"));
    assertThat(b.get("k")).isEqualTo("v1");
  }

  private boolean isInvalidated(String key) {
    try {
      b.cache.invalidate(key);
      return true;
    } catch (LayerUnavailableException e) {
      return false;
    }
  }

  private boolean isOffline(String key) {
    source.put(key, "l");
    return a.cache.get(key).reason() == Result.Reason.LAYER_DOWN;
  }
}
