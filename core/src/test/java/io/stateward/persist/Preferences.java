package io.stateward.persist;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;

/** What the tests of persistence keep: a theme and a number, beside what is not kept. */
record Preferences(String theme, int size) {

  static final TreeCodec<Preferences> CODEC =
      TreeCodec.of(
          "preferences",
          prefs -> Tree.object().plus("theme", prefs.theme()).plus("size", prefs.size()),
          tree -> new Preferences(tree.at("/theme").asString(), tree.at("/size").asInt()));

  /** The whole state. */
  record App(Preferences prefs, int visits) {
    static final App START = new App(new Preferences("light", 0), 0);

    App withPrefs(Preferences next) {
      return new App(next, visits);
    }

    App visited() {
      return new App(prefs, visits + 1);
    }

    App larger() {
      return withPrefs(new Preferences(prefs.theme, prefs.size + 1));
    }

    App themed(String theme) {
      return withPrefs(new Preferences(theme, prefs.size));
    }
  }
}
