package io.stateward.examples.board;

import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the page is coloured by. */
enum Theme {
  SYSTEM,
  LIGHT,
  DARK;

  /** Returns the name that pages use. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Theme labelled(String label) {
    return Arrays.stream(values())
        .filter(theme -> theme.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badInput(
                    "There is no theme '%s'; there are %s."
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Theme::label)
                                .collect(Collectors.joining(", ")))));
  }
}
