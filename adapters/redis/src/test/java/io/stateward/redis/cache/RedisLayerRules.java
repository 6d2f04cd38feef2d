package io.stateward.redis.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.CacheLayerContract;
import io.stateward.cache.spi.LayerWeather;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The rules, with a real server. */
abstract class RedisLayerRules extends CacheLayerContract {

  private static final AtomicInteger TESTS = new AtomicInteger();
  private FaultyLayer layer;

  /** The same one for all tests. */
  abstract Place place();

  @BeforeEach
  void connect() {
    layer =
        new FaultyLayer(
            place(),
            "test" + TESTS.incrementAndGet(),
            RedisLayerOptions.standard().buckets(4).log(30));
  }

  @AfterEach
  void close() {
    layer.close();
  }

  @Override
  public CacheLayer layer() {
    return layer;
  }

  @Override
  public void pass(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      LockSupport.parkNanos(time.toNanos() - (System.nanoTime() - start));
    }
  }

  @Override
  public Duration moment() {
    return Duration.ofMillis(60);
  }

  @Override
  public int logBound() {
    return 30;
  }

  @Override
  public int rounds() {
    return 20;
  }

  @Override
  public boolean keepsIntents() {
    return false; // what evicts does not look at what it is
  }

  @Override
  public LayerWeather weather() {
    return layer;
  }
}
