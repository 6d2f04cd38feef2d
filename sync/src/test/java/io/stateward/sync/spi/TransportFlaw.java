package io.stateward.sync.spi;

import java.util.Set;

/** The ways in which {@link FlawedTransport} is wrong, each with the rules that must notice. */
enum TransportFlaw {
  NONE(),
  SENDS_SOME_FRAMES_TWICE("1.1"),
  DROPS_EMPTY_FRAMES("1.2"),
  SENDING_WAITS_FOR_THE_READER("1.3"),
  NEVER_COMPLETES_A_SEND("1.4"),
  SENDING_AFTER_CLOSE_SEEMS_TO_WORK("1.5"),
  SENDING_TO_WHO_CLOSED_SEEMS_TO_WORK("1.6"),
  FORGETS_FRAMES_UNDER_WAY("1.7"),
  LOSES_A_FRAME("1.1", "1.8"),
  CLOSES_WITH_EACH_CALL("2.1"),
  CLOSING_WAITS_FOR_THE_READER("2.2"),
  LOSES_CLOSE_CODES("2.3"),
  TELLS_ONLY_THE_OTHER_END("2.4"),
  CUTS_NO_REASONS("2.5"),
  SENDS_ANY_CODE("2.6"),
  BREAKS_LIKE_A_CLOSE("2.7"),
  ENDS_ALL_AT_ONCE("2.8"),
  CLOSES_BEFORE_WHAT_WAS_SENT("2.9"),
  CALLS_FROM_TWO_THREADS("3.1"),
  TELLS_THE_END_TWICE("3.2"),
  SWALLOWS_WHAT_LISTENERS_THROW("3.3"),
  CALLS_WITHIN_A_CALL("3.4"),
  SENDS_BEFORE_IT_IS_CONNECTED("4.1"),
  TELLS_THE_END_OF_WHAT_NEVER_BEGAN("4.2"),
  KEEPS_WHAT_NOBODY_ACCEPTED("4.3");

  private final Set<String> broken;

  TransportFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that must fail; others may. */
  Set<String> broken() {
    return broken;
  }
}
