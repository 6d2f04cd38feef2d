package io.stateward.examples.cards;

import java.util.List;

/**
 * What the server did with one write.
 *
 * @param number counted up from 1
 * @param millis when, in milliseconds since 1970
 * @param window whose write it was; empty if the server did it by itself
 * @param tone good, wait or bad
 * @param text what happened, as a sentence
 */
record LogLine(long number, long millis, String window, String tone, String text) {

  List<Object> toJson() {
    return List.of(number, millis, window, tone, text);
  }
}
