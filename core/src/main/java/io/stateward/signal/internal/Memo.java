package io.stateward.signal.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a derived node evaluated to, and from what.
 *
 * <p>The stamps say cheaply that the memo still holds. They are written by whoever found that it
 * does, without a lock: each stamp is true by itself, so it does not matter whose stays.
 */
final class Memo<T extends @Nullable Object> {

  final Cell<T> out;
  final Node<?>[] dependencies;
  final Cell<?>[] ins;

  /** The values of the inputs, for a node that hands them over; null if one has failed. */
  final @Nullable Object @Nullable [] values;

  /** The only root that the dependencies lead to; null when there may be several. */
  private @Nullable Root<?> root;

  private @Nullable Cell<?> rootCell;
  private volatile long epoch; // Epoch.UNKNOWN until stamped
  private @Nullable Reading reading;

  Memo(Cell<T> out, Node<?>[] dependencies, Cell<?>[] ins, @Nullable Object @Nullable [] values) {
    this.out = out;
    this.dependencies = dependencies;
    this.ins = ins;
    this.values = values;
  }

  /** Whether nothing has changed since a stamp, as far as one look can tell. */
  boolean isFresh() {
    Root<?> only = root;
    if (only != null && only.cell() == rootCell) {
      return true;
    }
    long stamp = epoch;
    return (stamp != Epoch.UNKNOWN && Epoch.holds(stamp)) || dependencies.length == 0;
  }

  /** The epoch of the stamp, or {@link Epoch#UNKNOWN}. */
  long epoch() {
    return epoch;
  }

  /** Whether the memo is known to hold at the moment of a reading. */
  boolean holdsAt(Reading at) {
    Root<?> only = root;
    if (only != null && at.pin(only) == rootCell) {
      return true;
    }
    long stamp = at.epoch();
    return (stamp != Epoch.UNKNOWN && stamp == epoch) || reading == at || dependencies.length == 0;
  }

  /** Notes that the memo holds at the moment of a reading. */
  void stamp(Reading at) {
    long stamp = at.epoch();
    if (stamp != Epoch.UNKNOWN) {
      epoch = stamp;
      return;
    }
    Root<?> only = at.onlyRoot();
    if (only != null) {
      rootCell = at.onlyCell();
      root = only;
    } else {
      reading = at;
    }
  }
}
