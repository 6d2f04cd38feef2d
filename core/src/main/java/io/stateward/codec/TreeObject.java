package io.stateward.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The {@link Tree} that has named members, in an order.
 *
 * <pre>{@code
 * TreeObject point = Tree.object().plus("x", 3).plus("y", 4);
 * point.members().get("x");                    // 3
 * point.plus("x", 5).minus("y").toJson();      // {"x":5}
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Cost.</b> {@link #plus} and {@link #minus} copy the members: for many changes at once take
 * a {@link #builder}.
 *
 * @since 0.1
 */
public final class TreeObject implements Tree {

  static final TreeObject EMPTY = new TreeObject(Map.of());

  private final Map<String, Tree> members;
  private final int depth;

  private TreeObject(Map<String, Tree> members) {
    this.members = Collections.unmodifiableMap(members);
    this.depth = Depths.above(members.values());
  }

  static TreeObject copyOf(Map<String, ? extends Tree> members) {
    Builder builder = builder();
    members.forEach(builder::add);
    return builder.build();
  }

  /**
   * Returns a builder that begins with no members.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the members by name, in their order.
   *
   * @return a map that never changes
   */
  public Map<String, Tree> members() {
    return members;
  }

  /**
   * Returns this object with a member added at the end, or replaced in its place.
   *
   * @param name the name of the member
   * @param value its value
   * @return the changed object
   * @throws IllegalArgumentException if the object would be deeper than {@link #MAXIMUM_DEPTH}
   */
  public TreeObject plus(String name, Tree value) {
    Map<String, Tree> copy = new LinkedHashMap<>(members);
    copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return new TreeObject(copy);
  }

  /**
   * Returns this object with a member added at the end, or replaced in its place.
   *
   * @param name the name of the member
   * @param text its value
   * @return the changed object
   */
  public TreeObject plus(String name, String text) {
    return plus(name, Tree.of(text));
  }

  /**
   * Returns this object with a member added at the end, or replaced in its place.
   *
   * @param name the name of the member
   * @param number its value
   * @return the changed object
   */
  public TreeObject plus(String name, long number) {
    return plus(name, Tree.of(number));
  }

  /**
   * Returns this object with a member added at the end, or replaced in its place.
   *
   * @param name the name of the member
   * @param number its value, a finite number
   * @return the changed object
   */
  public TreeObject plus(String name, double number) {
    return plus(name, Tree.of(number));
  }

  /**
   * Returns this object with a member added at the end, or replaced in its place.
   *
   * @param name the name of the member
   * @param value its value
   * @return the changed object
   */
  public TreeObject plus(String name, boolean value) {
    return plus(name, Tree.of(value));
  }

  /**
   * Returns this object without a member.
   *
   * @param name the name of the member
   * @return the changed object, or this one if it has no such member
   */
  public TreeObject minus(String name) {
    if (!members.containsKey(name)) {
      return this;
    }
    Map<String, Tree> copy = new LinkedHashMap<>(members);
    copy.remove(name);
    return new TreeObject(copy);
  }

  @Override
  public <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing) {
    return object.apply(this);
  }

  @Override
  public TreeObject asObject() {
    return this;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof TreeObject that && members.equals(that.members));
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }

  /**
   * Collects the members of an object, and refuses two of one name.
   *
   * <p><b>Thread safety.</b> One thread at a time.
   *
   * @since 0.1
   */
  public static final class Builder {

    private Map<String, Tree> members = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if there is a member of this name
     */
    public Builder add(String name, Tree value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(
            "The object already has a member '%s'; names are unique.".formatted(Excerpt.of(name)));
      }
      return this;
    }

    /**
     * Tells whether a member was added.
     *
     * @param name its name
     * @return whether there is a member of this name
     */
    public boolean has(String name) {
      return members.containsKey(name);
    }

    /**
     * Returns the object, and begins anew.
     *
     * @return the object
     * @throws IllegalArgumentException if it would be deeper than {@link #MAXIMUM_DEPTH}
     */
    public TreeObject build() {
      Map<String, Tree> collected = members;
      members = new LinkedHashMap<>();
      return collected.isEmpty() ? EMPTY : new TreeObject(collected);
    }
  }
}
