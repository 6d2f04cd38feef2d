package io.stateward.store;

import java.util.Set;

/** The ways in which {@link FlawedStore} is wrong, each with the rules that must notice. */
enum StoreFlaw {
  NONE(),
  READS_WAIT_FOR_UPDATERS("1.3"),
  SHOWS_HALF_OF_AN_ATOMIC_UPDATE("1.4", "7.4", "8.12", "8.13", "8.15", "9.8", "12.9"),
  RETURNS_WHAT_IS_THERE_LATER("2.4"),
  RUNS_UPDATERS_AGAIN("2.5", "12.5"),
  TELLS_ITS_SUBSCRIBERS_AFTER_THE_UPDATE("3.6"),
  IGNORES_UPDATES_ONCE_CLOSED("4.9"),
  IGNORES_SUBSCRIBERS_ONCE_CLOSED("4.10"),
  FINISHES_THE_DELIVERY_AFTER_CLOSING("4.10", "4.11"),
  CLOSING_A_SLICE_CLOSES_THE_STORE("4.12", "4.13"),
  TAKES_SUBSCRIBERS_WHILE_CLOSING("4.12", "4.13"),
  SKIPS_WHAT_IS_OVERTAKEN("5.12", "5.13"),
  FAILED_SELECTORS_GIVE_NULL("6.6"),
  SWALLOWS_EXCEPTIONS_OF_UPDATERS("7.1"),
  SWALLOWS_ERRORS_OF_UPDATERS("7.2"),
  NULL_MEANS_NO_CHANGE("7.3"),
  KEEPS_HALF_OF_A_FAILED_ATOMIC_UPDATE("7.4", "8.15", "12.9"),
  COMBINES_PARTS_AT_EACH_COMMIT("8.10"),
  SLICES_DO_NOT_WRITE_THROUGH("8.11"),
  READS_INPUTS_APART("8.16"),
  COMBINES_INPUT_BY_INPUT("8.12", "8.13", "8.14"),
  INPUTS_GO_BACK("8.14"),
  SELECTS_AT_EACH_READ("8.15"),
  IDENTICAL_STATE_COUNTS("9.5"),
  TELLS_OF_EVERY_COMMIT("9.6", "9.7"),
  EVALUATES_FOR_EACH_SUBSCRIBER("6.6", "10.3"),
  LOOKS_AT_EVERY_OBSERVED_KEY("10.4"),
  MISSES_REMOVED_ENTRIES("10.5"),
  HIDES_THE_CHAIN_OF_CAUSES("11.3"),
  SELECTS_UNDER_THE_LOCK("12.6"),
  TELLS_UNDER_THE_LOCK("12.7"),
  LOCKS_IN_THE_ORDER_GIVEN("12.8"),
  ATOMIC_UPDATES_TAKE_ANY_STORE("12.9");

  private final Set<String> broken;

  StoreFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Tells whether the flaw is seen by waiting in vain, so that patience should be short. */
  boolean blocks() {
    return name().contains("LOCK")
        || this == READS_WAIT_FOR_UPDATERS
        || this == TELLS_ITS_SUBSCRIBERS_AFTER_THE_UPDATE;
  }

  /** Tells whether it depends on the moment which other rules notice too. */
  boolean spreads() {
    return blocks() || this == TELLS_OF_EVERY_COMMIT || this == READS_INPUTS_APART;
  }

  /** Returns the rules that this flaw breaks. */
  Set<String> broken() {
    return broken;
  }
}
