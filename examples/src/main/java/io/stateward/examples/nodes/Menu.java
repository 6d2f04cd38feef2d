package io.stateward.examples.nodes;

import io.stateward.examples.Refusal;
import java.util.List;
import java.util.Map;

/** What is cached: the prices of four drinks, each with a tag. */
final class Menu {

  static final int LONGEST_VALUE = 24;
  static final List<String> KEYS = List.of("tea", "coffee", "cocoa", "juice");
  static final List<String> TAGS = List.of("hot", "cold");
  static final Map<String, String> PRICES =
      Map.of("tea", "2.40", "coffee", "2.90", "cocoa", "3.10", "juice", "3.50");

  private Menu() {}

  static String tagOf(String key) {
    return key.equals("juice") ? "cold" : "hot";
  }

  static List<String> tagged(String tag) {
    return KEYS.stream().filter(key -> tagOf(key).equals(tag)).toList();
  }

  /** Returns the key, which has to be one. */
  static String known(String key) {
    if (!KEYS.contains(key)) {
      throw Refusal.badInput(
          "There is no drink '%s'. There are %s.".formatted(key, String.join(", ", KEYS)));
    }
    return key;
  }

  /** Returns a tag's name, which has to be one. */
  static String knownTag(String tag) {
    if (!TAGS.contains(tag)) {
      throw Refusal.badInput(
          "There is no tag '%s'. There are %s.".formatted(tag, String.join(" and ", TAGS)));
    }
    return tag;
  }
}
