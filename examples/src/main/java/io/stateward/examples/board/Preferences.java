package io.stateward.examples.board;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.examples.Json;
import io.stateward.examples.Refusal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the person at this machine wants on every page.
 *
 * @param theme the colours
 * @param hidden the columns that are not shown; never the name
 * @param pinned the names of the programs whose rows stay on top; at most {@value #MOST_PINS}
 */
record Preferences(Theme theme, Set<Column> hidden, Set<String> pinned) {

  static final int MOST_PINS = 50;
  static final Preferences INITIAL = new Preferences(Theme.SYSTEM, Set.of(), Set.of());

  /** As JSON: {"theme":"dark","hidden":["user"],"pinned":["java"]}. */
  static final TreeCodec<Preferences> CODEC =
      TreeCodec.of("board-preferences", Preferences::toTree, Preferences::of);

  Preferences {
    hidden = Set.copyOf(hidden);
    pinned = Set.copyOf(pinned);
    if (hidden.contains(Column.NAME)) {
      throw Refusal.badInput("The column 'name' is always shown.");
    }
    if (pinned.size() > MOST_PINS) {
      throw Refusal.badInput(
          "%d programs can be pinned, not %d. Unpin one first."
              .formatted(MOST_PINS, pinned.size()));
    }
  }

  Preferences withTheme(Theme other) {
    return new Preferences(other, hidden, pinned);
  }

  Preferences withPinned(Set<String> names) {
    return new Preferences(theme, hidden, names);
  }

  /** Returns the preferences with a column shown or hidden. */
  Preferences showing(Column column, boolean shown) {
    Set<Column> columns = new HashSet<>(hidden);
    if (shown) {
      columns.remove(column);
    } else {
      columns.add(column);
    }
    return new Preferences(theme, columns, pinned);
  }

  private Tree toTree() {
    return Tree.object()
        .plus("theme", theme.label())
        .plus("hidden", texts(hidden.stream().sorted().map(Column::label)))
        .plus("pinned", texts(pinned.stream().sorted()));
  }

  private static Tree texts(Stream<String> texts) {
    return Tree.array(texts.map(Tree::of).toList());
  }

  private static Preferences of(Tree tree) {
    return new Preferences(
        Theme.labelled(tree.at("/theme").asString()),
        set(tree.at("/hidden"), Column::labelled),
        set(tree.at("/pinned"), name -> name));
  }

  private static <T> Set<T> set(Tree array, Function<String, T> element) {
    return array.asArray().elements().stream()
        .map(each -> element.apply(each.asString()))
        .collect(Collectors.toSet());
  }

  /** Returns what a page needs beside its view, which tells the pins. */
  String toJson() {
    return Json.object()
        .put("theme", theme.label())
        .put("hidden", hidden.stream().sorted().map(Column::label).toList())
        .toString();
  }
}
