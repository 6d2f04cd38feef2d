package io.stateward.sync.record;

import io.stateward.codec.Tree;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Changes of a small record, so that they meet. */
public final class RecordChanges {

  /** The rules of all merges. */
  public static final MergeRules RULES =
      MergeRules.otherwise(MergeRule.ASK)
          .with("/n", MergeRule.COUNTER)
          .with("/t", MergeRule.SET)
          .with("/a", MergeRule.MINE);

  private RecordChanges() {}

  /**
   * Returns records with a text a, an object o, a number n and a set t.
   *
   * @return the values
   */
  public static Arbitrary<Tree> values() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 3);
    return Combinators.combine(small, small, small, small.list().ofMaxSize(3).uniqueElements())
        .as(
            (a, x, n, t) ->
                Tree.object()
                    .plus("a", "v" + a)
                    .plus("o", Tree.object().plus("x", x))
                    .plus("n", n)
                    .plus("t", Tree.array(t.stream().map(Tree::of).toList())));
  }

  /**
   * Returns changes, but for batches.
   *
   * @return the changes
   */
  public static Arbitrary<RecordChange> singles() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 3);
    return Arbitraries.oneOf(
        values().map(value -> new RecordChange.Put(value, null)),
        Combinators.combine(values(), Arbitraries.longs().between(0, 40)).as(RecordChange.Put::new),
        Arbitraries.longs().between(0, 60).map(RecordChange.Delete::new),
        Combinators.combine(Arbitraries.of("/a", "/o/x", "/o/y/z"), small)
            .as((path, n) -> new RecordChange.Set(path, Tree.of("s" + n))),
        Arbitraries.of("/a", "/o", "/o/x", "/n").map(RecordChange.Remove::new),
        small.map(n -> new RecordChange.Increment("/n", new BigDecimal("0." + (n + 1)))),
        Combinators.combine(Arbitraries.of("/t", "/u"), small)
            .as((path, n) -> new RecordChange.Include(path, Tree.of(n))),
        small.map(n -> new RecordChange.Exclude("/t", Tree.of(n))),
        Combinators.combine(values(), values())
            .as((base, mine) -> new RecordChange.Merge(base, mine, RULES)));
  }

  /**
   * Returns changes of all kinds.
   *
   * @return the changes
   */
  public static Arbitrary<RecordChange> changes() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(6, singles()),
        net.jqwik.api.Tuple.of(
            1,
            singles()
                .list()
                .ofMaxSize(3)
                .map((List<RecordChange> all) -> new RecordChange.All(all))));
  }
}
