package io.stateward.collection;

import java.util.ListIterator;
import java.util.NoSuchElementException;

/** Walks a vector in either direction, one leaf at a time: it goes down the tree once per leaf. */
final class VectorIterator<E> implements ListIterator<E> {

  private final VectorNode root;
  private final int size;
  private int index;
  private Object[] leaf = LeafNode.EMPTY.slots;
  private int leafStart;

  VectorIterator(VectorNode root, int index) {
    this.root = root;
    this.size = root.size();
    this.index = index;
  }

  @Override
  public boolean hasNext() {
    return index < size;
  }

  @Override
  public E next() {
    if (index >= size) {
      throw new NoSuchElementException("The iteration is over; ask hasNext() before next().");
    }
    return elementAt(index++);
  }

  @Override
  public boolean hasPrevious() {
    return index > 0;
  }

  @Override
  public E previous() {
    if (index == 0) {
      throw new NoSuchElementException(
          "The iteration is at its start; ask hasPrevious() before previous().");
    }
    return elementAt(--index);
  }

  @Override
  public int nextIndex() {
    return index;
  }

  @Override
  public int previousIndex() {
    return index - 1;
  }

  @SuppressWarnings("unchecked")
  private E elementAt(int at) {
    int inLeaf = at - leafStart;
    if (inLeaf < 0 || inLeaf >= leaf.length) {
      goTo(at);
      inLeaf = at - leafStart;
    }
    return (E) leaf[inLeaf];
  }

  private void goTo(int at) {
    VectorNode node = root;
    int start = 0;
    while (node instanceof InnerNode inner) {
      int slot = inner.slotOf(at - start);
      start += inner.startOf(slot);
      node = inner.child(slot);
    }
    leaf = node.slots;
    leafStart = start;
  }

  private static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException(
        "A PersistentVector never changes, its iterator changes nothing. Use with, insert or"
            + " without on the vector, or a builder.");
  }

  @Override
  public void remove() {
    throw refusal();
  }

  @Override
  public void set(E element) {
    throw refusal();
  }

  @Override
  public void add(E element) {
    throw refusal();
  }
}
