package io.stateward.collection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * Makes many changes to a {@link PersistentVector}, appending above all: elements gather in one
 * leaf that joins the tree when it is full.
 *
 * <pre>{@code
 * VectorBuilder<String> builder = PersistentVector.builder();
 * reader.lines().forEach(builder::append);
 * PersistentVector<String> lines = builder.build();
 * }</pre>
 *
 * <p>The builder may go on after {@link #build}; no vector it ever returned changes.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Cost.</b> {@link #append} is O(1) amortised; the other changes cost what they cost on the
 * vector.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class VectorBuilder<E> {

  private PersistentVector<E> front;
  private final Object[] tail = new Object[VectorNode.WIDTH];
  private int tailSize;

  VectorBuilder(PersistentVector<E> origin) {
    this.front = origin;
  }

  /**
   * Returns the number of elements.
   *
   * @return the number so far
   */
  public int size() {
    return front.size() + tailSize;
  }

  /**
   * Appends an element.
   *
   * @param element the element
   * @return this builder
   * @throws NullPointerException if the element is {@code null}
   */
  public VectorBuilder<E> append(E element) {
    Checks.present(element, "The element");
    if (tailSize == tail.length) {
      flush();
    }
    tail[tailSize++] = element;
    return this;
  }

  /**
   * Appends the elements of a collection.
   *
   * @param elements the elements in order
   * @return this builder
   * @throws NullPointerException if an element is {@code null}; the elements before it are appended
   */
  public VectorBuilder<E> appendAll(Collection<? extends E> elements) {
    elements.forEach(this::append);
    return this;
  }

  /**
   * Returns one element.
   *
   * @param index its place, from 0 to {@link #size} exclusive
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such place
   */
  @SuppressWarnings("unchecked")
  public E get(int index) {
    Objects.checkIndex(index, size());
    return index < front.size() ? front.get(index) : (E) tail[index - front.size()];
  }

  /**
   * Inserts an element.
   *
   * @param index where it is to be, from 0 to {@link #size} inclusive
   * @param element the element
   * @return this builder
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws NullPointerException if the element is {@code null}
   */
  public VectorBuilder<E> insert(int index, E element) {
    if (index == size()) {
      return append(element);
    }
    front = build().insert(index, element);
    return this;
  }

  /**
   * Replaces an element.
   *
   * @param index its place, from 0 to {@link #size} exclusive
   * @param element the element to be there
   * @return this builder
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws NullPointerException if the element is {@code null}
   */
  public VectorBuilder<E> set(int index, E element) {
    front = build().with(index, element);
    return this;
  }

  /**
   * Removes an element.
   *
   * @param index its place, from 0 to {@link #size} exclusive
   * @return this builder
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public VectorBuilder<E> remove(int index) {
    front = build().without(index);
    return this;
  }

  /**
   * Returns the content so far as a vector.
   *
   * @return the vector; the one the builder began with if nothing has changed
   */
  public PersistentVector<E> build() {
    flush();
    return front;
  }

  private void flush() {
    if (tailSize > 0) {
      LeafNode leaf = new LeafNode(Arrays.copyOf(tail, tailSize));
      front = front.concat(PersistentVector.over(leaf));
      tailSize = 0;
    }
  }
}
