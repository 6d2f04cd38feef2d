package io.stateward.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.CacheLayerContract;
import io.stateward.cache.spi.LayerWeather;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;

final class MemoryLayerContractTest extends CacheLayerContract {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryLayer layer =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(4).log(30));

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
    return new MemoryWeather(layer);
  }
}
