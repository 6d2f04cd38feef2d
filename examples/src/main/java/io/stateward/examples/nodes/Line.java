package io.stateward.examples.nodes;

import java.util.List;

/**
 * Something that happened between the nodes.
 *
 * @param number counted up from 1
 * @param millis when, in milliseconds since 1970
 * @param who A, B or what they share
 * @param tone plain, good, wait or bad
 * @param text what happened
 * @param times how often in a row
 */
record Line(long number, long millis, String who, String tone, String text, int times) {

  boolean isLike(String otherWho, String otherText) {
    return who.equals(otherWho) && text.equals(otherText);
  }

  Line again(long atMillis) {
    return new Line(number, atMillis, who, tone, text, times + 1);
  }

  List<Object> toJson() {
    return List.of(number, millis, who, tone, text, times);
  }
}
