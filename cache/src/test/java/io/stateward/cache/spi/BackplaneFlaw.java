package io.stateward.cache.spi;

import java.util.Set;

/** The ways in which a {@link FlawedBackplane} is wrong, each with the rules that must notice. */
enum BackplaneFlaw {
  NONE(),
  TAGS_BECOME_KEYS("1.1"),
  NUMBERS_ARE_SHORT("1.1"),
  CACHES_ARE_ONE("1.2"),
  ONE_LISTENER_HEARS("1.3"),
  EQUAL_LISTENERS_ARE_ONE("1.3"),
  ENDED_LISTENERS_HEAR("1.4"),
  ENDING_ENDS_ALL("1.4"),
  SENDERS_ARE_HARMED("1.5"),
  LATER_LISTENERS_ARE_HARMED("1.5"),
  LOCKS_WHILE_IT_TELLS("1.6"),
  ONE_MESSAGE_AT_A_TIME("1.6", "1.7");

  private final Set<String> broken;

  BackplaneFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that must fail; others may. */
  Set<String> broken() {
    return broken;
  }
}
