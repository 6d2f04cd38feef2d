package io.stateward.examples.payment;

import java.util.List;

/**
 * Something that happened.
 *
 * @param at when, in milliseconds since 1970
 * @param cause what came
 * @param what it led to
 * @param tone plain, good, wait or bad
 */
record LogLine(long at, String cause, String what, String tone) {

  List<Object> row() {
    return List.of(at, cause, what, tone);
  }
}
