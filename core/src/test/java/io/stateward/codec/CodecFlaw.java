package io.stateward.codec;

import java.util.Set;

/** The ways in which {@link FlawedCodec} is wrong, each with the rules that must notice. */
enum CodecFlaw {
  NONE(),
  LOSES_CASE("1.1", "1.2", "1.3", "1.4", "3.2", "4.1"),
  GIVES_AWAY_ITS_CACHE("1.2"),
  CHANGES_WHAT_IT_READS("1.3"),
  WRITES_FOR_ITSELF_ALONE("1.4"),
  WRITES_NULL_AS_EMPTY("1.5"),
  ACCEPTS_ANY_MARK("2.1", "3.2"),
  LETS_OTHER_EXCEPTIONS_OUT("2.1", "2.2", "2.4"),
  RETURNS_NULL_FOR_DAMAGE("2.1", "2.2", "2.4"),
  RETURNS_HALF_A_VALUE("2.3"),
  IGNORES_A_MISSING_END("2.4"),
  QUOTES_ALL_OF_IT("2.5"),
  NAMES_ANOTHER_SCHEMA("2.5"),
  SCHEMA_COUNTS_ITS_USES("3.1"),
  SCHEMA_IS_TWO_LINES("3.1"),
  MAPS_UNDER_ITS_OWN_SCHEMA("3.2"),
  SHARES_A_BUFFER("4.1");

  private final Set<String> broken;

  CodecFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that this flaw breaks. */
  Set<String> broken() {
    return broken;
  }
}
