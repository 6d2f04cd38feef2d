package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TextUndoTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private TextUndo undo = TextUndo.of(time);
  private Text text = Text.of("Hello");

  @Test
  void example_ofTheDocumentation_holds() {
    mine(TextDelta.insert(5, " world"));
    theirs(TextDelta.insert(0, "> "));

    undo();
    assertThat(text).hasToString("> Hello");

    redo();
    assertThat(text).hasToString("> Hello world");
  }

  @Test
  void editsWithoutAPause_areUndoneTogether() {
    mine(TextDelta.insert(5, "a"));
    time.advance(Duration.ofMillis(499));
    theirs(TextDelta.delete(0, 1));
    mine(TextDelta.insert(5, "b"));
    time.advance(Duration.ofMillis(500));
    mine(TextDelta.insert(6, "c"));

    undo();
    assertThat(text).hasToString("elloab");

    undo();
    assertThat(text).hasToString("ello");
    assertThat(undo.canUndo()).isFalse();

    redo();
    redo();
    assertThat(text).hasToString("elloabc");
    assertThat(undo.canRedo()).isFalse();
  }

  @Test
  void boundary_endsAGroup() {
    mine(TextDelta.insert(5, "a"));
    undo.boundary();
    mine(TextDelta.insert(6, "b"));

    undo();

    assertThat(text).hasToString("Helloa");
  }

  @Test
  void editAfterAnUndo_beginsAGroupAndForgetsWhatWasUndone() {
    mine(TextDelta.insert(5, "a"));
    undo.boundary();
    mine(TextDelta.insert(6, "b"));
    undo();
    mine(TextDelta.insert(6, "c"));

    redo();
    assertThat(text).hasToString("Helloac");

    undo();
    assertThat(text).hasToString("Helloa");
  }

  @Test
  void whatOthersDeleted_isPassedOver() {
    mine(TextDelta.insert(0, "a"));
    undo.boundary();
    mine(TextDelta.insert(6, "b"));
    theirs(TextDelta.delete(6, 1));

    undo();

    assertThat(text).hasToString("Hello");
    assertThat(undo.canUndo()).isFalse();
    assertThat(undo.undo(text)).isEqualTo(TextDelta.empty());
  }

  @Test
  void whatOthersWroteWithinMine_stays() {
    mine(TextDelta.insert(5, "12"));
    theirs(TextDelta.insert(6, "X"));

    undo();
    assertThat(text).hasToString("HelloX");

    redo();
    assertThat(text).hasToString("Hello1X2");
  }

  @Test
  void whatIDeleted_comesBackBeforeWhatOthersWroteThere() {
    mine(TextDelta.delete(1, 3));
    theirs(TextDelta.insert(1, "X"));

    undo();

    assertThat(text).hasToString("HellXo");
  }

  @Test
  void moreThanTheCapacity_theOldestIsForgotten() {
    undo = TextUndo.of(time, Duration.ZERO, 2);
    mine(TextDelta.insert(5, "a"));
    mine(TextDelta.insert(6, "b"));
    mine(TextDelta.insert(7, "c"));

    undo();
    undo();
    undo();

    assertThat(text).hasToString("Helloa");
  }

  @Test
  void clear_forgetsAll() {
    mine(TextDelta.insert(5, "a"));
    undo();
    mine(TextDelta.insert(5, "b"));

    undo.clear();

    assertThat(undo.canUndo()).isFalse();
    assertThat(undo.canRedo()).isFalse();
    assertThat(undo.undo(text)).isEqualTo(TextDelta.empty());
  }

  @Test
  void settingsThatCannotBe_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextUndo.of(time, Duration.ofMillis(-1), 5))
        .withMessageContaining("PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextUndo.of(time, Duration.ZERO, 0))
        .withMessageContaining("0 groups");
  }

  @Test
  void undo_thatCannotBeApplied_isStillToBeDone() {
    text = Text.empty();
    mine(TextDelta.insert(0, "b"));
    undo.boundary();
    mine(TextDelta.insert(0, "a"));
    theirs(TextDelta.insert(1, "-"));

    assertThatIllegalStateException()
        .isThrownBy(() -> undo.undo(text, TextUndoTest::closed))
        .withMessage("closed");
    theirs(TextDelta.insert(3, "!"));

    undo();
    assertThat(text).hasToString("-b!");
    assertThatIllegalStateException().isThrownBy(() -> undo.redo(text, TextUndoTest::closed));
    redo();
    undo();
    undo();
    assertThat(text).hasToString("-!");
    assertThat(undo.canUndo()).isFalse();
    assertThat(undo.undo(text, TextUndoTest::closed)).isEmpty();
  }

  private static TextDelta closed(TextDelta delta) {
    throw new IllegalStateException("closed");
  }

  private void mine(TextDelta delta) {
    undo.mine(delta, text);
    text = text.apply(delta);
  }

  private void theirs(TextDelta delta) {
    undo.theirs(delta);
    text = text.apply(delta);
  }

  private void undo() {
    text = text.apply(undo.undo(text));
  }

  private void redo() {
    text = text.apply(undo.redo(text));
  }
}
