package io.stateward.sync.crdt;

import java.util.Set;

/**
 * An immutable value that replicas change apart from each other and bring together by merging.
 *
 * <pre>{@code
 * ObservedRemoveSet<String> mine = ObservedRemoveSet.<String>empty().add("ada", "milk");
 * ObservedRemoveSet<String> theirs = ObservedRemoveSet.<String>empty().add("bob", "tea");
 * mine.merge(theirs).elements();                           // milk and tea
 * mine.merge(theirs).equals(theirs.merge(mine));           // true, and merging again changes nothing
 * }</pre>
 *
 * <p>For all values {@code a}, {@code b} and {@code c} that came of one empty value:
 *
 * <ul>
 *   <li>{@code a.merge(b)} equals {@code b.merge(a)};
 *   <li>{@code a.merge(b).merge(c)} equals {@code a.merge(b.merge(c))};
 *   <li>{@code a.merge(a)} equals {@code a};
 *   <li>a change only adds to what is known: if {@code b} was made of {@code a}, then {@code
 *       b.includes(a)};
 *   <li>{@code a.merge(b.since(a))} equals {@code a.merge(b)}.
 * </ul>
 *
 * <p>So replicas that have taken in the same changes are equal, whatever way the changes took.
 *
 * <p><b>Replicas.</b> A change is made under the name of a replica: whoever makes one change after
 * the other, each on the outcome of the one before. Two that use one name at once break the laws; a
 * replica that was restored from a copy takes a new name.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values in it are.
 *
 * @param <S> the type itself
 * @since 0.1
 */
public interface Replicated<S extends Replicated<S>> {

  /**
   * Joins two versions.
   *
   * @param other any other version
   * @return the version that has taken in what both have; this one if it has that already
   */
  S merge(S other);

  /**
   * Returns what this version has and an earlier one lacks, as a small version of its own.
   *
   * @param earlier any other version, as a rule one that this was made of
   * @return a version that, merged into {@code earlier} or into whatever includes it, has the
   *     effect of merging this one
   */
  S since(S earlier);

  /**
   * Makes the changes that led from one version to this one on another version instead: what is
   * left of them where a change before them was taken back.
   *
   * @param before the version that the changes were made of
   * @param ground the version to make them on
   * @return the version after them
   */
  default S redone(S before, S ground) {
    return ground.merge(since(before));
  }

  /**
   * Returns whose changes this version has and an earlier one lacks.
   *
   * @param earlier any other version
   * @return the names of their replicas
   */
  Set<String> authorsSince(S earlier);

  /**
   * Tells whether this version has taken in all that another one has.
   *
   * @param other the other version
   * @return whether merging it would change nothing
   */
  default boolean includes(S other) {
    return merge(other).equals(this);
  }
}
