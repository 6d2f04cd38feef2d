package io.stateward.merge;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is being given to fields of a record: how they are merged where both sides changed
 * them. Each method returns the merge with the rule.
 *
 * <pre>{@code
 * Merge.of(Card.class)
 *     .field("title").latest(Card::changedAt)
 *     .field("tasks").by(Merge.list(Task::id, Merge.of(Task.class)))
 *     .field("id", "board").refuse();
 * }</pre>
 *
 * <p>A field that one side cleared to {@code null} while the other changed it is undecided with
 * {@link #max}, {@link #min}, {@link #counter} and {@link #set}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <R> the type of the records
 * @since 0.1
 */
public final class FieldRule<R extends Record> {

  private final RecordMerge<R> merge;
  private final List<Integer> fields;

  FieldRule(RecordMerge<R> merge, List<Integer> fields) {
    this.merge = merge;
    this.fields = fields;
  }

  /**
   * Merges by any merge, ready-made or a lambda.
   *
   * @param rule asked where both sides changed the field; it is given {@code null} for mine or
   *     theirs where the field is {@code null} there
   * @return the merge with the rule
   * @throws IllegalArgumentException if it is a merge of another record than the field is
   */
  public RecordMerge<R> by(Merge<?> rule) {
    Objects.requireNonNull(rule, "rule");
    if (rule instanceof RecordMerge<?> nested) {
      Class<?> type = nested.shape().type();
      requireType(
          merge.shape()::typeOf, "a merge of " + type.getName(), it -> it.isAssignableFrom(type));
    }
    return with(field -> FieldPolicy.of(rule));
  }

  /**
   * Takes mine.
   *
   * @return the merge with the rule
   */
  public RecordMerge<R> mine() {
    return by(Merge.mine());
  }

  /**
   * Takes theirs.
   *
   * @return the merge with the rule
   */
  public RecordMerge<R> theirs() {
    return by(Merge.theirs());
  }

  /**
   * Leaves it to others to decide, which is what a field without a rule does.
   *
   * @return the merge with the rule
   */
  public RecordMerge<R> ask() {
    return by(Merge.undecided());
  }

  /**
   * Makes it a failure, for a field that only one side may ever change.
   *
   * @return the merge with the rule
   */
  public RecordMerge<R> refuse() {
    return by(Refusal.merge());
  }

  /**
   * Takes the side whose record was written last. Records written at the same time leave the field
   * undecided. The field that carries the time needs a rule too, such as {@link #max}.
   *
   * @param <C> the type of the times or versions
   * @param by reads when a record was written
   * @return the merge with the rule
   */
  public <C extends Comparable<? super C>> RecordMerge<R> latest(
      Function<? super R, ? extends C> by) {
    Objects.requireNonNull(by, "by");
    return with(
        field ->
            new FieldPolicy<>(
                (mine, theirs) -> ValueRules.<R, @Nullable Object, C>later(by, mine, theirs),
                false));
  }

  /**
   * Takes the greater value.
   *
   * @return the merge with the rule
   * @throws IllegalArgumentException if the field is not {@link Comparable}
   */
  public RecordMerge<R> max() {
    return comparable("max()", 1);
  }

  /**
   * Takes the smaller value.
   *
   * @return the merge with the rule
   * @throws IllegalArgumentException if the field is not {@link Comparable}
   */
  public RecordMerge<R> min() {
    return comparable("min()", -1);
  }

  /**
   * Adds what both sides added, as {@link Merge#counter} does.
   *
   * @return the merge with the rule
   * @throws IllegalArgumentException if the field is no {@code long} or {@code int}
   */
  public RecordMerge<R> counter() {
    requireType(
        merge.shape()::boxedTypeOf, "counter()", Set.of(Long.class, Integer.class)::contains);
    return with(
        field ->
            FieldPolicy.of(
                merge.shape().boxedTypeOf(field) == Long.class
                    ? Merge.counter()
                    : Merge.intCounter()));
  }

  /**
   * Adds and removes what both sides added and removed, as {@link Merge#set} does.
   *
   * @return the merge with the rule
   * @throws IllegalArgumentException if the field is no {@link Set}
   */
  public RecordMerge<R> set() {
    requireType(merge.shape()::typeOf, "set()", type -> type == Set.class);
    return by(Merge.set());
  }

  private RecordMerge<R> comparable(String rule, int sign) {
    requireType(merge.shape()::boxedTypeOf, rule, Comparable.class::isAssignableFrom);
    return by(ValueRules.<Comparable<Object>>greater(sign));
  }

  private RecordMerge<R> with(IntFunction<FieldPolicy<R>> policy) {
    RecordMerge<R> changed = merge;
    for (int field : fields) {
      changed = changed.with(field, policy.apply(field));
    }
    return changed;
  }

  private void requireType(IntFunction<Class<?>> typeOf, String rule, Predicate<Class<?>> fits) {
    for (int field : fields) {
      if (!fits.test(typeOf.apply(field))) {
        throw new IllegalArgumentException(
            "The field '%s' of %s is of type %s, for which %s is no rule. Give it another one, or a merge of your own with by(...)."
                .formatted(
                    merge.shape().nameOf(field),
                    merge.shape().name(),
                    merge.shape().typeOf(field).getTypeName(),
                    rule));
      }
    }
  }
}
