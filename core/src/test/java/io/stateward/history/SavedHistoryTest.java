package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Codec;
import io.stateward.codec.CodecException;
import io.stateward.store.Store;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that leave the process and come back. */
final class SavedHistoryTest {

  private final Store<String> store = Store.of("text", "");
  private final History<String> history = History.of(store);
  private final Codec<SavedHistory<String>> codec = SavedHistory.codec(Codec.text(), 10);

  private byte[] saved() {
    history.group("First", () -> store.set("1"));
    store.set("2");
    history.group("Third", () -> store.set("3"));
    history.undo();
    return codec.encode(history.save());
  }

  @Test
  void restore_inAnotherProcess_undoesAndRedoesAsBefore() {
    byte[] kept = saved();
    Store<String> again = Store.of("again", "2");
    History<String> restored = History.of(again);

    RestoreResult<String> result = restored.restore(codec.decode(kept));

    assertThat(result).isEqualTo(new RestoreResult.Restored<>(3));
    assertThat(restored.status().get()).isEqualTo(new HistoryStatus(2, 1, null, "Third", 0, false));
    restored.undo();
    assertThat(restored.undo()).isEqualTo(new UndoResult.Undone<>("First", ""));
    restored.redo();
    restored.redo();
    assertThat(restored.redo()).isEqualTo(new RedoResult.Redone<>("Third", "3"));
  }

  @Test
  void restore_storeIsElsewhere_changesNothingAndSaysSo() {
    SavedHistory<String> kept = codec.decode(saved());
    Store<String> again = Store.of("again", "other");
    History<String> restored = History.of(again);
    again.set("more");

    RestoreResult<String> result = restored.restore(kept);

    assertThat(result).isEqualTo(new RestoreResult.Diverged<>("2", "more"));
    assertThat(
            result.<String>fold(
                taken -> "taken", diverged -> diverged.saved() + " is not " + diverged.found()))
        .isEqualTo("2 is not more");
    assertThat(restored.status().get().undoable()).isEqualTo(1);
    assertThat(again.get()).isEqualTo("more");
  }

  @Test
  void restore_narrowerBounds_takesOverWhatFits() {
    SavedHistory<String> kept = codec.decode(saved());
    Store<String> again = Store.of("again", "2");
    History<String> restored = History.over(again).steps(2).start();

    assertThat(restored.restore(kept)).isEqualTo(new RestoreResult.Restored<>(2));
    assertThat(restored.save().base()).isEqualTo("1");
  }

  @Test
  void restore_nextTyping_isAStepOfItsOwn() {
    history.coalesce("Typing", "key", () -> store.set("1"));
    SavedHistory<String> kept = codec.decode(codec.encode(history.save()));

    history.restore(kept);
    history.coalesce("Typing", "key", () -> store.set("12"));

    assertThat(history.status().get().undoable()).isEqualTo(2);
  }

  @Test
  void restore_stepsThatLeadNowhere_areLeftOut() {
    var kept =
        new SavedHistory<>(
            "a",
            List.of(
                new SavedHistory.Step<>("none", "a"),
                new SavedHistory.Step<>("b", "b"),
                new SavedHistory.Step<>("none", "b"),
                new SavedHistory.Step<>("c", "c")),
            3);
    Store<String> again = Store.of("again", "b");
    History<String> restored = History.of(again);

    assertThat(restored.restore(kept)).isEqualTo(new RestoreResult.Restored<>(2));
    assertThat(restored.undo()).isEqualTo(new UndoResult.Undone<>("b", "a"));
    restored.redo();
    assertThat(restored.redo()).isEqualTo(new RedoResult.Redone<>("c", "c"));
  }

  @Test
  void codec_roundTrip_isEqual() {
    saved();

    SavedHistory<String> value = history.save();

    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    assertThat(value.current()).isEqualTo("2");
    assertThat(codec.schema()).isEqualTo("history/1 of text");
  }

  @Test
  void decode_anotherSchema_isRefusedByName() {
    byte[] kept = saved();
    Codec<SavedHistory<Long>> numbers = SavedHistory.codec(Codec.int64(), 10);

    assertThatThrownBy(() -> numbers.decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("history/1 of int64")
        .hasMessageContaining(
            "its states have schema 'text', and those of this history have 'int64'; migrate them,"
                + " or drop it");
  }

  @Test
  void decode_anyByteAltered_isRefused() {
    byte[] kept = saved();
    for (int i = 0; i < kept.length; i++) {
      byte[] altered = kept.clone();
      altered[i] ^= 0x40;

      assertThatThrownBy(() -> codec.decode(altered)).isInstanceOf(CodecException.class);
    }
  }

  @Test
  void decode_cutOffAnywhere_isRefused() {
    byte[] kept = saved();
    for (int i = 0; i < kept.length; i++) {
      byte[] cut = Arrays.copyOf(kept, i);

      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
    }
  }

  @Test
  void codec_moreStepsThanAllowed_isRefusedBothWays() {
    byte[] kept = saved();
    Codec<SavedHistory<String>> small = SavedHistory.codec(Codec.text(), 2);

    assertThatThrownBy(() -> small.decode(kept))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("it has 3 steps, and up to 2 are allowed");
    assertThatThrownBy(() -> small.encode(history.save()))
        .hasMessageContaining("it has 3 steps, and up to 2 are allowed");
    assertThatThrownBy(() -> SavedHistory.codec(Codec.text(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void savedHistory_moreDoneThanThereAre_isRefused() {
    assertThatThrownBy(() -> new SavedHistory<>("", List.of(), 1))
        .hasMessage("Of 0 steps, between 0 and 0 are done, not 1.");
  }
}
