package io.stateward.examples.board;

import io.stateward.examples.Fields;
import io.stateward.examples.Json;
import io.stateward.examples.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one person wants to see.
 *
 * @param filter words that a row must all mention; empty for every row
 * @param sort what the rows are sorted by
 * @param descending whether the greatest comes first
 * @param pinned the ids of the rows that stay on top, whatever the filter says
 */
record View(String filter, Column sort, boolean descending, Set<Long> pinned) {

  static final int LONGEST_FILTER = 100; // characters
  static final int MOST_PINS = 50;
  static final View INITIAL = new View("", Column.TIME, true, Set.of());

  View {
    pinned = Set.copyOf(pinned);
  }

  /** Reads the view that a page connects with; what it does not say is as in the beginning. */
  static View of(Fields query) {
    String filter = query.has("filter") ? query.text("filter", LONGEST_FILTER) : INITIAL.filter;
    Column sort = query.has("sort") ? Column.labelled(query.text("sort", 20)) : INITIAL.sort;
    boolean descending = query.has("descending") ? query.flag("descending") : INITIAL.descending;
    Set<Long> pinned = query.has("pinned") ? ids(query.text("pinned", 1_000)) : Set.of();
    query.nothingElse();
    return new View(filter, sort, descending, pinned);
  }

  View withFilter(String text) {
    return new View(text, sort, descending, pinned);
  }

  View sortedBy(Column column, boolean fromTop) {
    return new View(filter, column, fromTop, pinned);
  }

  /** Returns the view with one more pin, and without the pins of processes that are gone. */
  View withPin(long pid, Predicate<Long> alive) {
    Set<Long> pins = new HashSet<>(pinned);
    pins.removeIf(alive.negate());
    pins.add(pid);
    return new View(filter, sort, descending, limited(pins));
  }

  View withoutPin(long pid) {
    Set<Long> pins = new HashSet<>(pinned);
    pins.remove(pid);
    return new View(filter, sort, descending, pins);
  }

  /** Returns what tells the rows to show: the pinned ones, and those that mention every word. */
  Predicate<ProcessRow> filtering() {
    List<String> words = List.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    return row -> pinned.contains(row.pid()) || words.stream().allMatch(row::mentions);
  }

  /** Pinned rows first, then by the chosen column, then by id. */
  Comparator<ProcessRow> order() {
    return Comparator.comparing((ProcessRow row) -> !pinned.contains(row.pid()))
        .thenComparing(sort.order(descending))
        .thenComparingLong(ProcessRow::pid);
  }

  String toJson() {
    return Json.object()
        .put("filter", filter)
        .put("sort", sort.label())
        .put("descending", descending)
        .put("pinned", pinned.stream().sorted().toList())
        .toString();
  }

  private static Set<Long> ids(String text) {
    if (!text.matches("([1-9][0-9]{0,17}(,[1-9][0-9]{0,17})*)?")) {
      throw Refusal.badInput("The field 'pinned' must be process ids with commas between them.");
    }
    List<String> ids = text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    Set<Long> pins = new HashSet<>();
    ids.forEach(id -> pins.add(Long.valueOf(id)));
    return limited(pins);
  }

  private static Set<Long> limited(Set<Long> pins) {
    if (pins.size() > MOST_PINS) {
      throw Refusal.badInput(
          "%d rows can be pinned, not %d. Unpin one first.".formatted(MOST_PINS, pins.size()));
    }
    return pins;
  }
}
