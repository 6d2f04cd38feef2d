package io.stateward.optimistic;

import io.stateward.time.VirtualTimekeeper;

final class LoggedStoreContractTest extends OptimisticContract {

  @Override
  public OptimisticStore<Shelf> create(Shelf confirmed, VirtualTimekeeper time) {
    return OptimisticStore.over("shelf", confirmed).timekeeper(time).open();
  }
}
