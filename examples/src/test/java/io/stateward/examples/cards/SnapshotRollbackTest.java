package io.stateward.examples.cards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is wrong with it is the point of it. */
final class SnapshotRollbackTest {

  private final SnapshotRollback<String> naive = new SnapshotRollback<>("");

  @Test
  void change_fails_putsTheStateBack() {
    Runnable failed = naive.change(text -> text + "a");
    assertThat(naive.visible().get()).isEqualTo("a");

    failed.run();

    assertThat(naive.visible().get()).isEmpty();
  }

  @Test
  void change_failsAfterOthers_losesThem() {
    Runnable failed = naive.change(text -> text + "a");
    naive.change(text -> text + "b");
    naive.received(text -> text + "c");

    failed.run();

    assertThat(naive.visible().get()).isEmpty(); // b and c are gone, and nobody wanted that
  }
}
