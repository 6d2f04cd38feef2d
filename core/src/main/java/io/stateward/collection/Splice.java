package io.stateward.collection;

/**
 * How one version of a vector differs from another: one range replaced by other elements, with
 * equal elements before and after it.
 *
 * <pre>{@code
 * Splice<String> splice = after.diff(before);
 * view.remove(splice.at(), splice.removed().size());
 * view.insert(splice.at(), splice.inserted());
 * splice.applyTo(before).equals(after);   // true
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <E> the type of the elements
 * @param at the first index that differs; where both versions end if none does
 * @param removed the elements that the earlier version has from there on
 * @param inserted the elements that the later version has in their place
 * @since 0.1
 */
public record Splice<E>(int at, PersistentVector<E> removed, PersistentVector<E> inserted) {

  /**
   * Compares two versions of a vector, or two that are not related. Elements are compared by
   * identity first, then by {@code equals}.
   *
   * <p><b>Cost.</b> What both share is skipped: O(log n) for one edit, at most O(n) for strangers.
   *
   * @param <E> the type of the elements
   * @param before the earlier version
   * @param after the later version
   * @return the smallest range that covers every difference
   */
  public static <E> Splice<E> between(PersistentVector<E> before, PersistentVector<E> after) {
    int shorter = Math.min(before.size(), after.size());
    int prefix = VectorDiffer.commonPrefix(before.root(), after.root(), shorter);
    int suffix = VectorDiffer.commonSuffix(before.root(), after.root(), shorter - prefix);
    return new Splice<>(
        prefix,
        before.slice(prefix, before.size() - suffix),
        after.slice(prefix, after.size() - suffix));
  }

  /**
   * Returns whether the versions are equal.
   *
   * @return whether nothing was removed or inserted
   */
  public boolean isEmpty() {
    return removed.isEmpty() && inserted.isEmpty();
  }

  /**
   * Returns the difference seen from the later version: what leads back.
   *
   * @return the reverse
   */
  public Splice<E> reversed() {
    return new Splice<>(at, inserted, removed);
  }

  /**
   * Replaces the range in a vector, whatever is there.
   *
   * @param vector the vector to change
   * @return the changed vector
   * @throws IndexOutOfBoundsException if the vector does not reach to the end of the range
   */
  public PersistentVector<E> applyTo(PersistentVector<E> vector) {
    PersistentVector<E> rest = vector.slice(at + removed.size(), vector.size());
    return vector.slice(0, at).concat(inserted).concat(rest);
  }
}
