package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextDeltaBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Portions of an edit come to the same, and none is too much. */
final class TextPortionsTest {

  private static final String[] WORDS = {"a", "bc", "😅😅x", "the quick brown"};

  @Property(seed = "20261127", tries = 500)
  void anyEdit_inPortions_makesTheSameText(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 5) int parts,
      @ForAll @IntRange(min = 1, max = 6) int inserted) {
    Random random = new Random(seed);
    String text = "0123456789😅".repeat(6);
    TextDelta edit = edit(random, text.codePointCount(0, text.length()));

    List<TextDelta> portions = TextPortions.of(edit, parts, inserted);

    String now = text;
    for (TextDelta portion : portions) {
      assertThat(portion.parts()).isNotEmpty().hasSizeLessThanOrEqualTo(parts);
      assertThat(portion.parts().stream().mapToInt(TextPortionsTest::insertedBy).sum())
          .isLessThanOrEqualTo(inserted);
      now = portion.apply(now);
    }
    assertThat(now).isEqualTo(edit.apply(text));
  }

  private static int insertedBy(TextDelta.Part part) {
    return part.<Integer>fold(
        retain -> 0, text -> text.codePointCount(0, text.length()), delete -> 0);
  }

  private static TextDelta edit(Random random, int length) {
    TextDeltaBuilder builder = TextDelta.builder();
    int left = length;
    for (int i = random.nextInt(30); i > 0; i--) {
      int count = Math.min(left, 1 + random.nextInt(4));
      switch (random.nextInt(3)) {
        case 0 -> builder.insert(WORDS[random.nextInt(WORDS.length)]);
        case 1 -> {
          if (count > 0) {
            builder.retain(count);
            left -= count;
          }
        }
        default -> {
          if (count > 0) {
            builder.delete(count);
            left -= count;
          }
        }
      }
    }
    return builder.build();
  }

  @Example
  void shortEdit_isOnePortion_andAnEmptyOneIsNone() {
    TextDelta edit = TextDelta.replace(3, 2, "x");

    assertThat(TextPortions.of(edit)).containsExactly(edit);
    assertThat(TextPortions.of(TextDelta.empty())).isEmpty();
  }

  @Example
  void longInsertion_ofWhateverTakesMostBytes_fitsTheSmallFramesOfAHub() {
    for (String longest : List.of("文", "\u0001", "😅")) {
      String text = longest.repeat(100_000);

      List<TextDelta> portions = TextPortions.of(TextDelta.insert(0, text));

      String now = "";
      for (TextDelta portion : portions) {
        Tree change = TextEdits.form(portion);
        String frame = Frames.encode(new Frame.Mutate("notes", "e1", 1, 1, 0, change));
        assertThat(frame.getBytes(StandardCharsets.UTF_8).length).isLessThan(64 << 10);
        now = portion.apply(now);
      }
      assertThat(now).isEqualTo(text);
    }
  }
}
