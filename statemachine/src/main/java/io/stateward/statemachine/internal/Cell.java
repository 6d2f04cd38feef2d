package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * For one kind of occurrence and one leaf: which moves there are, innermost state first.
 *
 * <p><b>Thread safety.</b> Immutable, also for who comes by it through a race.
 */
final class Cell {

  /** Of a leaf that has no moves. */
  static final Cell NONE = new Cell(new Move[0]);

  final Move[] moves;

  /** What it means that no move is allowed while this leaf is the only one. */
  final Outcome refusal;

  /** Whether all moves are direct, read nothing around, and have the first slot's data. */
  final boolean plain;

  Cell(Move[] moves) {
    this.moves = moves;
    this.refusal = refusal(moves);
    boolean all = true;
    for (Move move : moves) {
      all &= move.direct && !move.looksAround && move.slot == 0;
    }
    this.plain = all;
  }

  private static Outcome refusal(Move[] moves) {
    if (moves.length == 0) {
      return Outcomes.UNKNOWN;
    }
    List<String> names = new ArrayList<>();
    for (Move move : moves) {
      Guard guard = move.arc.guard;
      if (guard != null && !names.contains(guard.name())) {
        names.add(guard.name());
      }
    }
    return new Outcome.Rejected(names);
  }
}
