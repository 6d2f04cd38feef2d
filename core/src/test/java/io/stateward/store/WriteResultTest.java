package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WriteResultTest {

  private static final Exception CAUSE = new IllegalStateException("why");
  private static final List<WriteResult<Integer>> ALL =
      List.of(
          new WriteResult.Saved<>(1),
          new WriteResult.Conflict<>(2),
          new WriteResult.Gone<>(),
          new WriteResult.Rejected<>("rule"),
          new WriteResult.Cancelled<>(),
          new WriteResult.Failed<>(CAUSE));

  private static String told(WriteResult<?> result) {
    return result.fold(
        saved -> "saved " + saved,
        current -> "conflict with " + current,
        () -> "gone",
        reason -> "rejected: " + reason,
        () -> "cancelled",
        cause -> "failed: " + cause.getMessage());
  }

  @Test
  void fold_everyCase_callsItsFunction() {
    assertThat(ALL.stream().map(WriteResultTest::told))
        .containsExactly(
            "saved 1", "conflict with 2", "gone", "rejected: rule", "cancelled", "failed: why");
  }

  @Test
  void map_everyCase_staysTheCase() {
    assertThat(ALL.stream().map(result -> told(result.map(n -> "n" + n))))
        .containsExactly(
            "saved n1", "conflict with n2", "gone", "rejected: rule", "cancelled", "failed: why");
  }

  @Test
  void isSaved_savedAlone_isTrue() {
    assertThat(ALL.stream().map(WriteResult::isSaved))
        .containsExactly(true, false, false, false, false, false);
  }

  @Test
  void cases_withoutTheirContent_areRefused() {
    assertThatThrownBy(() -> new WriteResult.Saved<>(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new WriteResult.Failed<>(null))
        .isInstanceOf(NullPointerException.class);
  }
}
