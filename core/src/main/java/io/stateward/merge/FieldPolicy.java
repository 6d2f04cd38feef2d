package io.stateward.merge;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a field. It may depend on the two records around it, as that of a last writer does.
 */
record FieldPolicy<R>(BiFunction<R, R, Merge<@Nullable Object>> choose, boolean accumulates) {

  static <R> FieldPolicy<R> ask() {
    return of(Merge.undecided());
  }

  /** Returns the policy of one merge, whose type the field's value is expected to fit. */
  @SuppressWarnings("unchecked")
  static <R> FieldPolicy<R> of(Merge<?> rule) {
    Merge<@Nullable Object> untyped = (Merge<@Nullable Object>) rule;
    return new FieldPolicy<>((mine, theirs) -> untyped, rule.accumulates());
  }

  /** Returns the rule between two records; it is chosen when it is asked, and not before. */
  @SuppressWarnings("NullAway") // it does not see a lambda's nullable type argument
  Merge<@Nullable Object> between(R mine, R theirs) {
    return (base, my, their) -> choose.apply(mine, theirs).merge(base, my, their);
  }
}
