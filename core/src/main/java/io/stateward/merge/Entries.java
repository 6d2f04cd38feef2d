package io.stateward.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Decides, key by key, what becomes of the things in a collection, and notes what is undecided. */
final class Entries<K, V> {

  private final Merge<V> rule;
  private final Deletion deletion;
  private final BiPredicate<K, V> belongs;
  private final List<FieldConflict> conflicts = new ArrayList<>();

  /**
   * @param belongs tells whether a thing may be under a key: a rule must not change identities
   */
  Entries(Merge<V> rule, Deletion deletion, BiPredicate<K, V> belongs) {
    this.rule = rule;
    this.deletion = deletion;
    this.belongs = belongs;
  }

  List<FieldConflict> conflicts() {
    return conflicts;
  }

  /** Returns what is to be under the key; null stands for nothing, in and out. */
  @Nullable V decide(K key, @Nullable V base, @Nullable V mine, @Nullable V theirs) {
    if (mine != null && theirs != null) {
      return merged(key, base, mine, theirs);
    }
    if (Same.same(base, mine)) {
      return theirs;
    }
    if (Same.same(base, theirs)) {
      return mine;
    }
    V edited = mine == null ? theirs : mine;
    return edited == null ? null : deletedAndEdited(key, base, mine, theirs, edited);
  }

  private V merged(K key, @Nullable V base, V mine, V theirs) {
    MergeResult<V> result;
    try {
      result = BothChanged.settle(rule, rule.accumulates(), base, mine, theirs);
      V value = result.value();
      if (ValueRules.isMissing(value) || !belongs.test(key, value)) {
        throw new MergeFailedException(
            "",
            "the rule answered %s, which does not belong under this key".formatted(Shown.of(value)),
            null,
            base,
            mine,
            theirs);
      }
    } catch (MergeFailedException e) {
      throw e.under(Paths.ofKey(key));
    }
    result.fields().forEach(conflict -> conflicts.add(conflict.under(Paths.ofKey(key))));
    return result.value();
  }

  private @Nullable V deletedAndEdited(
      K key, @Nullable V base, @Nullable V mine, @Nullable V theirs, V edited) {
    return switch (deletion) {
      case WINS -> null;
      case YIELDS -> edited;
      case ASKS -> {
        conflicts.add(new FieldConflict(Paths.ofKey(key), base, mine, theirs));
        yield theirs;
      }
    };
  }
}
