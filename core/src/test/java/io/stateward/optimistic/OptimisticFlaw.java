package io.stateward.optimistic;

import java.util.Set;

/** The ways in which {@link FlawedOptimisticFixture} is wrong, each with the rules that notice. */
enum OptimisticFlaw {
  NONE(),
  SHOWS_WHAT_IS_CONFIRMED("1.1"),
  SWALLOWS_WHAT_COMMANDS_THROW("1.2"),
  TAKES_NULL_FOR_NO_CHANGE("1.3"),
  RIGHT_GUESSES_FLICKER("2.1"),
  TAKES_ANSWERS_IN_ORDER_ALONE("2.2"),
  REJECTS_ALL("2.3"),
  ANSWERS_COUNT_TWICE("2.4"),
  KNOWS_EVERY_ID("2.5"),
  KEEPS_THE_GUESS("2.6"),
  HAS_NO_DEAD_LETTERS("2.7", "3.4", "4.1", "5.3"),
  FORGETS_WHAT_WAS_CANCELLED("2.8"),
  PUSHES_TAKE_ALL_OUT("3.1"),
  IGNORES_WHAT_IS_INCLUDED("3.2"),
  SWALLOWS_WHAT_PATCHES_THROW("3.3"),
  NEVER_CLOSES("3.5"),
  THE_SERVER_ALWAYS_WINS("4.2", "4.3"),
  THIS_SIDE_ALWAYS_WINS("4.1"),
  HAS_NO_CALLBACK_FOR_ERRORS("5.1"),
  HAS_NO_SCOPES("5.2"),
  WAITS_FOR_EVER("5.3"),
  FOLLOWS_NOBODY("5.4"),
  TAKES_OLD_READS("5.5"),
  STORES_ARE_ALONE("5.6");

  private final Set<String> broken;

  OptimisticFlaw(String... broken) {
    this.broken = Set.of(broken);
  }

  /** Returns the rules that this flaw breaks, others perhaps as well. */
  Set<String> broken() {
    return broken;
  }
}
