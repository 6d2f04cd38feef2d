package io.stateward.sync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.SharedTypeSubjects.History;
import io.stateward.sync.spi.SharedTypeSubjects.Judged;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of a state that is stored, restored and trimmed. */
interface SharedStorageRules extends SharedTypeSubjects {

  @Test
  @DisplayName("3.1 is after being restored what it was, by way of JSON too")
  default void rule3_1_restoredIsTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(seed * 3, 5);
      Tree stored = Tree.parse(history.state.store().toJson());

      assertThat(type().restore(stored).snapshot()).isEqualTo(history.state.snapshot());
    }
  }

  @Test
  @DisplayName("3.2 judges after being restored as if it had not been")
  default void rule3_2_restoredGoesOnTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(20, 5);
      SharedState restored = type().restore(history.state.store());
      int before = history.judged.size();

      history.steps(20, 5);

      checkSame(restored, history.judged.subList(before, history.judged.size()));
      assertThat(restored.snapshot()).isEqualTo(history.state.snapshot());
    }
  }

  private static void checkSame(SharedState state, List<Judged> mutations) {
    for (Judged each : mutations) {
      assertThat(SharedTypeSubjects.accepted(state, each.sent())).isEqualTo(each.accepted());
    }
  }

  @Test
  @DisplayName("3.3 is not changed by being stored")
  default void rule3_3_storingChangesNothing() {
    History history = new History(this, 33).steps(20, 5);
    Tree snapshot = history.state.snapshot();

    Tree first = history.state.store();
    Tree second = history.state.store();

    assertThat(second).isEqualTo(first);
    assertThat(history.state.snapshot()).isEqualTo(snapshot);
  }

  @Test
  @DisplayName("3.4 throws at what was never stored")
  default void rule3_4_nonsenseIsNotRestored() {
    for (Tree each : List.of(Tree.of(true), Tree.array(Tree.array(Tree.of(7))))) {
      assertThatThrownBy(() -> type().restore(each)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  @DisplayName("4.1 is after being trimmed what it was, and judges what is made later the same")
  default void rule4_1_trimmedGoesOnTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(20, 5);
      SharedState trimmed = type().restore(history.state.store());
      trimmed.trim(history.floor());
      int before = history.judged.size();
      assertThat(trimmed.snapshot()).isEqualTo(history.state.snapshot());

      history.steps(20, 5);

      List<Judged> later = history.judged.subList(before, history.judged.size());
      checkSame(trimmed, later);
      assertThat(trimmed.snapshot()).isEqualTo(history.state.snapshot());
    }
  }

  @Test
  @DisplayName("4.2 is stored and restored after being trimmed as before")
  default void rule4_2_trimmedIsRestored() {
    for (int seed = 0; seed < 20; seed++) {
      History history = new History(this, seed).steps(20, 5);
      history.state.trim(history.floor());
      SharedState restored = type().restore(Tree.parse(history.state.store().toJson()));
      int before = history.judged.size();

      history.steps(20, 5);

      checkSame(restored, history.judged.subList(before, history.judged.size()));
      assertThat(restored.snapshot()).isEqualTo(history.state.snapshot());
    }
  }
}
