package io.stateward.testkit.cache;

import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.MemoryWeather;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.CacheLayerContract;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerWeather;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;

/** A layer that injects nothing is a layer, and its own disconnections are such. */
final class FaultyLayerContractTest extends CacheLayerContract {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryLayer memory =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(4).log(30));
  private final FaultyLayer layer = FaultyLayer.over(memory, time);

  @Override
  public CacheLayer layer() {
    return layer;
  }

  @Override
  public void pass(Duration duration) {
    time.advance(duration);
  }

  @Override
  public int logBound() {
    return 30;
  }

  @Override
  public LayerWeather weather() {
    MemoryWeather inside = new MemoryWeather(memory);
    return new LayerWeather() {
      @Override
      public void flush() {
        inside.flush();
      }

      @Override
      public void evict(String cache, String key) {
        inside.evict(cache, key);
      }

      @Override
      public Runnable replica() {
        return inside.replica();
      }

      @Override
      public void disconnect(LayerSession session) {
        ((FaultySession) session).disconnect();
      }

      @Override
      public void reconnect(LayerSession session) {
        ((FaultySession) session).reconnect(memory);
      }

      @Override
      public void loseAnswer(LayerSession session) {
        layer.next().dropAnswer();
      }
    };
  }
}
