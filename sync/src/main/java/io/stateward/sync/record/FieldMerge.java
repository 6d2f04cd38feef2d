package io.stateward.sync.record;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeNumber;
import io.stateward.codec.TreeObject;
import io.stateward.merge.Merge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The merge of two trees, field by field; what is absent is null. For one use. */
final class FieldMerge {

  private static final Merge<Set<Tree>> SETS = Merge.set();

  private final MergeRules rules;
  private final List<String> undecided = new ArrayList<>();

  FieldMerge(MergeRules rules) {
    this.rules = rules;
  }

  List<String> undecided() {
    return undecided;
  }

  @Nullable Tree merge(
      String path, @Nullable Tree base, @Nullable Tree mine, @Nullable Tree theirs) {
    if (Objects.equals(base, mine)) {
      return theirs;
    }
    if (Objects.equals(base, theirs)) {
      return mine;
    }
    MergeRule own = rules.fields().get(path);
    if (own == null && mine instanceof TreeObject my && theirs instanceof TreeObject their) {
      // also where they are equal: both may have counted
      return fields(path, base instanceof TreeObject was ? was : Tree.object(), my, their);
    }
    MergeRule rule = own == null ? rules.otherwise() : own;
    boolean counts = rule == MergeRule.COUNTER && mine instanceof TreeNumber;
    return Objects.equals(mine, theirs) && !counts
        ? theirs
        : decided(rule, path, base, mine, theirs);
  }

  private Tree fields(String path, TreeObject base, TreeObject mine, TreeObject theirs) {
    Set<String> names = new LinkedHashSet<>(theirs.members().keySet());
    names.addAll(mine.members().keySet());
    TreeObject.Builder merged = TreeObject.builder();
    for (String name : names) {
      Tree field =
          merge(
              path + "/" + Paths.escaped(name),
              base.members().get(name),
              mine.members().get(name),
              theirs.members().get(name));
      if (field != null) {
        merged.add(name, field);
      }
    }
    return merged.build();
  }

  private @Nullable Tree decided(
      MergeRule rule,
      String path,
      @Nullable Tree base,
      @Nullable Tree mine,
      @Nullable Tree theirs) {
    if (rule == MergeRule.MINE || rule == MergeRule.THEIRS) {
      return rule == MergeRule.MINE ? mine : theirs;
    }
    Tree merged =
        switch (rule) {
          case COUNTER -> counted(base, mine, theirs);
          case SET -> united(base, mine, theirs);
          default -> null;
        };
    if (merged == null) {
      undecided.add(path);
    }
    return merged == null ? theirs : merged;
  }

  /** Returns what both came to; null if the rule does not fit what is there. */
  private static @Nullable Tree counted(
      @Nullable Tree base, @Nullable Tree mine, @Nullable Tree theirs) {
    return base instanceof TreeNumber was
            && mine instanceof TreeNumber my
            && theirs instanceof TreeNumber their
        ? Tree.of(their.toDecimal().add(my.toDecimal().subtract(was.toDecimal())))
        : null;
  }

  private static @Nullable Tree united(
      @Nullable Tree base, @Nullable Tree mine, @Nullable Tree theirs) {
    boolean sets =
        (base == null || base instanceof TreeArray)
            && mine instanceof TreeArray
            && theirs instanceof TreeArray;
    return sets && mine != null && theirs != null
        ? Tree.array(
            List.copyOf(
                SETS.merge(base == null ? null : set(base), set(mine), set(theirs)).value()))
        : null;
  }

  private static Set<Tree> set(Tree array) {
    return new LinkedHashSet<>(array.asArray().elements());
  }
}
