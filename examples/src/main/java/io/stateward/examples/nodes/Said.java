package io.stateward.examples.nodes;

import io.stateward.examples.Json;

/**
 * What the person is told of what they did, once.
 *
 * @param number counted up from 1; 0 for nothing yet
 * @param tone plain, good, wait or bad
 * @param text a sentence
 */
record Said(long number, String tone, String text) {

  static final Said NOTHING = new Said(0, "plain", "");

  Said then(String nextTone, String nextText) {
    return new Said(number + 1, nextTone, nextText);
  }

  String toJson() {
    return Json.object().put("number", number).put("tone", tone).put("text", text).toString();
  }
}
