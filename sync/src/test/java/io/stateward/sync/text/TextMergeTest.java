package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextMergeTest {

  @Test
  void example_ofTheDocumentation_holds() {
    TextDelta mine = TextDelta.replace(0, 3, "blue");

    TextDelta merged = TextMerge.threeWay("red green", mine, "red or green");

    assertThat(TextMerge.diff("red green", "red or green")).hasToString("[4,\"or \"]");
    assertThat(merged.apply("red or green")).isEqualTo("blue or green");
  }

  @Test
  void diff_ofTheSame_isEmpty() {
    Text text = Text.of("abc😅");

    assertThat(TextMerge.diff(text, Text.of("abc😅"))).isEqualTo(TextDelta.empty());
    assertThat(TextMerge.diff(text, text)).isEqualTo(TextDelta.empty());
    assertThat(TextMerge.diff("", "")).isEqualTo(TextDelta.empty());
  }

  @Test
  void diff_charactersThatShareASurrogate_areReplacedWhole() {
    assertThat(TextMerge.diff("a😅b", "a😆b")).hasToString("[1,\"😆\",{\"d\":1}]");
  }

  @Test
  void diff_anotherWord_isReplacedWhole() {
    assertThat(TextMerge.diff("a mouse here", "a sofas here"))
        .hasToString("[2,\"sofas\",{\"d\":5}]");
  }

  @Test
  void diff_insertionsAlone_deleteNothing() {
    assertThat(TextMerge.diff("f(a)", "f(x, a, y)")).hasToString("[2,\"x, \",1,\", y\"]");
  }

  @Test
  void diff_manyLines_keepsThoseThatStay() {
    String was = lines(0, 3_000);
    String now = lines(0, 1_000) + "new\n" + lines(1_010, 2_500).replace("line 2000", "LINE 2000");

    TextDelta delta = TextMerge.diff(was, now);

    assertThat(delta.apply(was)).isEqualTo(now);
    assertThat(delta.parts()).hasSizeLessThan(12);
    assertThat(inserted(delta)).isLessThan(30);
  }

  @Test
  void diff_nothingInCommon_replacesInBoundedTime() {
    String was = noise(1, 400_000);
    String now = noise(2, 400_000);

    TextDelta delta = TextMerge.diff("same " + was + " end", "same " + now + " end");

    assertThat(delta.apply("same " + was + " end")).isEqualTo("same " + now + " end");
    assertThat(delta.parts().get(0)).isEqualTo(new TextDelta.Retain(5));
  }

  @Test
  void diff_halfAPair_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextMerge.diff("a", "a\uD83D"))
        .withMessageContaining("U+D83D");
  }

  @Test
  void threeWay_whatBothDid_isDoneOnce() {
    TextDelta mine = TextDelta.builder().insert("new ").retain(3).delete(4).build();

    assertThat(TextMerge.threeWay("red old!", mine, "new red!").apply("new red!"))
        .isEqualTo("new red!");
    assertThat(TextMerge.threeWay("red old!", mine, "nered old!").apply("nered old!"))
        .isEqualTo("new red!");
    assertThat(TextMerge.threeWay("red old!", mine, "newest red old!").apply("newest red old!"))
        .isEqualTo("newest new red!");
  }

  @Test
  void threeWay_bothInsertedAtOnePlace_theirsIsFirst() {
    TextDelta merged = TextMerge.threeWay("ab", TextDelta.insert(1, "mine"), "atheirsb");

    assertThat(merged.apply("atheirsb")).isEqualTo("atheirsmineb");
  }

  @Test
  void threeWay_ofTexts_isThatOfTheirStrings() {
    Text base = Text.of("red green");
    TextDelta mine = TextDelta.insert(9, "!");

    TextDelta merged = TextMerge.threeWay(base, mine, Text.of("blue green"));

    assertThat(merged).isEqualTo(TextMerge.threeWay("red green", mine, "blue green"));
    assertThat(Text.of("blue green").apply(merged)).hasToString("blue green!");
  }

  @Test
  void threeWay_ofTooManyEditsToCompare_putsInOnlyWhatWasTyped() {
    String base = noise(1, 100_000);
    TextDeltaBuilder edits = TextDelta.builder();
    for (int i = 0; i < 10_000; i++) {
      edits.retain(7).delete(2).insert("XYZ");
    }
    TextDelta mine = edits.build();
    String theirs = base + "!";

    TextDelta merged = TextMerge.threeWay(base, mine, theirs);

    assertThat(inserted(merged)).isEqualTo(30_000);
    assertThat(merged.apply(theirs)).isEqualTo(mine.apply(base) + "!");
  }

  private static int inserted(TextDelta delta) {
    return delta.parts().stream()
        .mapToInt(part -> part.fold(kept -> 0, String::length, taken -> 0))
        .sum();
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(n -> "line " + n + "\n")
        .collect(Collectors.joining());
  }

  private static String noise(int seed, int length) {
    return new Random(seed)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
