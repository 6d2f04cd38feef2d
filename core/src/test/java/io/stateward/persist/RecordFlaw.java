package io.stateward.persist;

import java.util.Set;

/** The ways in which {@link FlawedRecords} are wrong, each with the rules that must notice. */
enum RecordFlaw {
  NONE(),
  VERSIONS_BEGIN_AT_ZERO("1.1"),
  VERSIONS_STAY("1.2"),
  OVERWRITES_ANY_VERSION("1.3"),
  CREATES_WHAT_WAS_EXPECTED("1.4"),
  KEEPS_THE_ARRAY_IT_WAS_GIVEN("1.5"),
  KEYS_IGNORE_CASE("1.6"),
  TAKES_ANY_KEY("1.7"),
  COMPARES_BEFORE_IT_LOCKS("1.8"),
  DELETES_NOTHING("2.1"),
  DELETES_ANY_VERSION("2.2"),
  VERSIONS_COUNT_PER_RECORD("2.3"),
  LISTS_ALL_KEYS("3.1"),
  LISTS_IN_THE_ORDER_OF_CHARS("3.2"),
  LAST_PAGE_SAYS_THERE_IS_MORE("3.3"),
  CONTINUES_ONLY_AFTER_WHAT_IS_THERE("3.4"),
  TAKES_ANY_LIMIT("3.5"),
  PAGES_BY_NUMBER("3.6"),
  FORGETS_DELETIONS("4.1"),
  FORGETS_ITS_VERSIONS("4.2"),
  WORKS_WHEN_CLOSED("5.1");

  private final Set<String> broken;

  RecordFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that must fail; others may. */
  Set<String> broken() {
    return broken;
  }
}
