package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.CacheBuilder;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Result;
import io.stateward.codec.Codec;
import io.stateward.redis.Redis;
import io.stateward.testkit.net.FaultProxy;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An instance of an application, with two cables to Redis: of its layer, and of its messages. */
final class OutageNode implements AutoCloseable {

  final FaultProxy layerCable;
  final FaultProxy messageCable;
  final RedisBackplane backplane;
  final LayeredCache<String, String> cache;
  private final Redis layerRedis;
  private final Redis messageRedis;

  private OutageNode(
      Outage outage,
      Duration timeout,
      RedisLayerOptions options,
      Function<CacheBuilder<Object, String>, LayeredCache<String, String>> built) {
    layerCable = FaultProxy.to("127.0.0.1", outage.server.port());
    messageCable = FaultProxy.to("127.0.0.1", outage.server.port());
    layerRedis = redis(layerCable, timeout, outage.namespace);
    messageRedis = redis(messageCable, timeout, outage.namespace);
    backplane = RedisBackplane.of(messageRedis);
    cache =
        built.apply(
            LayeredCache.named("users")
                .layer(RedisLayer.of(layerRedis, options), Codec.text())
                .backplane(backplane)
                .executor(outage.threads));
    await("the backplane", () -> backplane.isTried("users"));
  }

  /** One that loads from the source. */
  static OutageNode over(
      Outage outage,
      RedisLayerOptions options,
      UnaryOperator<CacheBuilder<Object, String>> settings) {
    return over(outage, Duration.ofSeconds(20), options, settings);
  }

  /** One that waits so long for Redis. */
  static OutageNode over(
      Outage outage,
      Duration timeout,
      RedisLayerOptions options,
      UnaryOperator<CacheBuilder<Object, String>> settings) {
    return new OutageNode(
        outage, timeout, options, it -> settings.apply(it).buildWith(outage::load));
  }

  /** One that is built otherwise. */
  static OutageNode built(
      Outage outage, Function<CacheBuilder<Object, String>, LayeredCache<String, String>> built) {
    return new OutageNode(
        outage, Duration.ofSeconds(20), RedisLayerOptions.standard().buckets(4), built);
  }

  private static Redis redis(FaultProxy cable, Duration timeout, String namespace) {
    String address =
        "redis://127.0.0.1:%d?timeout=%dms".formatted(cable.port(), timeout.toMillis());
    return Redis.connect(address).namespace(namespace);
  }

  String get(String key) {
    return cache.get(key).value();
  }

  /** What memory has now; "nothing" if there is nothing. */
  String peek(String key) {
    return cache.peek(key).map(Result::value).orElse("nothing");
  }

  long heard() {
    return cache.figures().get().invalidations();
  }

  /** Asserts that it reads a value, and goes on reading it. */
  void reads(String key, String value) {
    for (int i = 0; i < 20; i++) {
      assertThat(get(key)).isEqualTo(value);
    }
  }

  /** Waits until it reads a value, and asserts that it goes on reading it. */
  void comesToRead(String key, String value) {
    await(value, () -> value.equals(cache.get(key).valueOrNull()));
    reads(key, value);
  }

  /**
   * Reads until what is read is new, and asserts that no read was old that began later than the
   * bound after an invalidation.
   */
  void readsWithin(Duration bound, long invalidatedAtNanos, String key, String old, String value) {
    long[] last = {Long.MIN_VALUE};
    await(
        value,
        () -> {
          long start = System.nanoTime();
          String read = get(key);
          if (read.equals(old)) {
            last[0] = start - invalidatedAtNanos;
          }
          return read.equals(value);
        });
    assertThat(last[0]).isLessThanOrEqualTo(bound.toNanos());
    reads(key, value);
  }

  /** Leads both cables to another server, and breaks what is connected. */
  void moveTo(int port) {
    for (FaultProxy cable : new FaultProxy[] {layerCable, messageCable}) {
      cable.retarget("127.0.0.1", port);
      cable.reset();
    }
  }

  @Override
  public void close() {
    cache.close();
    layerRedis.close();
    messageRedis.close();
    layerCable.close();
    messageCable.close();
  }
}
