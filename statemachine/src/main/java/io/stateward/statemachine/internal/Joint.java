package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Direct moves of several regions as one microstep. */
final class Joint {

  final Move[] moves;
  final Deed[] deeds;
  final long exits;
  final long entries;
  final Outcome outcome;
  final Trace trace;

  /** Joins moves, in the order of the document. */
  Joint(Move[] from, int count) {
    this.moves = Arrays.copyOf(from, count);
    List<Deed> done = new ArrayList<>();
    List<String> exited = new ArrayList<>();
    List<String> entered = new ArrayList<>();
    List<Trace.Transition> labels = new ArrayList<>();
    long gone = 0;
    long come = 0;
    for (int i = count - 1; i >= 0; i--) {
      exited.addAll(moves[i].exited);
      done.addAll(Arrays.asList(moves[i].deeds).subList(0, moves[i].exitDeeds));
    }
    for (Move move : moves) {
      done.addAll(Arrays.asList(move.deeds).subList(move.exitDeeds, move.contentDeeds));
      labels.add(move.arc.label);
    }
    for (Move move : moves) {
      entered.addAll(move.entered);
      List<Deed> all = Arrays.asList(move.deeds);
      done.addAll(all.subList(move.contentDeeds, all.size()));
      gone |= move.exits;
      come |= move.entries;
    }
    this.deeds = done.toArray(Deed[]::new);
    this.exits = gone;
    this.entries = come;
    boolean moved = !exited.isEmpty() || !entered.isEmpty();
    this.outcome = moved ? new Outcome.Transitioned(exited, entered) : Outcomes.UPDATED;
    this.trace = new Trace(List.of(new Trace.Microstep(labels, exited, entered)));
  }

  boolean isOf(Move[] others, int count) {
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
}
