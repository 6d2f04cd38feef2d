package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For one kind of occurrence: which moves each leaf offers. Only leaves inside of a state that has
 * one are held, each once it is asked for.
 */
final class Row {

  /** Whether no leaf has any. */
  final boolean empty;

  /**
   * Whether several leaves may be asked one by one: all moves are direct, and none is of a state
   * around several leaves. Not told of charts with more states than a word has bits.
   */
  final boolean separate;

  final Joint.Kept joints = new Joint.Kept();
  private final Rows rows;
  private final Arc[] arcs;
  private final int from;

  // Racy on purpose: what is stored is immutable, and each is as good as another.
  private final @Nullable Cell[] cells;

  /** The row of the transitions that answer, in the order of the document. */
  Row(Rows rows, Arc[] arcs) {
    this.rows = rows;
    this.arcs = arcs;
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (Arc arc : arcs) {
      first = Math.min(first, arc.source.number);
      end = Math.max(end, arc.source.end);
    }
    this.empty = arcs.length == 0;
    this.from = empty ? 0 : first;
    this.cells = new Cell[empty ? 0 : end - first];
    this.separate = rows.small() && apart();
  }

  /** Fills all cells of a small chart, and tells whether their moves are apart. */
  private boolean apart() {
    boolean apart = true;
    for (int i = 0; i < cells.length; i++) {
      for (Move move : cell(from + i).moves) {
        apart &= move.direct && !move.arc.source.splits;
      }
    }
    return apart;
  }

  /** How much it may come to hold. */
  int size() {
    return cells.length + arcs.length;
  }

  Cell cell(int leaf) {
    int at = leaf - from;
    if (at < 0 || at >= cells.length) {
      return Cell.NONE;
    }
    Cell cell = cells[at];
    return cell == null ? fill(leaf, at) : cell;
  }

  private Cell fill(int leaf, int at) {
    Cell cell = rows.cell(leaf, arcs);
    if (rows.keeps()) {
      cells[at] = cell;
    }
    return cell;
  }

  /** Whether all moves of a leaf are plain, as {@link Cell#plain} says. */
  boolean plain(int leaf) {
    return cell(leaf).plain;
  }

  /** Returns the first move of a leaf, if it has any and they are plain; else null. */
  @Nullable Move first(int leaf) {
    Cell cell = cell(leaf);
    return cell.plain && cell.moves.length > 0 ? cell.moves[0] : null;
  }

  /** Returns the moves of a leaf, by its number. */
  Move[] moves(int leaf) {
    return cell(leaf).moves;
  }

  /** Returns what it means that a leaf, the only one, has no move that is allowed. */
  Outcome refusal(int leaf) {
    return cell(leaf).refusal;
  }

  /** Returns what it means that of several leaves none has a move that is allowed. */
  Outcome refusal(long leaves) {
    List<String> names = new ArrayList<>();
    for (long rest = leaves; rest != 0; rest &= rest - 1) {
      Outcome refusal = refusal(Long.numberOfTrailingZeros(rest));
      if (refusal instanceof Outcome.Rejected rejected) {
        rejected.guards().stream().filter(it -> !names.contains(it)).forEach(names::add);
      }
    }
    return names.isEmpty() ? Outcomes.UNKNOWN : new Outcome.Rejected(names);
  }
}
