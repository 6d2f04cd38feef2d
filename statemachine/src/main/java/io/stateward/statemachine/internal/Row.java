package io.stateward.statemachine.internal;

import io.stateward.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For one kind of occurrence: which moves each leaf offers, innermost state first. */
final class Row {

  static final Move[] NONE = {};

  /** Whether no leaf has any. */
  final boolean empty;

  /**
   * Whether several leaves may be asked one by one: all moves are direct, and none is of a state
   * around several leaves.
   */
  final boolean separate;

  final Joint.Kept joints = new Joint.Kept();
  private final Move[][] moves;
  private final Outcome[] refusals; // by leaf; for where all moves have guards
  private final boolean[] plain; // by leaf
  private final @Nullable Move[] first; // by leaf, where plain

  Row(Move[][] moves) {
    this.moves = moves;
    this.refusals = new Outcome[moves.length];
    this.plain = new boolean[moves.length];
    this.first = new Move[moves.length];
    boolean any = false;
    boolean apart = true;
    for (int i = 0; i < moves.length; i++) {
      any |= moves[i].length > 0;
      refusals[i] = refusal(moves[i]);
      plain[i] = true;
      for (Move move : moves[i]) {
        apart &= move.direct && !move.arc.source.splits;
        plain[i] &= move.direct && !move.looksAround && move.slot == 0;
      }
      first[i] = plain[i] && moves[i].length > 0 ? moves[i][0] : null;
    }
    this.empty = !any;
    this.separate = apart;
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

  /** Returns the moves of a leaf, by its number. */
  Move[] moves(int leaf) {
    return moves[leaf];
  }

  /**
   * Whether all moves of a leaf are direct, read nothing around, and have the first slot's data.
   */
  boolean plain(int leaf) {
    return plain[leaf];
  }

  /** Returns the first move of a leaf, if it has any and they are {@link #plain}; else null. */
  @Nullable Move first(int leaf) {
    return first[leaf];
  }

  /** Returns what it means that a leaf, the only one, has no move that is allowed. */
  Outcome refusal(int leaf) {
    return refusals[leaf];
  }

  /** Returns what it means that of several leaves none has a move that is allowed. */
  Outcome refusal(long leaves) {
    List<String> names = new ArrayList<>();
    for (long rest = leaves; rest != 0; rest &= rest - 1) {
      Outcome refusal = refusals[Long.numberOfTrailingZeros(rest)];
      if (refusal instanceof Outcome.Rejected rejected) {
        rejected.guards().stream().filter(it -> !names.contains(it)).forEach(names::add);
      }
    }
    return names.isEmpty() ? Outcomes.UNKNOWN : new Outcome.Rejected(names);
  }
}
