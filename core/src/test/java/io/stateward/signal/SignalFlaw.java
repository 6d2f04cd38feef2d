package io.stateward.signal;

import java.util.Set;

/** The ways in which {@link FlawedSignal} is wrong, each with the rules that must notice. */
enum SignalFlaw {
  NONE(),
  READS_TAKE_THE_LOCK_OF_DELIVERY("1.1"),
  READS_VALUE_AND_VERSION_APART("1.2"),
  READS_LAG_BEHIND("2.1", "2.2", "2.3"),
  TELLS_BEFORE_PUBLISHING("2.2"),
  PUTS_OFF_CHANGES_OF_CALLBACKS("2.3", "11.1"),
  DROPS_EVERY_FIFTIETH("3.1", "3.5", "11.1", "11.2"),
  TELLS_WHERE_IT_IS_WRITTEN("3.2", "3.3", "3.5"),
  TELLS_UNDER_THE_LOCK_OF_WRITERS("3.4", "4.2", "5.6", "12.1"),
  GAP_AFTER_THE_CURRENT_VALUE("4.1"),
  NEWCOMERS_START_FROM_WHAT_WAS_TOLD_LAST("4.2", "4.8"),
  CLOSES_WITH_THE_NEXT_CHANGE("4.3", "4.4", "4.6"),
  CLOSE_WAITS_FOR_CALLBACKS("4.5", "12.1"),
  CLOSES_ALL_OF_THE_SAME_CALLBACK("4.7"),
  TELLS_NEWCOMERS_AT_ONCE("4.8"),
  IGNORES_EXECUTORS("4.4", "5.1", "5.3", "5.4", "5.5", "5.10", "5.11", "9.3"),
  ONE_TASK_PER_CHANGE("4.4", "5.2", "5.3", "5.4", "5.10"),
  CLOSES_WHERE_IT_SHOULD_MERGE("5.3"),
  MERGES_WHERE_IT_SHOULD_CLOSE("5.4"),
  QUEUES_WHERE_IT_SHOULD_CONFLATE("5.5", "9.3"),
  TELLS_ALL_WHERE_IT_SHOULD_CONFLATE("5.6"),
  DEBOUNCES_WHERE_IT_SHOULD_THROTTLE("5.7"),
  THROTTLES_WHERE_IT_SHOULD_DEBOUNCE("5.8"),
  FORGETS_THE_CURRENT_VALUE("4.1", "5.9"),
  SWALLOWS_REFUSALS("5.10"),
  WAITS_FOR_SLOW_EXECUTORS("5.11"),
  FAILED_SUBSCRIBERS_ARE_DROPPED("6.1", "6.2", "6.3"),
  ERRORS_REACH_THE_WRITER("6.2"),
  PRINTS_WHAT_WAS_THROWN("6.3"),
  FAILED_FUNCTIONS_GIVE_NULL("6.4", "8.7", "8.8"),
  THROWING_EQUALITY_MEANS_EQUAL("6.5"),
  COMBINES_INPUT_BY_INPUT("8.1"),
  READS_INPUTS_APART("8.2"),
  EVALUATES_EAGERLY("8.3", "8.9"),
  EVALUATES_AT_EACH_READ("8.3", "8.4", "8.5", "8.7"),
  EVALUATES_WHERE_NOTHING_CHANGED("8.5"),
  IGNORES_THE_CHOSEN_EQUALITY("6.5", "8.6", "12.4"),
  EVALUATES_FAILURES_AGAIN("8.7"),
  STAYS_FAILED("8.8"),
  HOLDS_WHAT_IS_DERIVED("8.9"),
  TELLS_OF_EQUAL_VALUES("9.1"),
  READING_COUNTS_AS_CHANGE("1.2", "8.5", "9.2"),
  SLOW_EVALUATION_SETS_VERSION_BACK("9.4"),
  KEEPS_SUBSCRIBERS_IN_A_LIST("10.1"),
  EVALUATES_FOR_EACH_SUBSCRIBER("10.2"),
  HIDES_THE_CHAIN_OF_CAUSES("11.1"),
  CUTS_CHAINS_EARLY("3.5", "11.1", "11.2"),
  SUBSCRIBING_WAITS_FOR_CALLBACKS("12.1", "4.2"),
  SUBSCRIBING_WAITS_FOR_READERS("12.2"),
  SUBSCRIBING_WAITS_FOR_EVALUATIONS("12.3"),
  SUBSCRIBING_WAITS_FOR_EQUALITIES("12.4");

  private static final Set<SignalFlaw> BLOCKING_OTHERWISE =
      Set.of(
          TELLS_WHERE_IT_IS_WRITTEN,
          EVALUATES_EAGERLY,
          HOLDS_WHAT_IS_DERIVED,
          IGNORES_THE_CHOSEN_EQUALITY);

  private final Set<String> broken;

  SignalFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Tells whether the flaw is seen by waiting in vain, so that patience should be short. */
  boolean blocks() {
    return name().contains("WAIT") || name().contains("LOCK") || BLOCKING_OTHERWISE.contains(this);
  }

  /** Tells whether it depends on the moment which other rules notice too. */
  boolean spreads() {
    return blocks() || this == READS_LAG_BEHIND || this == DROPS_EVERY_FIFTIETH;
  }

  /** Returns the rules that this flaw breaks. */
  Set<String> broken() {
    return broken;
  }
}
