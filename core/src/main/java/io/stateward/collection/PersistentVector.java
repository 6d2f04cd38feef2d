package io.stateward.collection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A list that never changes: what would change it returns another list, which shares all but a few
 * nodes with this one.
 *
 * <pre>{@code
 * PersistentVector<String> lines = PersistentVector.of("one", "three");
 * PersistentVector<String> more = lines.insert(1, "two").append("four");
 * more.with(0, "ONE").without(3);         // [ONE, two, three]
 * lines.size();                           // 2, as before
 * }</pre>
 *
 * <p>It is a {@code java.util.List} to all readers; the mutators of that interface throw {@link
 * UnsupportedOperationException} and name the method to use. Elements are never {@code null}.
 *
 * <p><b>Thread safety.</b> Immutable, and safe to publish through a data race.
 *
 * <p><b>Cost.</b> Reading or changing one element, cutting and joining are O(log n), with nodes of
 * up to 32 slots; iteration goes down the tree once per leaf. {@link #diff}, {@link
 * #changedIndexes} and {@link #equals} skip what two versions share: O(changes * log n) between
 * versions in which elements were replaced, and O(log n) for the splice between versions one edit
 * apart.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class PersistentVector<E> extends ReadOnlyList<E> implements RandomAccess {

  private static final PersistentVector<?> EMPTY = new PersistentVector<>(LeafNode.EMPTY);

  private final VectorNode root;
  private final int size;

  private PersistentVector(VectorNode root) {
    this.root = root;
    this.size = root.size();
  }

  VectorNode root() {
    return root;
  }

  /** Returns the vector over a tree whose root may be too wide, too high or empty. */
  static <E> PersistentVector<E> over(VectorNode node) {
    VectorNode root = VectorNode.asRoot(node);
    return root == LeafNode.EMPTY ? of() : new PersistentVector<>(root);
  }

  /**
   * Returns the empty vector.
   *
   * @param <E> the type of the elements
   * @return a vector without elements, always the same one
   */
  @SuppressWarnings("unchecked")
  public static <E> PersistentVector<E> of() {
    return (PersistentVector<E>) EMPTY;
  }

  /**
   * Returns a vector of the given elements.
   *
   * @param <E> the type of the elements
   * @param elements the elements in order
   * @return the vector
   * @throws NullPointerException if an element is {@code null}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <E> PersistentVector<E> of(E... elements) {
    return copyOf(Arrays.asList(elements));
  }

  /**
   * Returns a vector of the elements of a collection.
   *
   * @param <E> the type of the elements
   * @param elements any collection; a persistent vector is returned as it is
   * @return the vector
   * @throws NullPointerException if an element is {@code null}
   */
  @SuppressWarnings("unchecked")
  public static <E> PersistentVector<E> copyOf(Collection<? extends E> elements) {
    if (elements instanceof PersistentVector) {
      return (PersistentVector<E>) elements; // read-only, hence covariant
    }
    Object[] copy = elements.toArray(new Object[0]);
    for (Object element : copy) {
      Checks.present(element, "An element");
    }
    return over(VectorNode.ofAll(copy));
  }

  /**
   * Returns a builder that begins with the empty vector.
   *
   * @param <E> the type of the elements
   * @return a new builder
   */
  public static <E> VectorBuilder<E> builder() {
    return new VectorBuilder<>(of());
  }

  /**
   * Returns a builder that begins with this vector.
   *
   * @return a new builder; this vector is not affected by it
   */
  public VectorBuilder<E> toBuilder() {
    return new VectorBuilder<>(this);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  @SuppressWarnings("unchecked")
  public E get(int index) {
    int rest = Objects.checkIndex(index, size);
    VectorNode node = root;
    while (node instanceof InnerNode inner) {
      int slot = inner.slotOf(rest);
      rest -= inner.startOf(slot);
      node = inner.child(slot);
    }
    return (E) node.slots[rest];
  }

  /**
   * Returns this vector with one element more at its end.
   *
   * @param element the element
   * @return the changed vector
   * @throws NullPointerException if the element is {@code null}
   */
  public PersistentVector<E> append(E element) {
    return insert(size, element);
  }

  /**
   * Returns this vector with the elements of a collection at its end.
   *
   * @param elements the elements in order
   * @return the changed vector, or this one if there are none
   * @throws NullPointerException if an element is {@code null}
   */
  public PersistentVector<E> appendAll(Collection<? extends E> elements) {
    return concat(copyOf(elements));
  }

  /**
   * Returns this vector with one element more at its start.
   *
   * @param element the element
   * @return the changed vector
   * @throws NullPointerException if the element is {@code null}
   */
  public PersistentVector<E> prepend(E element) {
    return insert(0, element);
  }

  /**
   * Returns this vector with one element more.
   *
   * @param index where the element is to be, from 0 to {@link #size} inclusive
   * @param element the element
   * @return the changed vector
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws NullPointerException if the element is {@code null}
   */
  public PersistentVector<E> insert(int index, E element) {
    Objects.checkIndex(index, size + 1);
    return over(root.insert(index, Checks.present(element, "The element")));
  }

  /**
   * Returns this vector with another element in one place.
   *
   * @param index the place, from 0 to {@link #size} exclusive
   * @param element the element
   * @return the changed vector, or this one if this very element (the same object) is there
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws NullPointerException if the element is {@code null}
   */
  public PersistentVector<E> with(int index, E element) {
    Objects.checkIndex(index, size);
    VectorNode changed = root.with(index, Checks.present(element, "The element"));
    return changed == root ? this : new PersistentVector<>(changed);
  }

  /**
   * Returns this vector without one element.
   *
   * @param index the place of the element, from 0 to {@link #size} exclusive
   * @return the changed vector
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public PersistentVector<E> without(int index) {
    return over(root.without(Objects.checkIndex(index, size)));
  }

  /**
   * Returns the elements of a range.
   *
   * @param from the first index, inclusive
   * @param to the last index, exclusive
   * @return the range; this vector if the range is all of it
   * @throws IndexOutOfBoundsException if the range is not within this vector
   */
  public PersistentVector<E> slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    if (from == to) {
      return of();
    }
    return to - from == size ? this : over(VectorNode.asRoot(root.take(to)).drop(from));
  }

  /**
   * Returns the elements of this vector followed by those of another.
   *
   * @param other the vector to go on with
   * @return the longer vector; one of the two if the other is empty
   */
  public PersistentVector<E> concat(PersistentVector<E> other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty() ? other : over(VectorNode.concatenated(root, other.root));
  }

  /**
   * Returns how this vector differs from an earlier version, or from any other vector.
   *
   * @param earlier the version to compare with
   * @return the one range that was replaced between {@code earlier} and this vector
   */
  public Splice<E> diff(PersistentVector<E> earlier) {
    return Splice.between(earlier, this);
  }

  /**
   * Tells a visitor at which indexes one version differs from another of the same size.
   *
   * @param <E> the type of the elements
   * @param before the earlier version
   * @param after the later version, with as many elements
   * @param visitor told each index once, in ascending order
   * @throws IllegalArgumentException if the sizes differ; use {@link #diff} for such versions
   */
  public static <E> void changedIndexes(
      PersistentVector<E> before, PersistentVector<E> after, IntConsumer visitor) {
    if (before.size != after.size) {
      throw new IllegalArgumentException(
          "The vectors have %d and %d elements; indexes can be compared only if there are as many."
                  .formatted(before.size, after.size)
              + " Use after.diff(before).");
    }
    VectorDiffer.changedIndexes(before.root, after.root, visitor);
  }

  /**
   * Returns {@link #slice}, which is as good as a view since neither list ever changes.
   *
   * @param from the first index, inclusive
   * @param to the last index, exclusive
   * @return the range
   * @throws IndexOutOfBoundsException if the range is not within this vector
   */
  @Override
  public List<E> subList(int from, int to) {
    return slice(from, to);
  }

  @Override
  public Iterator<E> iterator() {
    return new VectorIterator<>(root, 0);
  }

  @Override
  public ListIterator<E> listIterator(int index) {
    return new VectorIterator<>(root, Objects.checkIndex(index, size + 1));
  }

  @Override
  public Spliterator<E> spliterator() {
    return new VectorSpliterator<>(root, 0, size);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (object instanceof PersistentVector<?> other) {
      return size == other.size && VectorDiffer.commonPrefix(root, other.root, size) == size;
    }
    return super.equals(object);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super E> action) {
    root.forEach((Consumer<Object>) action);
  }
}
