package io.stateward.collection;

import java.util.Arrays;
import java.util.function.Consumer;

/** A node of {@link PersistentVector} whose slots are children, with a running count. */
final class InnerNode extends VectorNode {

  private final int[] ends; // ends[i] elements lie below the children 0 to i
  private final int level;

  private InnerNode(int level, Object[] children, int[] ends) {
    super(children);
    this.ends = ends;
    this.level = level;
  }

  static InnerNode of(int level, Object[] children) {
    int[] ends = new int[children.length];
    int end = 0;
    for (int i = 0; i < children.length; i++) {
      end += ((VectorNode) children[i]).size();
      ends[i] = end;
    }
    return new InnerNode(level, children, ends);
  }

  VectorNode child(int slot) {
    return (VectorNode) slots[slot];
  }

  /** Returns the slot of the child that holds the element at {@code index}. */
  int slotOf(int index) {
    int shift = level * WIDTH_BITS;
    int slot = shift < Integer.SIZE ? index >>> shift : 0;
    while (ends[slot] <= index) {
      slot++;
    }
    return slot;
  }

  /** Returns the number of elements before the child in {@code slot}. */
  int startOf(int slot) {
    return slot == 0 ? 0 : ends[slot - 1];
  }

  @Override
  int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  int level() {
    return level;
  }

  @Override
  InnerNode like(Object[] children) {
    return of(level, children);
  }

  @Override
  InnerNode with(int index, Object element) {
    int slot = slotOf(index);
    VectorNode child = child(slot);
    VectorNode changed = child.with(index - startOf(slot), element);
    if (changed == child) {
      return this;
    }
    Object[] copy = slots.clone();
    copy[slot] = changed;
    return new InnerNode(level, copy, ends);
  }

  @Override
  InnerNode insert(int index, Object element) {
    int slot = index == size() ? slots.length - 1 : slotOf(index);
    return withChild(slot, child(slot).insert(index - startOf(slot), element));
  }

  @Override
  InnerNode without(int index) {
    int slot = slotOf(index);
    return withChild(slot, child(slot).without(index - startOf(slot)));
  }

  @Override
  VectorNode take(int count) {
    if (count == size()) {
      return this;
    }
    int slot = slotOf(count - 1);
    InnerNode front = of(level, Arrays.copyOf(slots, slot + 1));
    return front.withChild(slot, child(slot).take(count - startOf(slot)));
  }

  @Override
  VectorNode drop(int count) {
    if (count == 0) {
      return this;
    }
    int slot = slotOf(count);
    VectorNode first = child(slot).drop(count - startOf(slot));
    Object[] back = Arrays.copyOfRange(slots, slot, slots.length);
    if (back.length > 1 && first.fitsWith(child(slot + 1))) {
      return of(level, back).withChild(0, first);
    }
    back[0] = first;
    int[] moved = Arrays.copyOfRange(ends, slot, ends.length);
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= count;
    }
    return new InnerNode(level, back, moved);
  }

  @Override
  void forEach(Consumer<Object> action) {
    for (int i = 0; i < slots.length; i++) {
      child(i).forEach(action);
    }
  }

  /**
   * Returns this node with another child in {@code slot}. A child that is too wide is cut in two,
   * one that is empty is left out, and neighbours that now fit into one node are joined.
   */
  InnerNode withChild(int slot, VectorNode child) {
    int width = child.slots.length;
    if (width <= WIDTH && width >= child(slot).slots.length) {
      return withWiderChild(slot, child); // it fitted with neither neighbour and still does not
    }
    int from = Math.max(slot - 1, 0);
    int to = Math.min(slot + 2, slots.length);
    boolean last = slot == slots.length - 1;
    Row row = new Row();
    for (int i = from; i < to; i++) {
      if (i != slot) {
        row.add(child(i));
      } else if (width <= WIDTH) {
        row.add(child);
      } else {
        row.addCut(child, last ? WIDTH : (width + 1) / 2); // appending leaves full nodes behind
      }
    }
    return of(level, row.inPlaceOf(from, to, slots));
  }

  private InnerNode withWiderChild(int slot, VectorNode child) {
    Object[] copy = slots.clone();
    copy[slot] = child;
    int[] moved = ends.clone();
    int more = child.size() - child(slot).size();
    for (int i = slot; i < moved.length; i++) {
      moved[i] += more;
    }
    return new InnerNode(level, copy, moved);
  }

  /** Nodes side by side, each joined with the one before it if they fit into one. */
  private static final class Row {
    private final VectorNode[] nodes = new VectorNode[4];
    private int count;

    void add(VectorNode node) {
      if (node.slots.length == 0) {
        return;
      }
      if (count > 0 && nodes[count - 1].fitsWith(node)) {
        nodes[count - 1] = joined(nodes[count - 1], node);
      } else {
        nodes[count++] = node;
      }
    }

    void addCut(VectorNode wide, int cut) {
      add(wide.part(0, cut));
      add(wide.part(cut, wide.slots.length));
    }

    Object[] inPlaceOf(int from, int to, Object[] slots) {
      Object[] result = new Object[slots.length - (to - from) + count];
      System.arraycopy(slots, 0, result, 0, from);
      System.arraycopy(nodes, 0, result, from, count);
      System.arraycopy(slots, to, result, from + count, slots.length - to);
      return result;
    }
  }
}
