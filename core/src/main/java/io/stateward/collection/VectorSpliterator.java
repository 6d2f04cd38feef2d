package io.stateward.collection;

import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A range of a vector for streams: walked leaf by leaf, split by halving. */
final class VectorSpliterator<E> implements Spliterator<E> {

  private final VectorNode root;
  private final int end; // exclusive
  private VectorIterator<E> elements;

  VectorSpliterator(VectorNode root, int from, int end) {
    this.root = root;
    this.end = end;
    this.elements = new VectorIterator<>(root, from);
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    if (elements.nextIndex() >= end) {
      return false;
    }
    action.accept(elements.next());
    return true;
  }

  @Override
  public @Nullable Spliterator<E> trySplit() {
    int from = elements.nextIndex();
    int middle = (from + end) >>> 1;
    if (middle == from) {
      return null;
    }
    elements = new VectorIterator<>(root, middle);
    return new VectorSpliterator<>(root, from, middle);
  }

  @Override
  public long estimateSize() {
    return (long) end - elements.nextIndex();
  }

  @Override
  public int characteristics() {
    return ORDERED | SIZED | SUBSIZED | IMMUTABLE | NONNULL;
  }
}
