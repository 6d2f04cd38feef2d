package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.text.Edits.RawPart;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class TextDeltaPropertyTest {

  @Property(seed = "1001")
  void apply_agreesWithTheModel(
      @ForAll("texts") String text, @ForAll("parts") List<RawPart> parts) {
    TextDelta delta = Edits.fit(parts, text);

    String after = delta.apply(text);

    assertThat(after).isEqualTo(NaiveEdit.of(delta, text).apply(text));
    assertThat(delta.change()).isEqualTo(Edits.length(after) - Edits.length(text));
    assertThat(delta.inputLength()).isLessThanOrEqualTo(Edits.length(text));
  }

  @Property(seed = "1002")
  void invert_takesBack(@ForAll("texts") String text, @ForAll("parts") List<RawPart> parts) {
    TextDelta delta = Edits.fit(parts, text);

    TextDelta inverse = delta.invert(text);

    assertThat(inverse.apply(delta.apply(text))).isEqualTo(text);
    assertThat(inverse.invert(delta.apply(text)).apply(text)).isEqualTo(delta.apply(text));
    assertThat(delta.compose(inverse).apply(text)).isEqualTo(text);
  }

  @Property(seed = "1003")
  void compose_isAssociativeAndDoesOneAfterTheOther(
      @ForAll("texts") String text,
      @ForAll("parts") List<RawPart> first,
      @ForAll("parts") List<RawPart> second,
      @ForAll("parts") List<RawPart> third) {
    TextDelta one = Edits.fit(first, text);
    TextDelta two = Edits.fit(second, one.apply(text));
    String between = two.apply(one.apply(text));
    TextDelta three = Edits.fit(third, between);

    TextDelta both = one.compose(two);

    assertThat(both.apply(text)).isEqualTo(between);
    assertThat(both.compose(three)).isEqualTo(one.compose(two.compose(three)));
  }

  @Property(seed = "1004")
  void transform_makesTheTextOfBothInEitherOrder(
      @ForAll("texts") String text,
      @ForAll("parts") List<RawPart> first,
      @ForAll("parts") List<RawPart> second) {
    TextDelta mine = Edits.fit(first, text);
    TextDelta theirs = Edits.fit(second, text);

    TextDelta mineThenTheirs = mine.compose(theirs.transform(mine, Side.RIGHT));
    TextDelta theirsThenMine = theirs.compose(mine.transform(theirs, Side.LEFT));

    assertThat(mineThenTheirs.apply(text))
        .isEqualTo(theirsThenMine.apply(text))
        .isEqualTo(NaiveEdit.of(mine, text).merge(NaiveEdit.of(theirs, text), text));
  }

  @Property(seed = "1005")
  void transform_overNothingOrOfNothing_changesNothing(
      @ForAll("texts") String text, @ForAll("parts") List<RawPart> parts, @ForAll Side side) {
    TextDelta delta = Edits.fit(parts, text);

    assertThat(delta.transform(TextDelta.empty(), side)).isEqualTo(delta);
    assertThat(TextDelta.empty().transform(delta, side)).isEqualTo(TextDelta.empty());
  }

  @Property(seed = "1006")
  void transformPosition_agreesWithTheModel(
      @ForAll("texts") String text, @ForAll("parts") List<RawPart> parts, @ForAll Bias bias) {
    TextDelta delta = Edits.fit(parts, text);
    NaiveEdit naive = NaiveEdit.of(delta, text);

    for (int position = 0; position <= Edits.length(text); position++) {
      assertThat(delta.transformPosition(position, bias))
          .as("position %d of %s after %s", position, text, delta)
          .isEqualTo(naive.position(position, bias));
    }
  }

  @Property(seed = "1007")
  void theForm_isReadAsTheSameEdit(
      @ForAll("texts") String text, @ForAll("parts") List<RawPart> parts) {
    TextDelta delta = Edits.fit(parts, text);

    TextDelta read = TextDelta.fromTree(Tree.parse(delta.toString()));

    assertThat(read).isEqualTo(delta).hasSameHashCodeAs(delta);
    assertThat(read.change()).isEqualTo(delta.change());
    assertThat(read.inputLength()).isEqualTo(delta.inputLength());
  }

  @Provide
  Arbitrary<String> texts() {
    return Edits.texts(12);
  }

  @Provide
  Arbitrary<List<RawPart>> parts() {
    return Edits.parts();
  }
}
