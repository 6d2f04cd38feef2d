package io.stateward.collection;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@code java.util.List} whose mutators refuse and name the method to use instead. */
abstract class ReadOnlyList<E> extends AbstractList<E> {

  /** For the package. */
  ReadOnlyList() {}

  private static UnsupportedOperationException refusal(String method, String instead) {
    return new UnsupportedOperationException(
        "A PersistentVector never changes, so "
            + method
            + " is refused. Use "
            + instead
            + ", which returns a changed vector.");
  }

  @Override
  public final boolean add(E element) {
    throw refusal("add", "append(element)");
  }

  @Override
  public final void add(int index, E element) {
    throw refusal("add", "insert(index, element)");
  }

  @Override
  public final boolean addAll(Collection<? extends E> elements) {
    throw refusal("addAll", "appendAll(elements)");
  }

  @Override
  public final boolean addAll(int index, Collection<? extends E> elements) {
    throw refusal("addAll", "slice and concat");
  }

  @Override
  public final E set(int index, E element) {
    throw refusal("set", "with(index, element)");
  }

  @Override
  public final E remove(int index) {
    throw refusal("remove", "without(index)");
  }

  @Override
  public final boolean remove(@Nullable Object element) {
    throw refusal("remove", "without(indexOf(element))");
  }

  @Override
  public final boolean removeAll(Collection<?> elements) {
    throw refusal("removeAll", "copyOf over a filtered stream");
  }

  @Override
  public final boolean retainAll(Collection<?> elements) {
    throw refusal("retainAll", "copyOf over a filtered stream");
  }

  @Override
  public final boolean removeIf(Predicate<? super E> filter) {
    throw refusal("removeIf", "copyOf over a filtered stream");
  }

  @Override
  public final void replaceAll(UnaryOperator<E> operator) {
    throw refusal("replaceAll", "copyOf over a mapped stream");
  }

  @Override
  public final void sort(@Nullable Comparator<? super E> comparator) {
    throw refusal("sort", "copyOf over a sorted stream");
  }

  @Override
  public final void clear() {
    throw refusal("clear", "PersistentVector.of()");
  }
}
