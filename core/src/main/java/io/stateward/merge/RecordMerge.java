package io.stateward.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A merge of records, field by field: what one side alone changed needs no rule, what both changed
 * goes to the rule of its field.
 *
 * <pre>{@code
 * RecordMerge<Card> cards = Merge.of(Card.class)
 *     .field("title").ask()
 *     .field("votes").counter()
 *     .field("assignee").by(Merge.of(Person.class))   // a record in it, by its own fields
 *     .otherFields().latest(Card::changedAt);
 * }</pre>
 *
 * <p>A field without a rule that both sides changed differently is undecided, so that nothing is
 * lost; {@code otherFields().refuse()} makes it a failure instead. A record within a record is one
 * value, taken whole, unless its field has a merge for it: the parts of an amount of money do not
 * mix, those of an address may.
 *
 * <p><b>Thread safety.</b> Immutable: giving a rule returns another merge.
 *
 * <p><b>Failure.</b> What a rule, an accessor or the constructor throws reaches the caller as a
 * {@link MergeFailedException}.
 *
 * <p><b>Cost.</b> Reads each field of the three records and makes at most one record.
 *
 * @param <R> the type of the records
 * @since 0.1
 */
public final class RecordMerge<R extends Record> implements Merge<R> {

  private final RecordShape<R> shape;
  private final List<FieldPolicy<R>> policies; // by the index of the field
  private final Set<Integer> ruled;

  RecordMerge(RecordShape<R> shape) {
    this(shape, Stream.generate(FieldPolicy::<R>ask).limit(shape.size()).toList(), Set.of());
  }

  private RecordMerge(RecordShape<R> shape, List<FieldPolicy<R>> policies, Set<Integer> ruled) {
    this.shape = shape;
    this.policies = policies;
    this.ruled = ruled;
  }

  /**
   * Begins a rule for a field, or one for several fields. It takes the place of a rule that the
   * field has.
   *
   * @param name the name of the field
   * @param more the names of others
   * @return what to say the rule on
   * @throws IllegalArgumentException if the record has no such field
   */
  public FieldRule<R> field(String name, String... more) {
    return new FieldRule<>(
        this, Stream.concat(Stream.of(name), Stream.of(more)).map(shape::indexOf).toList());
  }

  /**
   * Begins a rule for all fields that have been given none so far.
   *
   * @return what to say the rule on
   */
  public FieldRule<R> otherFields() {
    return new FieldRule<>(
        this, IntStream.range(0, shape.size()).boxed().filter(i -> !ruled.contains(i)).toList());
  }

  @Override
  public MergeResult<R> merge(@Nullable R base, R mine, R theirs) {
    return BothChanged.settle(this::mergeFields, accumulates(), base, mine, theirs);
  }

  @Override
  public boolean accumulates() {
    return policies.stream().anyMatch(FieldPolicy::accumulates);
  }

  RecordShape<R> shape() {
    return shape;
  }

  /** Returns this merge with another rule for a field. */
  RecordMerge<R> with(int field, FieldPolicy<R> policy) {
    List<FieldPolicy<R>> changed = new ArrayList<>(policies);
    changed.set(field, policy);
    Set<Integer> now = new HashSet<>(ruled);
    now.add(field);
    return new RecordMerge<>(shape, List.copyOf(changed), Set.copyOf(now));
  }

  private MergeResult<R> mergeFields(@Nullable R base, R mine, R theirs) {
    if (ValueRules.isMissing(mine) || ValueRules.isMissing(theirs)) {
      return MergeResult.undecided(base, mine, theirs);
    }
    @Nullable Object[] values = new @Nullable Object[shape.size()];
    List<FieldConflict> conflicts = new ArrayList<>();
    boolean asTheirs = true;
    for (int field = 0; field < values.length; field++) {
      MergeResult<@Nullable Object> merged = mergeField(field, base, mine, theirs);
      values[field] = merged.value();
      asTheirs &= Same.same(merged.value(), shape.get(theirs, field));
      for (FieldConflict conflict : merged.fields()) {
        conflicts.add(conflict.under(shape.nameOf(field)));
      }
    }
    return MergeResult.of(asTheirs ? theirs : made(values, base, mine, theirs), conflicts);
  }

  @SuppressWarnings("NullAway") // the type argument is nullable, which it does not see on 17
  private MergeResult<@Nullable Object> mergeField(int field, @Nullable R base, R mine, R theirs) {
    Object was = base == null ? null : shape.get(base, field);
    Object my = shape.get(mine, field);
    Object their = shape.get(theirs, field);
    FieldPolicy<R> policy = policies.get(field);
    try {
      MergeResult<@Nullable Object> merged =
          BothChanged.settle(policy.between(mine, theirs), policy.accumulates(), was, my, their);
      if (!shape.fits(field, merged.value())) {
        String problem =
            "the rule answered %s, and the field is of type %s"
                .formatted(Shown.of(merged.value()), shape.typeOf(field).getTypeName());
        throw new MergeFailedException("", problem, null, was, my, their);
      }
      return merged;
    } catch (MergeFailedException e) {
      throw e.under(shape.nameOf(field));
    }
  }

  private R made(@Nullable Object[] values, @Nullable R base, R mine, R theirs) {
    try {
      return shape.make(values);
    } catch (RuntimeException e) {
      String problem =
          "the constructor of %s did not take the merged fields %s, it threw %s; a rule for the fields that belong together keeps them together"
              .formatted(shape.name(), Shown.of(values), e);
      throw new MergeFailedException("", problem, e, base, mine, theirs);
    }
  }

  @Override
  public String toString() {
    return "Merge of " + shape.name();
  }
}
