package io.stateward.examples.cards;

import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a card stands. */
enum Column {
  TODO("To do"),
  DOING("Doing"),
  DONE("Done");

  private final String title;

  Column(String title) {
    this.title = title;
  }

  /** Returns the name that people read. */
  String title() {
    return title;
  }

  /** Returns the name that pages use. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Column labelled(String label) {
    return Arrays.stream(values())
        .filter(column -> column.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badInput(
                    "There is no column '%s'; there are %s."
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Column::label)
                                .collect(Collectors.joining(", ")))));
  }
}
