package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextTest {

  @Test
  void example_ofTheDocumentation_holds() {
    Text before = Text.of("Hello 😅");
    Text after = before.apply(TextDelta.insert(5, ", world"));

    assertThat(after).hasToString("Hello, world 😅");
    assertThat(before).hasToString("Hello 😅");
    assertThat(after.length()).isEqualTo(14);
    assertThat(after.chars()).isEqualTo(15);
    assertThat(after.substring(7, 12)).isEqualTo("world");
    assertThat(after.charIndex(14)).isEqualTo(15);
    assertThat(after.codePointAt(13)).isEqualTo("😅".codePointAt(0));
  }

  @Test
  void codePointIndex_withinAPair_isBeforeIt() {
    Text text = Text.of("a😅b");

    assertThat(List.of(0, 1, 2, 3, 4)).map(text::codePointIndex).containsExactly(0, 1, 1, 2, 3);
  }

  @Test
  void lines_areCountedByLineFeeds() {
    Text text = Text.of("one\n\nthree 😅\n");

    assertThat(text.lines()).isEqualTo(4);
    assertThat(List.of(0, 1, 2, 3)).map(text::lineStart).containsExactly(0, 4, 5, 13);
    assertThat(List.of(0, 3, 4, 5, 12, 13)).map(text::lineAt).containsExactly(0, 0, 1, 2, 2, 3);
    assertThat(Text.empty().lines()).isEqualTo(1);
  }

  @Test
  void equals_isByContent_howeverItWasMade() {
    String long1 = "abc😅\n".repeat(1_000);
    Text whole = Text.of(long1);
    Text typed = Text.empty();
    for (int index = 0; index < 1_000; index++) {
      typed = typed.apply(TextDelta.insert(typed.length(), "abc😅\n"));
    }
    Text changed = whole.apply(TextDelta.replace(2_500, 1, "x"));

    assertThat(typed).isEqualTo(whole).hasSameHashCodeAs(long1).hasToString(long1);
    assertThat(changed).isNotEqualTo(whole).isNotEqualTo(typed);
    assertThat(changed.apply(TextDelta.replace(2_500, 1, "a"))).isEqualTo(whole);
    assertThat(Text.of("")).isEqualTo(Text.empty()).hasSameHashCodeAs("");
  }

  @Test
  void apply_nothing_returnsTheSameText() {
    Text text = Text.of("abc");

    assertThat(text.apply(TextDelta.empty())).isSameAs(text);
    assertThat(text.apply(TextDelta.delete(0, 3)).isEmpty()).isTrue();
  }

  @Test
  void apply_oneCharacter_copiesOnlyThePathToIt() {
    Text before = Text.of("line of text\n".repeat(100_000));
    Text after = before.apply(TextDelta.insert(600_000, "x"));

    Set<TextNode> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    TextShape.nodes(before.root(), shared::add);
    List<TextNode> made = new ArrayList<>();
    TextShape.nodes(
        after.root(),
        node -> {
          if (!shared.contains(node)) {
            made.add(node);
          }
        });

    assertThat(shared).hasSizeGreaterThan(2_000);
    assertThat(made).hasSizeLessThanOrEqualTo(after.root().height() + 3);
  }

  @Test
  void pieces_areTheText() throws IOException {
    Text text = Text.of("x😅".repeat(5_000));
    List<String> pieces = new ArrayList<>();
    StringBuilder written = new StringBuilder();

    text.forEachPiece(pieces::add);
    text.writeTo(written);

    assertThat(pieces).hasSizeGreaterThan(5).allMatch(piece -> CodePoints.count(piece) > 0);
    assertThat(String.join("", pieces)).isEqualTo(text.toString());
    assertThat(written).hasToString(text.toString());
  }

  @Test
  void invert_takesTheDeletedTextFromTheText() {
    Text text = Text.of("Hello 😅".repeat(300));
    TextDelta delta =
        TextDelta.builder().retain(6).delete(1).insert("x").retain(900).delete(700).build();

    TextDelta inverse = delta.invert(text);

    assertThat(inverse).isEqualTo(delta.invert(text.toString()));
    assertThat(text.apply(delta).apply(inverse)).isEqualTo(text);
  }

  @Test
  void outsideTheText_isRefusedWithTheValues() {
    Text text = Text.of("a😅");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.substring(1, 3))
        .withMessageContainingAll("position 3", "0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.substring(2, 1))
        .withMessageContaining("from 2 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.charIndex(-1))
        .withMessageContaining("position -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.codePointIndex(4))
        .withMessageContainingAll("char 4", "0 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.codePointAt(2))
        .withMessageContaining("position 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.lineStart(1))
        .withMessageContaining("line 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> text.apply(TextDelta.delete(1, 2)))
        .withMessageContainingAll("at least 3", "has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Text.of("a\uD83D"))
        .withMessageContaining("U+D83D");
  }
}
