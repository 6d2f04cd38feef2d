package io.stateward.sync.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeCodec;
import io.stateward.sync.crdt.History.Step;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of {@link Replicated}, and what each kind of value means, on random histories. */
final class ReplicatedPropertyTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, seed = "4711")
  void everyKind_anyHistory_isWhatItsModelSays(@ForAll("histories") List<Step> steps) {
    Subjects.all().forEach(subject -> checkModel(subject, steps));
  }

  private static <S extends Replicated<S>> void checkModel(
      Subjects.Case<S> tested, List<Step> steps) {
    History<S> history = new History<>(tested.subject());
    for (Step step : steps) {
      S before = history.state(step.replica());
      S after = history.take(step);

      assertThat(tested.subject().observed(after)).isEqualTo(history.expected(step.replica()));
      assertThat(after.includes(before)).isTrue();
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, seed = "4712")
  void merge_anyThreeStates_isAJoin(@ForAll("histories") List<Step> steps, @ForAll long choice) {
    Subjects.all().forEach(subject -> checkLaws(subject, steps, new Random(choice)));
  }

  private static <S extends Replicated<S>> void checkLaws(
      Subjects.Case<S> tested, List<Step> steps, Random random) {
    History<S> history = new History<>(tested.subject());
    steps.forEach(history::take);
    for (int i = 0; i < 10; i++) {
      S a = history.states.get(random.nextInt(history.states.size()));
      S b = history.states.get(random.nextInt(history.states.size()));
      S c = history.states.get(random.nextInt(history.states.size()));

      assertThat(a.merge(b)).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
      assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
      assertThat(a.merge(a)).isSameAs(a);
      assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
      assertThat(a.merge(b).includes(a)).isTrue();
      assertThat(a.merge(b.since(a))).isEqualTo(a.merge(b));
      assertThat(a.merge(c).merge(b.since(a))).isEqualTo(a.merge(c).merge(b));
      assertThat(a.since(a)).isEqualTo(tested.subject().empty());
      assertThat(a.merge(b).equals(a)).isEqualTo(a.includes(b));
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, seed = "4713")
  void merge_allWithAllInAnyOrder_convergesAndKeepsNothingOfWhatWasRemoved(
      @ForAll("histories") List<Step> steps, @ForAll long order) {
    Subjects.all().forEach(subject -> checkConvergence(subject, steps, new Random(order)));
  }

  private static <S extends Replicated<S>> void checkConvergence(
      Subjects.Case<S> tested, List<Step> steps, Random random) {
    History<S> history = new History<>(tested.subject());
    steps.forEach(history::take);
    S all = tested.subject().empty();
    for (int i = 0; i < History.REPLICAS; i++) {
      all = all.merge(history.state(i));
    }
    for (int i = 0; i < History.REPLICAS; i++) {
      S mine = history.state(i);
      List<Integer> others =
          new java.util.ArrayList<>(List.of(0, 1, 2, 3, random.nextInt(4), random.nextInt(4)));
      java.util.Collections.shuffle(others, random);
      for (int other : others) {
        S theirs = history.state(other);
        mine = random.nextBoolean() ? mine.merge(theirs) : mine.merge(theirs.since(mine));
      }
      assertThat(mine).isEqualTo(all);
    }
    if (all instanceof Causal<?> causal) {
      assertThat(causal.cleared().isEmpty()).isTrue();
      assertThat(causal.seen().toString()).doesNotContain("[["); // all was seen: no gaps
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, seed = "4714")
  void codec_anyState_comesBackEqual(@ForAll("histories") List<Step> steps) {
    Subjects.all().forEach(subject -> checkCodec(subject, steps));
  }

  private static <S extends Replicated<S>> void checkCodec(
      Subjects.Case<S> tested, List<Step> steps) {
    History<S> history = new History<>(tested.subject());
    steps.forEach(history::take);
    TreeCodec<S> codec = tested.codec();
    for (int i = 0; i < History.REPLICAS; i++) {
      S state = history.state(i);
      S delta = state.since(history.state((i + 1) % History.REPLICAS));

      assertThat(codec.fromTree(codec.toTree(state))).isEqualTo(state);
      assertThat(codec.decode(codec.encode(delta))).isEqualTo(delta);
      assertThat(Tree.parse(codec.encode(state))).isEqualTo(codec.toTree(state));
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return History.histories();
  }
}
