package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextStateTest {

  private final SharedState state = TextType.upTo(1_000_000).create();
  private long sequence;

  private Verdict judge(String client, long base, Tree operation) {
    Tree change = Tree.object().plus("op", operation);
    Verdict verdict = state.judge(new Mutation(client, 1, base, sequence + 1, change));
    if (verdict instanceof Verdict.Accepted) {
      sequence++;
    }
    return verdict;
  }

  private static String codeOf(Verdict verdict) {
    return verdict instanceof Verdict.Refused refused ? refused.code() : "accepted";
  }

  /** Two people who never wait for each other, so that no change knows all before it. */
  private void typeWithoutPause(int changes) {
    for (int i = 0; i < changes; i++) {
      String client = i % 2 == 0 ? "ada" : "bob";
      Verdict verdict = judge(client, Math.max(0, sequence - 1), Tree.array("x"));
      assertThat(codeOf(verdict)).isEqualTo("accepted");
    }
  }

  @Test
  void trim_whereEverythingIsKnown_cutsThere() {
    judge("ada", 0, Tree.array("a"));
    judge("bob", 1, Tree.array("b"));
    judge("ada", 2, Tree.array("c"));

    assertThat(state.trim(2)).isEqualTo(2);

    assertThat(state.store().at("/floor").asLong()).isEqualTo(2);
    assertThat(codeOf(judge("bob", 1, Tree.array("d")))).isEqualTo("base");
    assertThat(codeOf(judge("bob", 2, Tree.array("d")))).isEqualTo("accepted");
  }

  @Test
  void trim_wherePeopleNeverPause_keepsAllUntilItIsTooMuch() {
    typeWithoutPause(1_000);

    assertThat(state.trim(900)).isEqualTo(900);

    assertThat(state.store().at("/floor").asLong()).isZero();
    typeWithoutPause(30_000);
    assertThat(state.trim(25_000)).isEqualTo(31_000);
    assertThat(state.store().at("/floor").asLong()).isEqualTo(31_000);
    assertThat(state.store().at("/events").asArray().elements()).isEmpty();
    assertThat(codeOf(judge("ada", 31_000, Tree.array("y")))).isEqualTo("accepted");
    assertThat(state.snapshot().at("/text").asString()).hasSize(31_001);
  }

  @Test
  void judge_ofAnOperationWithTooManyParts_refusesIt() {
    List<Tree> parts = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      parts.add(Tree.of("x"));
    }

    Verdict verdict = judge("ada", 0, Tree.array(parts));

    assertThat(codeOf(verdict)).isEqualTo("limit");
    assertThat(((Verdict.Refused) verdict).reason()).contains("10001 parts").contains("10000");
    assertThat(state.snapshot().at("/text").asString()).isEmpty();
  }

  @Test
  void judge_ofWhatIsNoOperation_refusesItAndSaysWhy() {
    for (String form :
        List.of("7", "{}", "[true]", "[-1]", "[{\"d\":0.5}]", "[3,\"x\"]", "[\"\\ud83d\"]")) {
      Verdict verdict = judge("ada", 0, Tree.parse(form));

      assertThat(codeOf(verdict)).as(form).isEqualTo("invalid");
      assertThat(((Verdict.Refused) verdict).reason()).as(form).hasSizeGreaterThan(20);
    }
    assertThat(codeOf(state.judge(new Mutation("ada", 1, 0, 1, Tree.object()))))
        .isEqualTo("invalid");
    assertThat(state.snapshot().at("/text").asString()).isEmpty();
  }
}
