package io.stateward.examples.cards;

import java.util.List;

/**
 * Something that a person should be told.
 *
 * @param number counted up from 1
 * @param tone plain or bad
 * @param text a sentence
 */
record Notice(long number, String tone, String text) {

  List<Object> toJson() {
    return List.of(number, tone, text);
  }
}
