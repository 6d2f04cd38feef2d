package io.stateward.sync.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import org.junit.jupiter.api.Test;

final class ReplicatedTypeTest {

  private static final ReplicatedType<ObservedRemoveSet<Integer>> TYPE =
      ReplicatedType.of(
          "numbers", ObservedRemoveSet.empty(), ObservedRemoveSet.codec(Subjects.NUMBERS));

  private static Mutation by(String client, Tree change) {
    return new Mutation(client, 1, 0, 1, change);
  }

  private static Tree tree(ObservedRemoveSet<Integer> set) {
    return TYPE.codec().toTree(set);
  }

  private static String codeOf(Verdict verdict) {
    return verdict instanceof Verdict.Refused refused ? refused.code() : "accepted";
  }

  @Test
  void judge_ofOnesOwnChanges_mergesThem() {
    SharedState state = TYPE.create();
    ObservedRemoveSet<Integer> one = TYPE.empty().add("ada", 1);

    assertThat(state.judge(by("ada", tree(one)))).isEqualTo(new Verdict.Accepted(tree(one)));
    assertThat(state.judge(by("bob", tree(one.remove(1).since(one)))))
        .isInstanceOf(Verdict.Accepted.class);

    assertThat(state.snapshot()).isEqualTo(tree(one.remove(1)));
    assertThat(TYPE.restore(state.store()).snapshot()).isEqualTo(state.snapshot());
    assertThat(TYPE.name()).isEqualTo("replicated:numbers");
  }

  @Test
  void judge_ofChangesInAnothersName_refusesThem() {
    SharedState state = TYPE.create();

    assertThat(codeOf(state.judge(by("bob", tree(TYPE.empty().add("ada", 1))))))
        .isEqualTo("foreign");
    Tree exhausting = Tree.parse("{\"seen\":{\"ada\":9007199254740991},\"content\":[]}");
    assertThat(codeOf(state.judge(by("bob", exhausting)))).isEqualTo("foreign");
    assertThat(state.snapshot()).isEqualTo(tree(TYPE.empty()));
  }

  @Test
  void judge_ofWhatIsNoChange_refusesIt() {
    SharedState state = TYPE.create();

    Verdict verdict = state.judge(by("ada", Tree.of("nonsense")));

    assertThat(codeOf(verdict)).isEqualTo("malformed");
    assertThat(((Verdict.Refused) verdict).reason()).contains("nonsense");
  }

  @Test
  void judge_ofWhatMakesItTooLarge_refusesIt() {
    SharedState state = TYPE.withSize(300).create();
    ObservedRemoveSet<Integer> set = TYPE.empty();
    int accepted = 0;
    for (int i = 0; i < 100; i++) {
      ObservedRemoveSet<Integer> next = set.add("ada", i);
      Verdict verdict = state.judge(by("ada", tree(next.since(set))));
      if (verdict instanceof Verdict.Accepted) {
        accepted++;
        set = next;
      } else {
        assertThat(codeOf(verdict)).isEqualTo("too-large");
      }
    }

    assertThat(state.snapshot().toJson().length()).isBetween(280, 300);
    assertThat(state.snapshot()).isEqualTo(tree(set));
    assertThat(accepted).isGreaterThan(10);
    assertThat(state.judge(by("ada", tree(set.cleared().since(set)))))
        .isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void judge_ofTwoChangesOfOneName_refusesTheSecond() {
    ReplicatedType<MultiValueRegister<Integer>> registers =
        ReplicatedType.of(
            "register", MultiValueRegister.empty(), MultiValueRegister.codec(Subjects.NUMBERS));
    SharedState state = registers.create();
    MultiValueRegister<Integer> empty = MultiValueRegister.empty();
    state.judge(by("ada", registers.codec().toTree(empty.set("ada", 1))));

    Verdict verdict = state.judge(by("ada", registers.codec().toTree(empty.set("ada", 2))));

    assertThat(codeOf(verdict)).isEqualTo("malformed");
    assertThat(((Verdict.Refused) verdict).reason()).contains("used by two");
  }

  @Test
  void of_aNameThatIsTooLong_isRefused() {
    assertThatThrownBy(() -> ReplicatedType.of("x".repeat(54), TYPE.empty(), TYPE.codec()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 53 characters");
    assertThatThrownBy(() -> TYPE.withSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
