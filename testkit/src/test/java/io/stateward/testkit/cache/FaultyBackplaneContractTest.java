package io.stateward.testkit.cache;

import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.BackplaneContract;

/** A backplane that injects nothing is a backplane. */
final class FaultyBackplaneContractTest extends BackplaneContract {

  private final Backplane backplane = FaultyBackplane.over(MemoryBackplane.of());

  @Override
  protected Backplane backplane() {
    return backplane;
  }
}
