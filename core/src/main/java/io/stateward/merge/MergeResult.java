package io.stateward.merge;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a merge: one value, or a value with what is still to be decided in it.
 *
 * <pre>{@code
 * String told = merge.merge(base, mine, theirs).fold(
 *     card -> "saved as " + card.title(),
 *     open -> "both changed " + open.fields().get(0).path());
 * }</pre>
 *
 * <p>The hierarchy is sealed. On Java 21 and later switch over it; on Java 17 use {@link #fold},
 * which the compiler keeps exhaustive.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values are.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public sealed interface MergeResult<T extends @Nullable Object> {

  /**
   * Returns the merged value; where something is undecided, it has theirs.
   *
   * @return the value
   */
  T value();

  /**
   * Returns what no rule decided.
   *
   * @return one conflict per place, unmodifiable; empty if everything is decided
   */
  List<FieldConflict> fields();

  /**
   * Everything is decided.
   *
   * @param <T> the type of the value
   * @param value what both changes come to
   */
  record Merged<T extends @Nullable Object>(T value) implements MergeResult<T> {
    @Override
    public List<FieldConflict> fields() {
      return List.of();
    }
  }

  /**
   * Something is left for somebody to decide.
   *
   * @param <T> the type of the value
   * @param value the merged value, with theirs in all that is undecided
   * @param fields what is undecided; never empty
   */
  record Undecided<T extends @Nullable Object>(T value, List<FieldConflict> fields)
      implements MergeResult<T> {

    /**
     * Copies the conflicts.
     *
     * @param value the merged value
     * @param fields what is undecided
     * @throws IllegalArgumentException if nothing is undecided
     */
    public Undecided {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException(
            "Nothing is undecided, so the result is Merged. Name at least one conflict, or use MergeResult.of(value, conflicts).");
      }
    }
  }

  /**
   * Returns the result that fits a number of conflicts.
   *
   * @param <T> the type of the value
   * @param value the merged value, with theirs in all that is undecided
   * @param fields what is undecided, if anything is
   * @return {@link Undecided} if there is a conflict, else {@link Merged}
   */
  static <T extends @Nullable Object> MergeResult<T> of(T value, List<FieldConflict> fields) {
    return fields.isEmpty() ? new Merged<>(value) : new Undecided<>(value, fields);
  }

  /**
   * Returns the answer of a rule that leaves the whole value to somebody else.
   *
   * @param <T> the type of the value
   * @param base what both sides started from; null if there is no such version
   * @param mine the version of this side
   * @param theirs the version of the other side
   * @return theirs, undecided
   */
  static <T extends @Nullable Object> MergeResult<T> undecided(@Nullable T base, T mine, T theirs) {
    return new Undecided<>(theirs, List.of(new FieldConflict("", base, mine, theirs)));
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param merged takes the value if everything is decided
   * @param undecided takes the value and what is undecided in it
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Function<? super T, ? extends R> merged,
      Function<? super Undecided<T>, ? extends R> undecided) {
    Objects.requireNonNull(merged, "merged");
    Objects.requireNonNull(undecided, "undecided");
    return this instanceof Undecided<T> open ? undecided.apply(open) : merged.apply(value());
  }

  /**
   * Returns the same result about something made of the value. The conflicts stay as they are.
   *
   * @param <R> the type of the new value
   * @param function makes it
   * @return the result
   */
  default <R extends @Nullable Object> MergeResult<R> map(
      Function<? super T, ? extends R> function) {
    return of(function.apply(value()), fields());
  }

  /**
   * Tells whether nothing is left to decide.
   *
   * @return whether this is {@link Merged}
   */
  default boolean isMerged() {
    return this instanceof Merged;
  }
}
