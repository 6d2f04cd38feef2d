package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedTypeSubjects.History;
import io.stateward.sync.spi.SharedTypeSubjects.Judged;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of a state as long as it is in memory. */
interface SharedStateRules extends SharedTypeSubjects {

  @Test
  @DisplayName("1.1 has a name of 1 to 64 characters, always the same")
  default void rule1_1_nameIsShortAndStays() {
    assertThat(type().name()).isNotBlank().hasSizeLessThanOrEqualTo(64).isEqualTo(type().name());
  }

  @Test
  @DisplayName("1.2 makes empty documents that are alike, and independent of each other")
  default void rule1_2_emptyDocumentsAreAlikeAndIndependent() {
    SharedType type = type();
    SharedState one = type.create();
    Tree empty = one.snapshot();

    new History(this, 12).steps(20, 3);
    History other = new History(this, 12).steps(20, 3);

    assertThat(one.snapshot()).isEqualTo(empty);
    assertThat(type.create().snapshot()).isEqualTo(empty);
    assertThat(other.state.snapshot()).isEqualTo(other.snapshots.get((int) other.sequence()));
  }

  @Test
  @DisplayName("2.1 judges the same mutations in the same order in the same way")
  default void rule2_1_judgingIsDeterministic() {
    for (int seed = 0; seed < 20; seed++) {
      History one = new History(this, seed).steps(40, 5);
      History other = new History(this, seed).steps(40, 5);

      assertThat(other.judged).isEqualTo(one.judged);
      assertThat(other.snapshots).isEqualTo(one.snapshots);
    }
  }

  @Test
  @DisplayName("2.2 is not changed by what it refuses")
  default void rule2_2_refusingChangesNothing() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(10, 3);
      for (int i = 0; i < 30; i++) {
        Tree stored = history.state.store();
        Tree snapshot = history.state.snapshot();
        history.step(3);
        if (history.judged.get(history.judged.size() - 1).accepted() == null) {
          assertThat(history.state.snapshot()).isEqualTo(snapshot);
          assertThat(history.state.store()).isEqualTo(stored);
        }
      }
    }
  }

  @Test
  @DisplayName("2.3 takes nothing in that is no change of its kind")
  default void rule2_3_nonsenseIsRefused() {
    History history = new History(this, 23).steps(20, 3);
    Tree snapshot = history.state.snapshot();
    Tree stored = history.state.store();

    for (Tree each : nonsense()) {
      Mutation mutation =
          new Mutation("stranger", 1, history.sequence(), history.sequence() + 1, each);
      try {
        assertThat(history.state.judge(mutation)).isInstanceOf(Verdict.Refused.class);
      } catch (RuntimeException e) {
        // the hub refuses it then
      }
      assertThat(history.state.snapshot()).isEqualTo(snapshot);
      assertThat(history.state.store()).isEqualTo(stored);
    }
  }

  @Test
  @DisplayName("2.4 comes to the same by replaying what it accepted")
  default void rule2_4_replayMakesTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(40, 5);
      SharedState replayed = type().create();

      long sequence = 0;
      for (Judged each : history.judged) {
        if (each.accepted() != null) {
          replayed.replay(each.replayed());
          sequence++;
          assertThat(replayed.snapshot()).isEqualTo(history.snapshots.get((int) sequence));
        }
      }

      assertThat(next(replayed, history)).isEqualTo(next(history.state, history));
    }
  }

  /** What becomes of one more mutation. */
  private static Object next(SharedState state, History history) {
    Judged last = history.judged.get(history.judged.size() - 1);
    Mutation mutation =
        new Mutation(
            "next", 1, history.sequence(), history.sequence() + 1, last.replayed().change());
    try {
      return Objects.requireNonNull(state.judge(mutation));
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }

  @Test
  @DisplayName("2.5 says what is needed to merge: not more than is, and not less for later changes")
  default void rule2_5_contextIsBeforeAndGrows() {
    History history = new History(this, 25).steps(60, 5);

    long before = 0;
    for (long sequence = 0; sequence <= history.sequence(); sequence++) {
      long context = history.state.context(sequence);
      assertThat(context).isBetween(before, sequence);
      before = context;
    }
  }
}
