package io.stateward.statemachine.internal;

/** For one kind of occurrence: which moves each leaf offers, innermost state first. */
final class Row {

  static final Move[] NONE = {};

  private final Move[][] moves;
  final boolean empty;

  Row(Move[][] moves) {
    this.moves = moves;
    boolean any = false;
    for (Move[] each : moves) {
      any |= each.length > 0;
    }
    this.empty = !any;
  }

  /** Returns the moves of a leaf, by its number. */
  Move[] moves(int leaf) {
    return moves[leaf];
  }
}
