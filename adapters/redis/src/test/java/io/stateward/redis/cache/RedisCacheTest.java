package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances of an application that share a cache through Redis. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RedisCacheTest {

  private static final Policy POLICY = Policy.ttl(Duration.ofHours(1));
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RedisServerFixture server;

  private final String namespace = "cache" + TESTS.incrementAndGet();
  private final Instance a = new Instance(POLICY);
  private final Instance b = new Instance(POLICY);
  private final Map<String, String> source = new ConcurrentHashMap<>(Map.of("k", "v0"));
  private final AtomicInteger loads = new AtomicInteger();
  private volatile @Nullable CountDownLatch barrier;
  private final CountDownLatch loading = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
  }

  /** A process, with connections of its own. */
  private final class Instance implements AutoCloseable {
    private final Redis redis = Redis.connect(server.address()).namespace(namespace);
    private final RedisBackplane backplane = RedisBackplane.of(redis);
    private final LayeredCache<String, String> cache;

    Instance(Policy policy) {
      cache =
          LayeredCache.named("users")
              .layer(RedisLayer.of(redis, RedisLayerOptions.standard().buckets(4)), Codec.text())
              .backplane(backplane)
              .policy(policy)
              .build((String key) -> load(key));
    }

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
    loads.incrementAndGet();
    String read = source.get(key);
    CountDownLatch waiting = barrier;
    if (waiting != null) {
      loading.countDown();
      waiting.await();
    }
    return read;
  }

  @Test
  void get_loadedByOneInstance_isReadByTheOther() {
    assertThat(a.get("k")).isEqualTo("v0");

    Result<String> there = b.cache.get("k");

    assertThat(there.value()).isEqualTo("v0");
    assertThat(there.source()).isEqualTo(Result.Source.LAYER);
    assertThat(loads).hasValue(1);
  }

  @Test
  void invalidation_byOneInstance_isHeardByTheOtherWithoutAHeartbeat() {
    Policy rare = POLICY.bound(Duration.ofHours(1)).heartbeat(Duration.ofMinutes(30));
    try (Instance listening = new Instance(rare)) {
      await("a ping", () -> listening.backplane.isTried("users"));
      assertThat(listening.get("k")).isEqualTo("v0");

      source.put("k", "v1");
      a.cache.invalidate("k");

      await("the message", () -> listening.cache.peek("k").isEmpty());
      assertThat(listening.get("k")).isEqualTo("v1");
    }
  }

  @Test
  void tag_invalidatedElsewhere_isNotServedFromTheLayer() {
    a.cache.put("k", "v0", "people");

    source.put("k", "v1");
    b.cache.invalidateTag("people");

    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void flush_duringALoad_refusesWhatWasLoaded() {
    CountDownLatch open = new CountDownLatch(1);
    barrier = open;
    CompletableFuture<Result<String>> reader =
        CompletableFuture.supplyAsync(() -> a.cache.get("k"), Executors.newCachedThreadPool());
    now(loadingHasBegun());
    source.put("k", "v1");
    b.cache.invalidate("k");
    try (Admin admin = new Admin(server)) {
      now(admin.commands().flushall());
    }
    barrier = null;
    open.countDown();

    assertThat(now(reader).value()).isEqualTo("v0"); // asked for before the write
    assertThat(b.get("k")).isEqualTo("v1");
    await("its heartbeat", () -> a.get("k").equals("v1"));
  }

  private CompletableFuture<Boolean> loadingHasBegun() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            loading.await();
            return true;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void meta_isGone_entriesOfBeforeAreNotServed() {
    Keys keys = new Keys(namespace, "users");
    assertThat(a.get("k")).isEqualTo("v0");
    source.put("k", "v1");
    try (Admin admin = new Admin(server)) {
      for (int bucket = 0; bucket <= 4; bucket++) {
        now(admin.commands().del(keys.meta(bucket), keys.log(bucket)));
      }
    }

    assertThat(b.get("k")).isEqualTo("v1");
    await("a heartbeat", () -> a.get("k").equals("v1"));
  }

  @Test
  void restart_fromAnOldDump_servesNothingOfIt() {
    assertThat(a.get("k")).isEqualTo("v0");
    Path dump;
    try (Admin admin = new Admin(server)) {
      now(admin.commands().save());
      dump = server.dump();
    }
    source.put("k", "v1");
    a.cache.invalidate("k");
    assertThat(a.get("k")).isEqualTo("v1");

    server.restart(dump);

    assertThat(b.get("k")).isEqualTo("v1");
    await("a fill", () -> b.cache.get("k").source() == Result.Source.MEMORY);
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void layer_isAway_readsGoOn_andThenItIsUsedAgain() {
    assertThat(a.get("k")).isEqualTo("v0");
    server.kill();
    source.put("l", "v0");

    assertThat(a.cache.get("l").reason()).isEqualTo(Result.Reason.LAYER_DOWN);
    server.begin();

    await("an answer", () -> fills("m"));
  }

  private boolean fills(String key) {
    source.put(key, "v0");
    return Objects.requireNonNull(a.cache.get(key)).reason() == Result.Reason.MISS
        || a.cache.get(key).reason() == Result.Reason.HIT;
  }

  @Test
  void build_otherCodec_isRefused() {
    assertThatThrownBy(
            () ->
                LayeredCache.named("users")
                    .layer(
                        RedisLayer.of(a.redis, RedisLayerOptions.standard().buckets(4)),
                        Codec.int64())
                    .build((String key) -> 1L))
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining("users");
  }
}
