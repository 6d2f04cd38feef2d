package io.stateward.examples.board;

import io.stateward.collection.EntityTable;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import java.util.List;

/**
 * Which rows a page shows, in order. It says nothing of what is in them, so it moves only when a
 * row comes, goes or moves.
 *
 * @param ids the ids of the rows, from the top; at most {@value #MOST_ROWS}
 * @param matching how many processes match the filter or are pinned
 * @param total how many processes there are
 */
record Listing(List<Long> ids, int matching, int total) {

  static final int MOST_ROWS = 200;
  static final Listing NOTHING = new Listing(List.of(), 0, 0);

  static Listing of(EntityTable<Long, ProcessRow> processes, View view) {
    List<Long> ids =
        processes.values().stream()
            .filter(view.filtering())
            .sorted(view.order())
            .map(ProcessRow::pid)
            .toList();
    return new Listing(
        List.copyOf(ids.subList(0, Math.min(MOST_ROWS, ids.size()))), ids.size(), processes.size());
  }

  /** Returns the position of each row, 0 for the top, to compare listings by. */
  PersistentMap<Long, Integer> positions() {
    MapBuilder<Long, Integer> positions = PersistentMap.<Long, Integer>of().toBuilder();
    for (int i = 0; i < ids.size(); i++) {
      positions.put(ids.get(i), i);
    }
    return positions.build();
  }
}
