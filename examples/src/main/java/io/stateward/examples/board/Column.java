package io.stateward.examples.board;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the rows can be sorted by. What is not known comes last in either direction. */
@SuppressWarnings("ImmutableEnumChecker") // comparators of the JDK, over pure functions
enum Column {
  PID("PID", ProcessRow::pid),
  NAME("name", row -> row.name().toLowerCase(Locale.ROOT)),
  USER("user", row -> row.user().toLowerCase(Locale.ROOT)),
  CPU("CPU %", ProcessRow::cpuTenths),
  TIME("CPU time", ProcessRow::cpuTime),
  STARTED("start", ProcessRow::started);

  private final String title;
  private final Comparator<ProcessRow> ascending;
  private final Comparator<ProcessRow> descending;

  <T extends Comparable<T>> Column(String title, Function<ProcessRow, @Nullable T> key) {
    this.title = title;
    this.ascending = Comparator.comparing(key, nullsLast(naturalOrder()));
    this.descending = Comparator.comparing(key, nullsLast(reverseOrder()));
  }

  Comparator<ProcessRow> order(boolean fromTop) {
    return fromTop ? descending : ascending;
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
