package io.stateward.cache.spi;

import java.util.Set;

/** What may be wrong with an outbox, and which rules say so. */
enum OutboxFlaw {
  NONE(),
  COMMITS_ARE_NOT_SEEN("1.1", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "4.1", "5.1", "5.2"),
  RELAYS_BEFORE_THE_COMMIT("1.2"),
  RELAYS_WHAT_WAS_ROLLED_BACK("1.3"),
  FORGETS_WHAT_NOBODY_RELAYS("2.1"),
  FORGETS_WHAT_FAILED("2.2"),
  FORGETS_WHAT_THREW("2.3"),
  ORDER_OF_THE_FIRST_APPEND("3.1"),
  LATEST_FIRST_IN_A_TRANSACTION("3.2"),
  DOES_NOT_WAIT("3.3"),
  PASSES_OVER_WHAT_BEGAN_EARLIER("3.4"),
  ONE_LINE_FOR_ALL_CACHES("4.1"),
  TELLS_EVERY_SENDER("5.1"),
  TELLS_CLOSED_SENDERS("5.2");

  private final Set<String> broken;

  OutboxFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  Set<String> broken() {
    return broken;
  }
}
