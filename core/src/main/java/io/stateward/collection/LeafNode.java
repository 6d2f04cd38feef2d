package io.stateward.collection;

import java.util.Arrays;
import java.util.function.Consumer;

/** A node of {@link PersistentVector} whose slots are elements. */
final class LeafNode extends VectorNode {

  static final LeafNode EMPTY = new LeafNode(new Object[0]);

  LeafNode(Object[] elements) {
    super(elements);
  }

  @Override
  int size() {
    return slots.length;
  }

  @Override
  int level() {
    return 0;
  }

  @Override
  LeafNode like(Object[] elements) {
    return new LeafNode(elements);
  }

  @Override
  LeafNode with(int index, Object element) {
    if (slots[index] == element) {
      return this;
    }
    Object[] copy = slots.clone();
    copy[index] = element;
    return new LeafNode(copy);
  }

  @Override
  LeafNode insert(int index, Object element) {
    Object[] copy = Arrays.copyOf(slots, slots.length + 1);
    System.arraycopy(slots, index, copy, index + 1, slots.length - index);
    copy[index] = element;
    return new LeafNode(copy);
  }

  @Override
  LeafNode without(int index) {
    Object[] copy = Arrays.copyOf(slots, slots.length - 1);
    System.arraycopy(slots, index + 1, copy, index, copy.length - index);
    return new LeafNode(copy);
  }

  @Override
  VectorNode take(int count) {
    return count == slots.length ? this : part(0, count);
  }

  @Override
  VectorNode drop(int count) {
    return count == 0 ? this : part(count, slots.length);
  }

  @Override
  void forEach(Consumer<Object> action) {
    for (Object element : slots) {
      action.accept(element);
    }
  }
}
