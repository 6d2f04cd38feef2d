package io.stateward.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that has elements, in an order.
 *
 * <pre>{@code
 * TreeArray columns = Tree.array("name", "cpu").plus(Tree.of("memory"));
 * columns.elements().size();     // 3
 * columns.toJson();              // ["name","cpu","memory"]
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> {@link #plus} copies the elements: for many at once take a {@link #builder}.
 *
 * @since 0.1
 */
public final class TreeArray implements Tree {

  static final TreeArray EMPTY = new TreeArray(List.of());

  private final List<Tree> elements;
  private final int depth;

  private TreeArray(List<Tree> elements) {
    this.elements = Collections.unmodifiableList(elements);
    this.depth = Depths.above(elements);
  }

  static TreeArray copyOf(List<? extends Tree> elements) {
    Builder builder = builder();
    elements.forEach(builder::add);
    return builder.build();
  }

  /**
   * Returns a builder that begins with no elements.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the elements in their order.
   *
   * @return a list that never changes
   */
  public List<Tree> elements() {
    return elements;
  }

  /**
   * Returns this array with an element added at the end.
   *
   * @param element the element
   * @return the longer array
   * @throws IllegalArgumentException if it would be deeper than {@link #MAXIMUM_DEPTH}
   */
  public TreeArray plus(Tree element) {
    List<Tree> copy = new ArrayList<>(elements.size() + 1);
    copy.addAll(elements);
    copy.add(Objects.requireNonNull(element, "element"));
    return new TreeArray(copy);
  }

  TreeArray with(int index, Tree element) {
    List<Tree> copy = new ArrayList<>(elements);
    copy.set(index, Objects.requireNonNull(element, "element"));
    return new TreeArray(copy);
  }

  TreeArray without(int index) {
    List<Tree> copy = new ArrayList<>(elements);
    copy.remove(index);
    return new TreeArray(copy);
  }

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return array.apply(this);
  }

  @Override
  public TreeArray asArray() {
    return this;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof TreeArray that && elements.equals(that.elements));
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }

  /**
   * Collects the elements of an array.
   *
   * <p><b>Thread safety.</b> One thread at a time.
   *
   * @since 0.1
   */
  public static final class Builder {

    private List<Tree> elements = new ArrayList<>();

    private Builder() {}

    /**
     * Adds an element at the end.
     *
     * @param element the element
     * @return this builder
     */
    public Builder add(Tree element) {
      elements.add(Objects.requireNonNull(element, "element"));
      return this;
    }

    /**
     * Returns the array, and begins anew.
     *
     * @return the array
     * @throws IllegalArgumentException if it would be deeper than {@link #MAXIMUM_DEPTH}
     */
    public TreeArray build() {
      List<Tree> collected = elements;
      elements = new ArrayList<>();
      return collected.isEmpty() ? EMPTY : new TreeArray(collected);
    }
  }
}
