package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.BackplaneContract;

final class MemoryBackplaneContractTest extends BackplaneContract {

  private final Backplane backplane = MemoryBackplane.of();

  @Override
  protected Backplane backplane() {
    return backplane;
  }
}
