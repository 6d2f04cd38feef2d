package io.stateward.examples.cards;

import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is to become of a write, for those who want to see it on purpose. */
enum Fate {
  /** Somebody else changes the labels just before it arrives. */
  OVERTAKEN("409: somebody adds a label first"),
  /** Somebody else changes the very field that it changes, just before it arrives. */
  CONTESTED("409: somebody changes the same field first"),
  /** Somebody else removes the card just before it arrives. */
  REMOVED("410: somebody removes the card first"),
  /** The server does not want it. */
  REFUSED("refused"),
  /** It takes effect, and the answer is lost on its way. */
  UNANSWERED("saved, and the answer is lost");

  private final String title;

  Fate(String title) {
    this.title = title;
  }

  /** Returns what people read. */
  String title() {
    return title;
  }

  /** Returns the name that pages use. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fate labelled(String label) {
    return Arrays.stream(values())
        .filter(fate -> fate.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badInput(
                    "There is no fate '%s'; there are %s."
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Fate::label)
                                .collect(Collectors.joining(", ")))));
  }
}
