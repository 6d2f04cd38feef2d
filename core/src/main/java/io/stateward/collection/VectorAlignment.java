package io.stateward.collection;

/**
 * Two trees laid side by side, {@code after} moved to the left by {@code shift}: element {@code i}
 * of one beside element {@code i + shift} of the other. Finds, around an index, a range in which
 * both share one subtree or have one leaf each, at the cost of a walk down both trees.
 *
 * <pre>
 *   before   [....shared....][..leaf..][...
 *   after    [....shared....][...leaf...][...
 *             from        to                    around an index in the subtree they share
 *                            from    to         around an index in the first leaves that differ
 * </pre>
 */
final class VectorAlignment {

  private final VectorNode before;
  private final VectorNode after;
  private final int shift;

  // the range around the index asked for last, counted in before; to is exclusive
  private int from;
  private int to;
  private VectorNode one; // where the walk down before ended, and the index it begins at
  private int oneStart;
  private VectorNode other; // where the walk down after ended
  private int otherStart;

  VectorAlignment(VectorNode before, VectorNode after, int shift) {
    this.before = before;
    this.after = after;
    this.shift = shift;
    this.one = before;
    this.other = after;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Returns whether the range is one subtree that both have. */
  boolean isShared() {
    return one == other && oneStart + shift == otherStart;
  }

  /** Returns whether the elements at an index in a range that is not shared are equal. */
  boolean equalAt(int index) {
    Object was = one.slots[index - oneStart];
    Object now = other.slots[index + shift - otherStart];
    return was == now || was.equals(now);
  }

  /** Looks for the range around an index. */
  void goTo(int index) {
    one = before;
    oneStart = 0;
    other = after;
    otherStart = 0;
    while (!isShared() && (one.level() > 0 || other.level() > 0)) {
      if (one.level() >= other.level()) {
        InnerNode inner = (InnerNode) one;
        int slot = inner.slotOf(index - oneStart);
        oneStart += inner.startOf(slot);
        one = inner.child(slot);
      } else {
        InnerNode inner = (InnerNode) other;
        int slot = inner.slotOf(index + shift - otherStart);
        otherStart += inner.startOf(slot);
        other = inner.child(slot);
      }
    }
    from = Math.max(oneStart, otherStart - shift);
    to = Math.min(oneStart + one.size(), otherStart + other.size() - shift);
  }
}
