package io.stateward.persist;

import java.util.Set;

/** The ways in which {@link FlawedJournal} is wrong, each with the rules that must notice. */
enum JournalFlaw {
  NONE(),
  POSITIONS_SKIP_ONE("1.1"),
  BATCH_ANSWERS_WITH_THE_LAST("1.2"),
  EMPTY_BATCH_APPENDS("1.3"),
  KEEPS_THE_ARRAY_IT_WAS_GIVEN("1.4"),
  APPENDS_AT_NO_POSITION("1.5"),
  APPENDS_AT_ANY_POSITION("1.6"),
  TAKES_RECORDS_OF_ANY_SIZE("1.7"),
  READS_AFTER_THE_POSITION("2.1"),
  READS_THE_LAST_RECORD_AT_THE_END("2.2"),
  HANDS_OUT_ITS_ARRAYS("2.3"),
  TAKES_ANY_LIMIT("2.4"),
  DROPS_EMPTY_RECORDS("2.5"),
  PAGES_OVERLAP("2.6"),
  TRUNCATES_ONE_TOO_FEW("3.1"),
  USES_POSITIONS_AGAIN_WHEN_EMPTY("3.2"),
  TRUNCATION_GOES_BACK("3.3"),
  TRUNCATES_BEYOND("3.4"),
  KEEPS_THE_EPOCH("3.5"),
  ALWAYS_CHANGES_THE_EPOCH("3.6"),
  TRUNCATES_WHOLE_BATCHES("3.7"),
  FORGETS_THE_NEWEST("4.1"),
  FORGETS_TRUNCATIONS("4.2"),
  COUNTS_ANEW_WHEN_EMPTY("4.3"),
  WORKS_WHEN_CLOSED("5.1"),
  TEARS_BATCHES_APART("6.1"),
  CHECKS_THE_POSITION_TOO_EARLY("6.2"),
  SHOWS_RECORDS_BEFORE_THEY_ARE_THERE("6.3"),
  READS_BY_INDEX("6.4");

  private final Set<String> broken;

  JournalFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that must fail; others may. */
  Set<String> broken() {
    return broken;
  }
}
