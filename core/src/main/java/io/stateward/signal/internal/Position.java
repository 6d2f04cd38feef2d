package io.stateward.signal.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody who follows a node has come.
 *
 * <p>It starts at the cell that the node's source held when the follower was attached, under the
 * lock; deliveries of that cell or of older ones, which may still be under way, are not news to it.
 * What the node itself was at that moment is evaluated when it is first needed, if it is not known
 * by then.
 *
 * <p>Confined to the delivery of the node's source, which is serial, but for {@link #known}.
 */
final class Position<T extends @Nullable Object> {

  private final Node<T> node;
  private final long since;
  private @Nullable Cell<?> origin; // kept only if it is needed, for it holds a whole state
  private @Nullable Cell<T> cell;

  Position(Node<T> node, Cell<?> start) {
    this.node = node;
    since = start.version;
    cell = node.knownAt(start);
    origin = cell == null ? start : null;
  }

  /** Whether a change of the node, or of what feeds it, was made before this position was taken. */
  boolean isPast(Cell<?> change) {
    return change.version <= since;
  }

  /** Whether a moment is before this position was taken. */
  boolean isAfter(Cell<?> moment) {
    return moment.version < since;
  }

  /** Returns the last cell that was handed over, if it was evaluated yet. For any thread. */
  @Nullable Cell<T> known() {
    return cell;
  }

  /** Returns the last cell that was handed over. */
  Cell<T> cell() {
    Cell<T> known = cell;
    if (known == null) {
      known = node.at(Objects.requireNonNull(origin));
      moveTo(known);
    }
    return known;
  }

  /** Lets go of the cell: from now on somebody else knows it. */
  void forget() {
    cell = null;
  }

  void moveTo(Cell<T> now) {
    cell = now;
    origin = null;
  }
}
