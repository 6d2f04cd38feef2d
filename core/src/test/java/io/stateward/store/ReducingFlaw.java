package io.stateward.store;

import java.util.Set;

/** The ways in which {@link FlawedReducing} is wrong, each with the rules that must notice. */
enum ReducingFlaw {
  NONE(),
  RETURNS_THE_STATE_BEFORE("13.1", "13.8", "13.9"),
  REDUCES_TWICE("13.2"),
  EVERYTHING_IS_COMMITTED("13.3"),
  EVERYTHING_IS_HANDLED("13.4", "13.5", "13.9"),
  REPORTS_AGAIN("13.5"),
  SWALLOWS_EXCEPTIONS_OF_REDUCERS("13.6"),
  NULL_MEANS_NO_CHANGE("13.7"),
  ATOMIC_UPDATES_ARE_NOT("13.8", "15.5"),
  LATE_REDUCERS_STAY("13.9"),
  FORGETS_DISPATCHES_OF_CALLBACKS("13.10", "15.8"),
  RUNS_MIDDLEWARE_BEFORE_REFUSING("13.11"),
  LAST_USED_IS_OUTERMOST("14.1"),
  MIDDLEWARE_CANNOT_HOLD_BACK("14.2", "14.4"),
  MIDDLEWARE_RUNS_UNDER_A_LOCK("14.3"),
  SWALLOWS_EXCEPTIONS_OF_MIDDLEWARE("14.4"),
  THROWS_AFTER_THE_COMMIT("14.5"),
  TAKES_OUT_THE_FIRST_OF_TWINS("14.6"),
  CHECKS_AFTER_THE_COMMIT("14.7"),
  UPDATES_ARE_NOT_CHECKED("14.8"),
  CHECKS_WHAT_WAS_THERE("14.9"),
  A_CHECK_THAT_THROWS_AGREES("14.10"),
  FORGETS_ACTIONS("15.1", "15.3"),
  UPDATES_HAVE_ACTIONS("15.2"),
  RECORDS_OUT_OF_TURN("15.3"),
  SKIPS_EQUAL_STATES("15.4"),
  KEEPS_THE_LAST_ACTION_ONLY("15.5"),
  RECORDS_AFTER_THE_END("15.6"),
  A_RECORDER_THAT_THROWS_IS_TAKEN_OUT("15.7"),
  HIDES_CAUSES("15.8"),
  RECORDS_WHAT_IS_REFUSED("15.9");

  private final Set<String> broken;

  ReducingFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that this flaw breaks, others perhaps as well. */
  Set<String> broken() {
    return broken;
  }
}
