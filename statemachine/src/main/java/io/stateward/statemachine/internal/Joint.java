package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Direct moves of several regions as one microstep.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Joint {

  final Move[] moves;
  final long exits;
  final long entries;
  final Plan plan;

  /** Joins moves, in the order of the document. */
  private Joint(Move[] from, int count) {
    this.moves = Arrays.copyOf(from, count);
    List<Deed> deeds = new ArrayList<>();
    List<String> exited = new ArrayList<>();
    List<String> entered = new ArrayList<>();
    List<Trace.Transition> labels = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      exited.addAll(moves[i].exited);
      deeds.addAll(moves[i].deeds.exit);
    }
    for (Move move : moves) {
      labels.add(move.arc.label);
      deeds.addAll(move.deeds.content);
    }
    long gone = 0;
    long come = 0;
    for (Move move : moves) {
      entered.addAll(move.entered);
      deeds.addAll(move.deeds.entry);
      gone |= move.exits;
      come |= move.entries;
    }
    this.exits = gone;
    this.entries = come;
    boolean moved = !exited.isEmpty() || !entered.isEmpty();
    this.plan =
        new Plan(
            deeds,
            moved ? new Outcome.Transitioned(exited, entered) : Outcomes.UPDATED,
            new Trace.Microstep(labels, exited, entered));
  }

  private boolean isOf(Move[] others, int count) {
    if (moves.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (moves[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /** A few sets of moves that were taken together, so that they need not be joined each time. */
  static final class Kept {

    private static final int SIZE = 64;

    // Racy on purpose: what is stored is immutable, and each is as good as another.
    private final @Nullable Joint[] kept = new Joint[SIZE];

    Joint of(Move[] moves, int count) {
      int hash = 0;
      for (int i = 0; i < count; i++) {
        hash = 31 * hash + moves[i].arc.number * 7 + moves[i].to;
      }
      int at = (hash ^ (hash >>> 6)) & (SIZE - 1);
      Joint joint = kept[at];
      if (joint == null || !joint.isOf(moves, count)) {
        joint = new Joint(moves, count);
        kept[at] = joint;
      }
      return joint;
    }
  }
}
