package io.stateward.signal.internal;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those who are attached to a node, in the order in which they came.
 *
 * <p>Adding and removing are O(1) amortised: each member knows its slot, a removal leaves a hole,
 * and the array is rewritten when most of it is holes. Iterating takes no lock: whoever iterates
 * holds an array that later changes either do not touch or punch holes into. Members added
 * meanwhile may or may not be met; they tell by their own baseline whether a change is news to
 * them.
 */
final class Members<M extends Member> {

  private static final @Nullable Member[] NONE = {};

  private volatile @Nullable Member[] slots = NONE; // writes guarded by the node's lock
  private int used; // guarded by the node's lock
  private int live; // guarded by the node's lock

  /** The slots for iteration; empty ones are null. */
  @Nullable Member[] slots() {
    return slots;
  }

  boolean isEmpty() {
    return slots == NONE;
  }

  void add(M member) {
    @Nullable Member[] array = slots;
    if (used == array.length) {
      array = Arrays.copyOf(array, Math.max(1, used + (used >> 1) + (used & 1)));
    }
    member.slot = used;
    VarHandle.storeStoreFence(); // who iterates this very array now must not meet it half made
    array[used++] = member;
    live++;
    slots = array; // publishes the new element too
  }

  boolean remove(M member) {
    int slot = member.slot;
    if (slot < 0) {
      return false;
    }
    slots[slot] = null;
    member.slot = -1;
    live--;
    if (live == 0) {
      clear();
    } else if (used - live > live + 8) {
      compact();
    }
    return true;
  }

  void clear() {
    slots = NONE;
    used = 0;
    live = 0;
  }

  private void compact() {
    @Nullable Member[] dense = new Member[live + (live >> 1) + 1];
    int next = 0;
    for (Member member : slots) {
      if (member != null) {
        member.slot = next;
        dense[next++] = member;
      }
    }
    used = next;
    slots = dense;
  }
}
