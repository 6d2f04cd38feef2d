package io.stateward.signal;

import io.stateward.store.Store;
import java.time.Duration;
import java.util.function.BinaryOperator;

/** The contract of a signal, on one with a flaw. Run by {@link SignalContractIsSharpTest} only. */
final class FlawedSignalFixture extends SignalContract {

  static SignalFlaw flaw = SignalFlaw.NONE;

  private FlawedWorld world = new FlawedWorld(flaw, patience());

  @Override
  public Subject create(int initial) {
    world = new FlawedWorld(flaw, patience());
    Store<Integer> store = Store.of(initial);
    return new Subject(new FlawedSignal<>(store, world), world.change(store, store::set));
  }

  @Override
  public Duration patience() {
    return flaw.blocks() ? Duration.ofMillis(150) : Duration.ofSeconds(20);
  }

  @Override
  public Signal<Integer> combine(
      Signal<Integer> first, Signal<Integer> second, BinaryOperator<Integer> combiner) {
    return FlawedSignal.combine(
        (FlawedSignal<Integer>) first, (FlawedSignal<Integer>) second, combiner, world);
  }
}
