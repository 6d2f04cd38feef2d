package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TextCursorTest {

  @Test
  void exampleOfTheCursor_holds() {
    TextCursor cursor = TextCursor.at(5);

    assertThat(cursor.moved(TextDelta.insert(0, "ab"))).isEqualTo(TextCursor.at(7));
    assertThat(cursor.moved(TextDelta.insert(5, "ab"))).isEqualTo(TextCursor.at(5));
    assertThat(cursor.typed(TextDelta.insert(5, "ab"))).isEqualTo(TextCursor.at(7));
    assertThat(cursor.moved(TextDelta.delete(2, 9))).isEqualTo(TextCursor.at(2));
  }

  @Test
  void exampleOfTheRange_holds() {
    TextRange word = TextRange.of(6, 11);

    assertThat(word.moved(TextDelta.insert(0, "ab"))).isEqualTo(TextRange.of(8, 13));
    assertThat(word.moved(TextDelta.insert(11, "ab"))).isEqualTo(TextRange.of(6, 11));
    assertThat(word.moved(TextDelta.insert(6, "ab"))).isEqualTo(TextRange.of(8, 13));
    assertThat(word.moved(TextDelta.insert(8, "ab"))).isEqualTo(TextRange.of(6, 13));
    assertThat(word.moved(TextDelta.delete(0, 20))).isEqualTo(TextRange.caret(0));
  }

  @Test
  void cursorAfter_goesBehindWhatOthersInsert() {
    TextCursor cursor = new TextCursor(5, Bias.AFTER);

    assertThat(cursor.moved(TextDelta.insert(5, "😅"))).isEqualTo(new TextCursor(6, Bias.AFTER));
  }

  @Test
  void caret_staysBeforeWhatOthersInsertAndGoesBehindMine() {
    TextRange caret = TextRange.caret(3);

    assertThat(caret.moved(TextDelta.insert(3, "ab"))).isEqualTo(TextRange.caret(3));
    assertThat(caret.typed(TextDelta.insert(3, "ab"))).isEqualTo(TextRange.caret(5));
    assertThat(caret.isCaret()).isTrue();
  }

  @Test
  void rangeSelectedBackwards_keepsItsDirection() {
    TextRange range = TextRange.of(11, 6);

    TextRange moved = range.moved(TextDelta.insert(6, "ab"));

    assertThat(moved).isEqualTo(TextRange.of(13, 8));
    assertThat(moved.from()).isEqualTo(8);
    assertThat(moved.to()).isEqualTo(13);
  }

  @Test
  void rangeThatIsTypedOver_becomesTheCaretBehind() {
    TextDelta over = TextDelta.replace(6, 5, "new");

    assertThat(TextRange.of(6, 11).typed(over)).isEqualTo(TextRange.caret(9));
    assertThat(TextRange.of(11, 6).typed(over)).isEqualTo(TextRange.caret(9));
  }

  @Test
  void beforeTheText_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextCursor.at(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextRange.of(3, -2))
        .withMessageContainingAll("3", "-2");
  }
}
