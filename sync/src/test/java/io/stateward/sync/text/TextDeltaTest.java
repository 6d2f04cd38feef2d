package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stateward.codec.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextDeltaTest {

  @Test
  void example_ofTheDocumentation_holds() {
    TextDelta mine = TextDelta.insert(5, ", dear");
    TextDelta theirs = TextDelta.replace(0, 5, "Goodbye");

    TextDelta after = theirs.transform(mine, Side.RIGHT);

    assertThat(mine.apply("Hello world")).isEqualTo("Hello, dear world");
    assertThat(mine.compose(after).apply("Hello world")).isEqualTo("Goodbye, dear world");
    assertThat(mine.invert("Hello world")).hasToString("[5,{\"d\":6}]");
    assertThat(TextDelta.builder().retain(1).insert("x").delete(2).build())
        .hasToString("[1,\"x\",{\"d\":2}]");
    assertThat(TextDelta.builder().retain(2).insert("new").delete(3).build())
        .hasToString("[2,\"new\",{\"d\":3}]");
  }

  @Test
  void build_joinsNeighboursAndDropsWhatDoesNothing() {
    TextDelta delta =
        TextDelta.builder()
            .retain(1)
            .retain(0)
            .retain(2)
            .insert("a")
            .insert("")
            .insert("😅")
            .insert("c")
            .delete(1)
            .delete(2)
            .retain(9)
            .build();

    assertThat(delta).hasToString("[3,\"a😅c\",{\"d\":3}]");
    assertThat(delta.inputLength()).isEqualTo(6);
    assertThat(delta.change()).isZero();
    assertThat(delta.parts())
        .isEqualTo(
            List.of(
                new TextDelta.Retain(3), new TextDelta.Insert("a😅c"), new TextDelta.Delete(3)));
  }

  @Test
  void build_keepsTheOrderOfInsertAndDelete() {
    TextDelta before = TextDelta.builder().insert("x").delete(1).build();
    TextDelta after = TextDelta.builder().delete(1).insert("x").build();

    assertThat(before).isNotEqualTo(after);
    assertThat(before.apply("a")).isEqualTo(after.apply("a"));
  }

  @Test
  void build_usedOn_leavesTheEarlierEditAlone() {
    TextDeltaBuilder builder = TextDelta.builder().insert("a").insert("b");
    TextDelta first = builder.build();

    TextDelta second = builder.insert("c").retain(4).build();

    assertThat(first).hasToString("[\"ab\"]");
    assertThat(second).hasToString("[\"abc\"]").isEqualTo(builder.build());
    assertThat(second.inputLength()).isZero();
  }

  @Test
  void partsFold_callsTheOneFunction() {
    TextDelta delta = TextDelta.builder().retain(1).insert("x").delete(2).build();

    List<String> folded =
        delta.parts().stream()
            .map(part -> part.<String>fold(n -> "keep " + n, t -> "put " + t, n -> "take " + n))
            .toList();

    assertThat(folded).containsExactly("keep 1", "put x", "take 2");
  }

  @Test
  void empty_isNeutral() {
    TextDelta some = TextDelta.insert(1, "x");

    assertThat(TextDelta.delete(7, 0)).isEqualTo(TextDelta.empty());
    assertThat(TextDelta.empty().isEmpty()).isTrue();
    assertThat(TextDelta.empty().apply("a")).isEqualTo("a");
    assertThat(some.compose(TextDelta.empty())).isSameAs(some);
    assertThat(TextDelta.empty().compose(some)).isSameAs(some);
    assertThat(some.transform(TextDelta.empty(), Side.LEFT)).isSameAs(some);
  }

  @Test
  void apply_countsCodePoints() {
    TextDelta delta = TextDelta.replace(2, 1, "🤖");

    assertThat(delta.apply("😅a😅b")).isEqualTo("😅a🤖b");
    assertThat(delta.invert("😅a😅b").apply("😅a🤖b")).isEqualTo("😅a😅b");
  }

  @Test
  void fromTree_deletedText_isCounted() {
    TextDelta delta = TextDelta.fromTree(Tree.parse("[2,{\"d\":\"a😅\"},\"x\",0,\"\"]"));

    assertThat(delta).hasToString("[2,{\"d\":2},\"x\"]");
    assertThat(TextDelta.fromTree(delta.toTree())).isEqualTo(delta).hasSameHashCodeAs(delta);
  }

  @Test
  void fromTree_somethingElse_saysWhatAndWhere() {
    refusesToRead("{}", "An edit is an array of parts");
    refusesToRead("[1,true]", "Part 1 of the edit", "a boolean");
    refusesToRead("[null]", "null");
    refusesToRead("[[1]]", "an array");
    refusesToRead("[-1]", "cannot retain -1");
    refusesToRead("[1.5]", "1.5");
    refusesToRead("[{\"d\":-3}]", "cannot delete -3");
    refusesToRead("[{\"d\":null}]", "Part 0", "null");
    refusesToRead("[{\"d\":1,\"e\":2}]", "one member \"d\"");
    refusesToRead("[{}]", "one member \"d\"");
    refusesToRead("[\"a\\ud83d\"]", "U+D83D", "char 1");
    refusesToRead("[{\"d\":\"\\ude05\"}]", "U+DE05");
    refusesToRead("[2147483647,\"a\",{\"d\":1}]", "2147483648");
  }

  private static void refusesToRead(String json, String... said) {
    Tree tree = Tree.parse(json);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextDelta.fromTree(tree))
        .withMessageContainingAll(said);
  }

  @Test
  void insert_halfAPair_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextDelta.insert(0, "ab\uD83D"))
        .withMessageContainingAll("U+D83D", "char 2", "insert a pair of surrogates whole");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextDelta.insert(0, "\uDE05\uD83D"))
        .withMessageContaining("U+DE05");
  }

  @Test
  void numbersBelowZero_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextDelta.insert(-1, "a"))
        .withMessageContaining("retain -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextDelta.delete(0, -2))
        .withMessageContaining("delete -2");
    TextDelta delta = TextDelta.insert(0, "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> delta.transformPosition(-1, Bias.AFTER))
        .withMessageContaining("-1");
  }

  @Test
  void apply_textTooShort_isRefusedWithBothLengths() {
    TextDelta delta = TextDelta.delete(3, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> delta.apply("😅😅😅😅"))
        .withMessageContainingAll("at least 7", "has 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> delta.invert("abc"))
        .withMessageContainingAll("at least 7", "has 3");
  }

  @Test
  void transformPosition_atAnInsert_followsTheBias() {
    TextDelta delta = TextDelta.builder().retain(2).insert("xy").delete(3).build();

    assertThat(delta.transformPosition(1, Bias.AFTER)).isEqualTo(1);
    assertThat(delta.transformPosition(2, Bias.BEFORE)).isEqualTo(2);
    assertThat(delta.transformPosition(2, Bias.AFTER)).isEqualTo(4);
    assertThat(delta.transformPosition(4, Bias.BEFORE)).isEqualTo(4);
    assertThat(delta.transformPosition(5, Bias.BEFORE)).isEqualTo(4);
    assertThat(delta.transformPosition(9, Bias.BEFORE)).isEqualTo(8);
  }
}
