package io.stateward.cache.spi;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;

/** The contract, on a layer with a flaw. Run by {@link CacheContractsAreSharpTest}. */
final class FlawedLayerFixture extends CacheLayerContract {

  static LayerFlaw flaw = LayerFlaw.NONE;

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final FlawedLayer layer = new FlawedLayer(flaw, time);

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
    return FlawedState.BOUND;
  }

  @Override
  public int rounds() {
    return flaw.ordinal() < LayerFlaw.ASKS_BEFORE_IT_LOCKS.ordinal() ? 2 : 300;
  }

  @Override
  public LayerWeather weather() {
    return layer;
  }
}
