package io.stateward.sync.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Merges of records with a text a, an object o with a number x, a number n and a set t. */
final class FieldMergePropertyTest {

  private static RecordResult merged(Tree base, Tree mine, Tree theirs, MergeRules rules) {
    return new RecordState(theirs, 1, "bob", 0)
        .apply(
            new RecordChange.Merge(base, mine, rules),
            new RecordContext("ada", 2, RecordLimits.standard()));
  }

  private static @Nullable Tree valueOf(RecordResult result) {
    return result.fold(
        changed -> changed.state().value(), conflict -> null, refused -> Tree.of(refused.reason()));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, seed = "8401")
  void merge_ofAnyThreeVersions_isTheMergeOfEachField(
      @ForAll("values") Tree base, @ForAll("values") Tree mine, @ForAll("values") Tree theirs) {
    RecordResult result = merged(base, mine, theirs, RecordChanges.RULES);

    boolean asked =
        changed(base, mine, "/o/x")
            && changed(base, theirs, "/o/x")
            && !mine.at("/o/x").equals(theirs.at("/o/x"));
    if (asked) {
      assertThat(result)
          .isInstanceOfSatisfying(
              RecordResult.Conflict.class,
              conflict -> {
                assertThat(conflict.paths()).containsExactly("/o/x");
                assertThat(conflict.current().value()).isEqualTo(theirs);
              });
      return;
    }
    Tree value = Objects.requireNonNull(valueOf(result));
    assertThat(value.at("/a")).isEqualTo((changed(base, mine, "/a") ? mine : theirs).at("/a"));
    assertThat(value.at("/o/x"))
        .isEqualTo((changed(base, mine, "/o/x") ? mine : theirs).at("/o/x"));
    BigDecimal sum = number(mine).add(number(theirs)).subtract(number(base));
    assertThat(number(value)).isEqualByComparingTo(sum);
    Set<Integer> set = new TreeSet<>(set(theirs));
    set(mine).stream().filter(each -> !set(base).contains(each)).forEach(set::add);
    set(base).stream().filter(each -> !set(mine).contains(each)).forEach(set::remove);
    assertThat(new TreeSet<>(set(value))).isEqualTo(set);
  }

  private static boolean changed(Tree base, Tree now, String path) {
    return !base.at(path).equals(now.at(path));
  }

  private static BigDecimal number(Tree tree) {
    return tree.at("/n").asNumber().toDecimal();
  }

  private static Set<Integer> set(Tree tree) {
    return new LinkedHashSet<>(
        tree.at("/t").asArray().elements().stream().map(Tree::asInt).toList());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, seed = "8402")
  void merge_whereOneSideChangedNothing_isTheOther(
      @ForAll("values") Tree base, @ForAll("values") Tree other) {
    MergeRules ask = MergeRules.otherwise(MergeRule.ASK);

    assertThat(valueOf(merged(base, other, base, ask))).isEqualTo(other);
    assertThat(valueOf(merged(base, base, other, ask))).isEqualTo(other);
    assertThat(valueOf(merged(base, other, other, ask))).isEqualTo(other);
  }

  @Test
  void merge_ofWhatOneRemovedAndTheOtherChanged_goesToTheRule() {
    Tree base = Tree.parse("{\"a\":1,\"b\":[1]}");
    Tree mine = base.without("/a").without("/b");
    Tree theirs = Tree.parse("{\"a\":2,\"b\":[1,2]}");

    assertThat(merged(base, mine, theirs, MergeRules.otherwise(MergeRule.ASK)))
        .isEqualTo(
            new RecordResult.Conflict(new RecordState(theirs, 1, "bob", 0), List.of("/a", "/b")));
    assertThat(valueOf(merged(base, mine, theirs, MergeRules.otherwise(MergeRule.MINE))))
        .isEqualTo(Tree.object());
    assertThat(valueOf(merged(base, theirs, mine, MergeRules.otherwise(MergeRule.THEIRS))))
        .isEqualTo(Tree.object());
    MergeRules wrong = MergeRules.otherwise(MergeRule.COUNTER).with("/b", MergeRule.SET);
    assertThat(valueOf(merged(base, mine, theirs, wrong))).isNull();
  }

  @Test
  void merge_withoutABaseOfTheField_unitesSetsAndObjectsAndAsksForCounts() {
    Tree mine = Tree.parse("{\"t\":[1,2],\"o\":{\"x\":1}}");
    Tree theirs = Tree.parse("{\"t\":[2,3],\"o\":{\"y\":2}}");
    MergeRules rules = MergeRules.otherwise(MergeRule.ASK).with("/t", MergeRule.SET);

    assertThat(valueOf(merged(Tree.object(), mine, theirs, rules)))
        .isEqualTo(Tree.parse("{\"t\":[2,3,1],\"o\":{\"y\":2,\"x\":1}}"));
    TreeObject count = Tree.object().plus("n", 1);
    MergeRules counting = MergeRules.otherwise(MergeRule.COUNTER);
    assertThat(valueOf(merged(Tree.object(), count, count.plus("n", 2), counting))).isNull();
    assertThat(valueOf(merged(count.plus("n", 0), count, count, counting)))
        .isEqualTo(count.plus("n", 2));
  }

  @Provide
  Arbitrary<Tree> values() {
    return RecordChanges.values();
  }
}
