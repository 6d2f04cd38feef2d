package io.stateward.examples.board;

import io.stateward.examples.Fields;
import io.stateward.examples.Json;
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
 * @param pinned the names of the programs whose rows stay on top, whatever the filter says
 */
record View(String filter, Column sort, boolean descending, Set<String> pinned) {

  static final int LONGEST_FILTER = 100; // characters
  static final View INITIAL = new View("", Column.TIME, true, Set.of());

  View {
    pinned = Set.copyOf(pinned);
  }

  /** Reads the view that a page connects with, pins aside; what it does not say is as at first. */
  static View of(Fields query) {
    String filter = query.has("filter") ? query.text("filter", LONGEST_FILTER) : INITIAL.filter;
    Column sort = query.has("sort") ? Column.labelled(query.text("sort", 20)) : INITIAL.sort;
    boolean descending = query.has("descending") ? query.flag("descending") : INITIAL.descending;
    query.nothingElse();
    return new View(filter, sort, descending, Set.of());
  }

  View withFilter(String text) {
    return new View(text, sort, descending, pinned);
  }

  View sortedBy(Column column, boolean fromTop) {
    return new View(filter, column, fromTop, pinned);
  }

  View withPinned(Set<String> names) {
    return new View(filter, sort, descending, names);
  }

  View withPin(String name) {
    Set<String> names = new HashSet<>(pinned);
    names.add(name);
    return withPinned(names);
  }

  View withoutPin(String name) {
    Set<String> names = new HashSet<>(pinned);
    names.remove(name);
    return withPinned(names);
  }

  /** Returns what tells the rows to show: the pinned ones, and those that mention every word. */
  Predicate<ProcessRow> filtering() {
    List<String> words = List.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    return row -> pinned.contains(row.name()) || words.stream().allMatch(row::mentions);
  }

  /** Pinned rows first, then by the chosen column, then by id. */
  Comparator<ProcessRow> order() {
    return Comparator.comparing((ProcessRow row) -> !pinned.contains(row.name()))
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
}
