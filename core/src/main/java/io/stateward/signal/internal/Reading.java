package io.stateward.signal.internal;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One moment at which several roots are read together.
 *
 * <p>The first root is simply pinned: one root is always consistent with itself. From the second
 * on, the reading trusts the {@link Epoch}, if nothing moves meanwhile. If something does, the
 * evaluation starts over and pins every root it meets; a newly met root is checked against all the
 * pinned ones, so it either belongs to the same moment, or the evaluation starts over knowing one
 * more root from the beginning. That ends, because there are only so many roots.
 *
 * <p>A torn evaluation is abandoned by throwing {@link Unwind} through the function, so that
 * foreign code never sees values of two moments. The same way out keeps the stack shallow: beyond
 * {@link #DEEPEST} frames, the node reached is evaluated first, on its own.
 */
final class Reading {

  /** How deep evaluations nest before one is put off to be evaluated from the bottom, in frames. */
  static final int DEEPEST = 3_000;

  /** What the evaluation of one derived node takes of that. */
  private static final int FRAMES = 5;

  private enum Mode {
    SINGLE,
    STILL,
    PINNED
  }

  private Mode mode = Mode.SINGLE;
  private @Nullable Root<?> first;
  private @Nullable Cell<?> firstCell;
  private long epoch = Epoch.UNKNOWN;
  private @Nullable IdentityHashMap<Root<?>, Cell<?>> pins;
  private @Nullable Unwind unwinding;
  private @Nullable Derived<?> circular;
  private @Nullable Derived<?> target; // the node whose latest value is wanted, and nothing else
  private int depth;

  /**
   * Thrown to abandon an evaluation. Not an exception: no function has any business catching it.
   */
  static final class Unwind extends Error {
    private static final long serialVersionUID = 1L;
    final transient @Nullable Derived<?> deeper;

    Unwind(@Nullable Derived<?> deeper) {
      super("abandons an evaluation; let it pass", null, false, false);
      this.deeper = deeper;
    }
  }

  <T extends @Nullable Object> Cell<T> pin(Root<T> root) {
    if (mode == Mode.STILL && root.isShared()) { // by far the most frequent, among several roots
      Cell<T> cell = root.cell();
      if (Epoch.holds(epoch)) {
        return cell;
      }
      throw unwind(null);
    }
    return pinByMode(root);
  }

  private <T extends @Nullable Object> Cell<T> pinByMode(Root<T> root) {
    switch (mode) {
      case SINGLE -> {
        if (first == root) {
          return pinned(firstCell);
        }
        if (first == null) {
          first = root;
          Cell<T> cell = root.cell();
          firstCell = cell;
          return cell;
        }
        widen();
        return pinByMode(root);
      }
      case STILL -> {
        if (root.share()) { // before reading: commits until then are not counted
          Cell<T> cell = root.cell();
          if (Epoch.holds(epoch)) {
            return cell;
          }
        }
        throw unwind(null);
      }
      default -> {
        return pinWithOthers(root);
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // pinned for a root of this type
  private static <T extends @Nullable Object> Cell<T> pinned(@Nullable Cell<?> cell) {
    return (Cell<T>) cell;
  }

  /** Goes from one root to several, or from none, if it is known that there will be several. */
  private void widen() {
    Root<?> only = first;
    boolean counted = !Turn.current().holdsLock() && (only == null || only.share());
    epoch = counted ? Epoch.still() : Epoch.UNKNOWN;
    if (epoch != Epoch.UNKNOWN && (only == null || only.cell() == firstCell)) {
      mode = Mode.STILL;
    } else {
      pins = new IdentityHashMap<>();
      if (only != null) {
        pins.put(only, Objects.requireNonNull(firstCell));
      }
      mode = Mode.PINNED;
    }
  }

  /**
   * Whether it is remembered which roots have moved from an epoch to the moment of this reading:
   * those of the counts from the one to {@link #epoch}. Who relies on that has to {@link #confirm}
   * when it has looked them up.
   */
  boolean remembers(long since) {
    if (since == Epoch.UNKNOWN) {
      return false;
    }
    if (mode == Mode.SINGLE) {
      widen(); // what was stamped with an epoch is made of several roots
    }
    return mode == Mode.STILL && epoch - since <= Epoch.REMEMBERED;
  }

  /** Abandons the evaluation if a shared root moves. */
  void confirm() {
    if (!Epoch.holds(epoch)) {
      throw unwind(null);
    }
  }

  private <T extends @Nullable Object> Cell<T> pinWithOthers(Root<T> root) {
    IdentityHashMap<Root<?>, Cell<?>> all = Objects.requireNonNull(pins);
    Cell<?> known = all.get(root);
    if (known != null) {
      return pinned(known);
    }
    Cell<T> cell = root.cell();
    all.put(root, cell);
    if (!stand(all)) {
      throw unwind(null);
    }
    return cell;
  }

  private static boolean stand(IdentityHashMap<Root<?>, Cell<?>> pins) {
    for (Map.Entry<Root<?>, Cell<?>> pin : pins.entrySet()) {
      if (pin.getKey().cell() != pin.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Evaluates a node at the latest moment. */
  static <T extends @Nullable Object> Cell<T> latest(Derived<T> node) {
    Reading reading = new Reading();
    while (true) {
      reading.target = node;
      try {
        Cell<T> cell = reading.evaluate(node);
        reading.close();
        return cell;
      } catch (Unwind torn) {
        reading = reading.successor();
      }
    }
  }

  /** A reading of one moment in which every root that this one met is pinned. */
  private Reading successor() {
    IdentityHashMap<Root<?>, Cell<?>> all = pins == null ? new IdentityHashMap<>() : pins;
    do {
      all.replaceAll((root, cell) -> root.cell());
      Thread.onSpinWait();
    } while (!stand(all));
    close();
    Reading next = new Reading();
    next.mode = Mode.PINNED;
    next.pins = all;
    return next;
  }

  private <T extends @Nullable Object> Cell<T> evaluate(Derived<T> node) {
    try {
      return node.read(this);
    } catch (Unwind unwind) {
      return evaluateFromBelow(node, deeper(unwind));
    }
  }

  /** Evaluates a node after one that was too deep for the stack, and so on from the bottom up. */
  private <T extends @Nullable Object> Cell<T> evaluateFromBelow(
      Derived<T> node, Derived<?> tooDeep) {
    ArrayDeque<Derived<?>> putOff = new ArrayDeque<>();
    putOff.push(tooDeep);
    while (true) {
      Derived<?> next = putOff.peek();
      try {
        if (next == null) {
          return node.read(this);
        }
        next.read(this);
        putOff.pop();
      } catch (Unwind unwind) {
        Derived<?> deeper = deeper(unwind);
        if (putOff.contains(deeper)) {
          circular = deeper; // put off twice: it waits for itself
        } else {
          putOff.push(deeper);
        }
      }
    }
  }

  /** Returns what is to be evaluated first, or goes on unwinding if the reading is torn. */
  private Derived<?> deeper(Unwind unwind) {
    unwinding = null;
    depth = 0;
    if (unwind.deeper == null) {
      throw unwind;
    }
    return unwind.deeper;
  }

  /** Whether the latest value of a node is all that is wanted. */
  boolean isFor(Derived<?> node) {
    return target == node;
  }

  /** Whether a node was found to depend on itself over more levels than are evaluated at once. */
  boolean isCircular(Derived<?> node) {
    return circular == node;
  }

  void enter(Derived<?> node) {
    if (depth > DEEPEST) {
      throw unwind(node);
    }
    depth += FRAMES;
  }

  void leave() {
    depth -= FRAMES;
  }

  /** Reads a dependency; the projections between it and its source nest as well. */
  <T extends @Nullable Object> Cell<T> read(Node<T> node) {
    if (node instanceof Root<T> root) {
      return pin(root);
    }
    int nested = node.depth();
    depth += nested;
    try {
      return node.read(this);
    } finally {
      depth -= nested;
    }
  }

  /** Goes on unwinding if a function has swallowed what was thrown through it. */
  void rethrow() {
    Unwind unwind = unwinding;
    if (unwind != null) {
      throw unwind;
    }
  }

  private Unwind unwind(@Nullable Derived<?> deeper) {
    Unwind unwind = new Unwind(deeper);
    unwinding = unwind;
    return unwind;
  }

  /** The one root that was read, if it was one. */
  @Nullable Root<?> onlyRoot() {
    return mode == Mode.SINGLE ? first : null;
  }

  @Nullable Cell<?> onlyCell() {
    return mode == Mode.SINGLE ? firstCell : null;
  }

  /** The epoch that the reading stands in, or {@link Epoch#UNKNOWN}. */
  long epoch() {
    return mode == Mode.STILL ? epoch : Epoch.UNKNOWN;
  }

  /** Lets go of the cells, since memos keep readings as marks. */
  void close() {
    firstCell = null;
    pins = null;
    target = null;
  }
}
