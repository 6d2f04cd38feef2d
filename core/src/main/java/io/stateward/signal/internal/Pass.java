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

  private record Told<T extends @Nullable Object>(Node<T> node, Cell<T> was, Cell<T> now) {
    int tell(Turn turn) {
      return node.tell(was, now, turn);
    }
  }

  private static final int WORTH_KEEPING = 4_096;

  private final List<Told<?>> told = new ArrayList<>();
  private final List<Consumer<Turn>> latecomers = new ArrayList<>(0);
  private final List<Derived<?>> affected = new ArrayList<>();
  private final List<Watch<?>> owned = new ArrayList<>();
  private Turn.@Nullable Cause cause;
  private @Nullable Object mark; // stands for this delivery, on the nodes that it reached
  private boolean marking;
  private int largest; // how many nodes were told of at once

  Pass() {}

  /** Begins a delivery; a pass may serve several, one after the other. */
  void begin(Turn.@Nullable Cause cause) {
    this.cause = cause;
  }

  /** Notes that a node changed, and whom to tell later. */
  <T extends @Nullable Object> void changed(Node<T> node, Cell<T> was, Cell<T> now) {
    Cell.Failure failure = now.failure();
    if (failure != null) {
      failure.report();
    } else if (node.subscriberSlots().length > 0) {
      told.add(new Told<>(node, was, now));
    }
  }

  /** Notes that a subscriber came, who is told if the node is no longer what it started from. */
  <T extends @Nullable Object> void welcomed(Subscriber<T> member, Cell<?> sourceCell) {
    member.node().align(sourceCell, this);
    Cell<T> now = member.node().at(sourceCell);
    if (!now.failed()) {
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
      affected.get(next).markEdges(this);
    }
    marking = false;
  }

  /** Notes a node that this delivery has reached; false if it had before. */
  private boolean reach(Derived<?> derived) {
    if (mark == null) {
      mark = new Object();
    }
    if (derived.markedBy == mark) {
      return false;
    }
    derived.markedBy = mark;
    affected.add(derived);
    return true;
  }

  /** Evaluates what may have changed and is watched. */
  void settle() {
    for (int i = 0; i < affected.size(); i++) {
      Derived<?> derived = affected.get(i);
      if (derived.isWatched() && derived.watch().tryOwn(cause)) {
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
    largest = told.size();
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
    for (int i = 0; i < told.size(); i++) {
      count += told.get(i).tell(turn);
    }
    told.clear();
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

  /**
   * Ends the delivery, and lets go of what one that was cut short still owns. Returns whether the
   * pass is worth keeping: one that has grown large is not.
   */
  boolean close() {
    boolean small = affected.size() + largest <= WORTH_KEEPING;
    if (!owned.isEmpty()) {
      owned.forEach(Watch::release);
      owned.clear();
    }
    told.clear();
    latecomers.clear();
    affected.clear();
    cause = null;
    mark = null;
    marking = false;
    return small;
  }
}
