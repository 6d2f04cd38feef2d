package io.stateward.store;

import java.util.Set;

/** The ways in which {@link FlawedAsyncFixture} is wrong, each with the rules that must notice. */
enum AsyncFlaw {
  NONE(),
  FORGETS_THE_PREVIOUS_VALUE("16.1"),
  FAILURES_FORGET_THE_PREVIOUS_VALUE("16.2"),
  CANCELLED_STAYS_PENDING("16.3"),
  CANCELLED_FORGETS_THE_VALUE("16.3"),
  LATE_RESULTS_COUNT("16.4"),
  RESULTS_COUNT_AS_THEY_COME("16.5", "16.6"),
  LATEST_LETS_ALL_RUN("16.7"),
  LATEST_GOES_BACK_IN_BETWEEN("16.8"),
  QUEUE_LETS_ALL_RUN("16.9", "16.10"),
  WAITING_RUNS_CANNOT_BE_CANCELLED("16.10"),
  DROPS_NOTHING("16.11"),
  DROPS_FOR_EVER("16.11"),
  IGNORES_THE_CONDITION("16.12"),
  THE_STORE_COMES_LAST("16.13"),
  CANCELS_WHAT_HAS_ENDED("16.14"),
  SHOWS_WHAT_NO_RUN_GAVE("16.1", "16.15");

  private final Set<String> broken;

  AsyncFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that this flaw breaks, others perhaps as well. */
  Set<String> broken() {
    return broken;
  }
}
