package io.stateward.store;

import java.time.Duration;

/** The contract of reducing stores, on one with a flaw. Run by {@link KitsAreSharpTest} only. */
final class FlawedReducingFixture extends ReducingContract {

  static ReducingFlaw flaw = ReducingFlaw.NONE;

  @Override
  public ReducingStore<Sample, Deed> create(
      String name, Sample initial, Reducer<Sample, Deed> reducer) {
    return new FlawedReducing(
        Store.reducing(name, initial, FlawedReducing.reducer(reducer, flaw)), flaw);
  }

  @Override
  public void atomically(Runnable body, ReducingStore<Sample, Deed> store) {
    if (flaw == ReducingFlaw.ATOMIC_UPDATES_ARE_NOT) {
      body.run();
    } else {
      Store.atomically(body, ((FlawedReducing) store).store);
    }
  }

  @Override
  public Duration patience() {
    return flaw == ReducingFlaw.MIDDLEWARE_RUNS_UNDER_A_LOCK
        ? Duration.ofMillis(200)
        : Duration.ofSeconds(20);
  }
}
