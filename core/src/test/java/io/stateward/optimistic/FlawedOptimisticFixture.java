package io.stateward.optimistic;

import io.stateward.time.VirtualTimekeeper;

/** The contract, on a store with a flaw. Run by {@link OptimisticContractIsSharpTest} only. */
final class FlawedOptimisticFixture extends OptimisticContract {

  static OptimisticFlaw flaw = OptimisticFlaw.NONE;

  @Override
  public OptimisticStore<Shelf> create(Shelf confirmed, VirtualTimekeeper time) {
    return new FlawedOptimisticStore(
        OptimisticStore.over("shelf", confirmed).timekeeper(time).open(), flaw);
  }
}
