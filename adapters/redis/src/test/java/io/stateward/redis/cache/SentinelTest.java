package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.sync.RedisCommands;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisSentinelFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A master behind a sentinel, which makes the replica the master. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SentinelTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration BOUND = Duration.ofSeconds(2);

  private final RedisSentinelFixture servers = RedisSentinelFixture.start();
  private final Map<String, String> source = new ConcurrentHashMap<>(Map.of("k", "v0"));
  private final AtomicInteger keys = new AtomicInteger();
  private final Instance a = new Instance();
  private final Instance b = new Instance();
  private final LayerSession session = now(RedisLayer.of(a.redis).open("others", "text-1"));

  @AfterEach
  void close() {
    a.close();
    b.close();
    servers.close();
  }

  /** A process, with connections of its own. */
  private final class Instance implements AutoCloseable {
    private final Redis redis = Redis.connect(servers.address()).namespace("failover");
    private final RedisBackplane backplane = RedisBackplane.of(redis);
    private final LayeredCache<String, String> cache =
        LayeredCache.named("users")
            .layer(RedisLayer.of(redis, RedisLayerOptions.standard().buckets(2)), Codec.text())
            .backplane(backplane)
            .policy(Policy.ttl(Duration.ofHours(1)).bound(BOUND))
            .build(source::get);

    String get(String key) {
      return cache.get(key).value();
    }

    @Override
    public void close() {
      cache.close();
      redis.close();
    }
  }

  @Test
  void failOver_ofAMasterThatIsWell_isAnotherEpoch() {
    goesOnAfter(servers::failOver);
  }

  @Test
  void failOver_ofAMasterThatWasKilled_isAnotherEpoch() {
    goesOnAfter(
        () -> {
          servers.master().kill();
          long killed = System.nanoTime();
          await("reads that go to the source", () -> isOffline(a) && isOffline(b));
          await("the bound", () -> System.nanoTime() - killed >= BOUND.toNanos());
          assertThat(a.get("k")).isEqualTo("v1");
          assertThat(b.get("k")).isEqualTo("v1");
        });
  }

  private void goesOnAfter(Runnable failOver) {
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.cache.get("k").source()).isEqualTo(Result.Source.LAYER);
    List<Head> before = now(session.heads());
    Lease lease = ((Acquired.Leased) now(session.acquire("a", null, LONG))).lease();
    awaitReplica();

    source.put("k", "v1"); // by somebody who tells nobody: the replica may have missed it
    failOver.run();
    servers.awaitOther();

    // An answer is not enough: a master that is well answers until the sentinel cuts it off.
    await("other epochs", () -> isAnotherEpochThan(before));
    await("the other master", () -> shares(a, b) && shares(b, a));
    await("the bound of a", () -> a.get("k").equals("v1"));
    await("the bound of b", () -> b.get("k").equals("v1"));
    assertThat(
            now(
                session.fill(
                    "a", lease, lease.entry("old".getBytes(UTF_8), Set.of(), null, LONG, LONG))))
        .isFalse();
    assertThat(now(session.read("a")).entry()).isNull();
    invalidationsAreHeard();
  }

  /** What was done is on the replica as well. */
  private void awaitReplica() {
    long replicas = servers.on(servers.master(), it -> it.waitForReplication(1, 20_000));
    assertThat(replicas).isPositive();
    await(
        "as many keys",
        () ->
            servers
                .on(servers.master(), RedisCommands::dbsize)
                .equals(servers.on(servers.replica(), RedisCommands::dbsize)));
  }

  private void invalidationsAreHeard() {
    source.put("k", "v2");
    b.cache.invalidate("k");
    await("a message or a heartbeat", () -> a.get("k").equals("v2"));
    assertThat(b.get("k")).isEqualTo("v2");
  }

  /** Whether every bucket has another epoch now; not so while nobody answers. */
  private boolean isAnotherEpochThan(List<Head> before) {
    Set<Long> epochs = before.stream().map(Head::epoch).collect(Collectors.toSet());
    return session
        .heads()
        .handle(
            (now, no) -> no == null && now.stream().noneMatch(it -> epochs.contains(it.epoch())))
        .toCompletableFuture()
        .join();
  }

  private boolean isOffline(Instance by) {
    source.put("l", "l");
    return by.cache.get("l").reason() == Result.Reason.LAYER_DOWN;
  }

  /** Whether one instance finds in the layer what another one has loaded. */
  private boolean shares(Instance by, Instance with) {
    String key = "shared" + keys.incrementAndGet();
    source.put(key, key);
    return by.get(key).equals(key) && with.cache.get(key).source() == Result.Source.LAYER;
  }
}
