package io.stateward.examples.nodes;

import io.stateward.examples.Json;
import java.util.List;

/**
 * What each place of one side has at a moment.
 *
 * @param answers whether what is shared answers
 * @param source the rows of the source
 * @param shared what is shared has
 * @param a the memory of node A
 * @param b the memory of node B
 */
record Places(boolean answers, List<Cell> source, List<Cell> shared, List<Cell> a, List<Cell> b) {

  static final Places NONE = new Places(true, List.of(), List.of(), List.of(), List.of());

  String toJson() {
    return Json.object()
        .put("answers", answers)
        .put("source", cells(source))
        .put("shared", cells(shared))
        .put("a", cells(a))
        .put("b", cells(b))
        .toString();
  }

  private static List<List<Object>> cells(List<Cell> cells) {
    return cells.stream().map(Cell::toJson).toList();
  }
}
