package io.stateward.examples.board;

import java.util.List;
import java.util.Locale;

/**
 * One search that was sent on its way, and what became of it.
 *
 * @param number counted up from 1
 * @param query what was searched for
 * @param fate what became of it
 */
record Run(long number, String query, Fate fate) {

  /** What becomes of a search. */
  enum Fate {
    WAITING,
    ANSWERED,
    FAILED,
    CANCELLED
  }

  List<Object> toJson() {
    return List.of(number, query, fate.name().toLowerCase(Locale.ROOT));
  }
}
