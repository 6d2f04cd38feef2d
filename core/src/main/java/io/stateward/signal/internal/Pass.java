package io.stateward.signal.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One delivery under way: first everything that changed is found out, then everybody is told.
 *
 * <p>The order matters: no callback runs before the last evaluation, so a callback that updates a
 * store cannot make one subscriber see the next commit before another has seen this one.
 *
 * <p>Derived signals may be reached by the deliveries of several stores at once. A pass owns those
 * it evaluates until their subscribers are told; another pass that reaches them meanwhile leaves a
 * note, and the owner evaluates them again.
 */
public final class Pass {

  /*
   * A pass is made anew for each delivery, and what it collects hangs together by references among
   * young objects: a store of a reference into an old one costs a fence under some collectors.
   */

  private static final class Told<T extends @Nullable Object> {
    private final Node<T> node;
    private final Cell<T> was;
    private final Cell<T> now;
    private @Nullable Told<?> next;

    Told(Node<T> node, Cell<T> was, Cell<T> now) {
      this.node = node;
      this.was = was;
      this.now = now;
    }

    int tell(Turn turn) {
      if (now.failed()) {
        node.hold(was);
        return 0;
      }
      return node.tell(was, now, turn);
    }
  }

  private final Turn.@Nullable Cause cause;
  private @Nullable Told<?> firstTold;
  private @Nullable Told<?> lastTold;
  private List<Consumer<Turn>> latecomers = List.of(); // this and the next two: made when needed
  private List<Derived<?>> affected = List.of();
  private List<Watch<?>> owned = List.of();
  private @Nullable Object mark; // for the nodes that it reached: they keep it, and nothing else
  private boolean marking;

  Pass(Turn.@Nullable Cause cause) {
    this.cause = cause;
  }

  /** Notes that a node changed, and whom to tell later. */
  <T extends @Nullable Object> void changed(Node<T> node, Cell<T> was, Cell<T> now) {
    now.reportFailure();
    if (node.subscriberSlots().length == 0) {
      return;
    }
    Told<T> added = new Told<>(node, was, now);
    Told<?> last = lastTold;
    if (last == null) {
      firstTold = added;
    } else {
      last.next = added;
    }
    lastTold = added;
  }

  /** Notes that a subscriber came, who is told if the node is no longer what it started from. */
  <T extends @Nullable Object> void welcomed(Subscriber<T> member, Cell<?> sourceCell) {
    member.node().align(sourceCell, this);
    Cell<T> now = member.node().at(sourceCell);
    if (!now.failed()) {
      latecomers = latecomers.isEmpty() ? new ArrayList<>() : latecomers;
      latecomers.add(turn -> member.offer(null, now, turn));
    }
  }

  /** Notes that a derived signal is to be looked at once more, and nothing that is made of it. */
  void revisits(Derived<?> derived) {
    reach(derived);
  }

  /** Notes that a derived signal, and whatever is made of it, may have changed. */
  void affects(Derived<?> derived) {
    if (!reach(derived) || marking) {
      return;
    }
    marking = true;
    for (int next = affected.size() - 1; next < affected.size(); next++) {
      affected.get(next).markFurther(this);
    }
    marking = false;
  }

  /** Notes a node that this delivery has reached; false if it had before. */
  private boolean reach(Derived<?> derived) {
    Object own = mark;
    if (own == null) {
      own = new Object();
      mark = own;
    }
    if (derived.markedBy == own) {
      return false;
    }
    derived.markedBy = own;
    affected = affected.isEmpty() ? new ArrayList<>() : affected;
    affected.add(derived);
    return true;
  }

  /** Evaluates what may have changed and is watched. */
  void settle() {
    for (int i = 0; i < affected.size(); i++) {
      Derived<?> derived = affected.get(i);
      if (derived.isWatched() && derived.watch().tryOwn(cause)) {
        owned = owned.isEmpty() ? new ArrayList<>() : owned;
        owned.add(derived.watch());
        derived.watch().settle(this);
      }
    }
    relink();
  }

  /**
   * Follows changed dependencies, and looks again: what they feed may have moved before the link.
   */
  private void relink() {
    while (anyRelinked()) {
      for (int i = 0; i < owned.size(); i++) {
        owned.get(i).settle(this);
      }
    }
  }

  private boolean anyRelinked() {
    boolean any = false;
    for (int i = 0; i < affected.size(); i++) {
      any |= affected.get(i).watch().relink();
    }
    return any;
  }

  /** Tells everybody, and goes on until nobody has left a note. Returns how many were told. */
  int tell(Turn turn) {
    int count = 0;
    while (true) {
      count += tellOnce(turn);
      if (!owned.isEmpty()) {
        owned.removeIf(Watch::tryRelease);
      }
      if (owned.isEmpty()) {
        return count;
      }
      turn.cause = deepestNote(turn.cause);
      for (int i = 0; i < owned.size(); i++) {
        owned.get(i).settle(this);
      }
      relink();
    }
  }

  private int tellOnce(Turn turn) {
    int count = 0;
    for (Told<?> told = firstTold; told != null; told = told.next) {
      count += told.tell(turn);
    }
    firstTold = null;
    lastTold = null;
    if (!latecomers.isEmpty()) {
      latecomers.forEach(latecomer -> latecomer.accept(turn));
      latecomers.clear();
    }
    return count;
  }

  private Turn.@Nullable Cause deepestNote(Turn.@Nullable Cause deepest) {
    for (Watch<?> watch : owned) {
      Turn.Cause noted = watch.noted();
      if (noted != null && (deepest == null || noted.depth() > deepest.depth())) {
        deepest = noted;
      }
    }
    return deepest;
  }

  /** Ends the delivery, and lets go of what one that was cut short still owns. */
  void close() {
    owned.forEach(Watch::release);
  }
}
