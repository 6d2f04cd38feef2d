package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A text against a {@link StringBuilder}, through edits of one character and of thousands. */
final class TextPropertyTest {

  @Property(seed = "2001", tries = 300)
  void edits_agreeWithAStringBuilder(@ForAll("splices") List<RawSplice> splices) {
    Text text = Text.empty();
    StringBuilder model = new StringBuilder();

    for (RawSplice splice : splices) {
      int length = model.codePointCount(0, model.length());
      int from = (int) (splice.place * length);
      int count = Math.min(splice.deleted, length - from);
      int start = model.offsetByCodePoints(0, from);
      model.replace(start, model.offsetByCodePoints(start, count), splice.inserted());

      text = text.apply(TextDelta.replace(from, count, splice.inserted()));

      agrees(text, model.toString());
    }
  }

  @Property(seed = "2002", tries = 300)
  void deltaOfManyParts_agreesWithTheString(
      @ForAll("splices") List<RawSplice> splices, @ForAll("parts") List<Edits.RawPart> parts) {
    String before = splices.isEmpty() ? "" : splices.get(0).inserted().repeat(3);
    TextDelta small = Edits.fit(parts, before);
    TextDelta delta = small;
    for (RawSplice splice : splices) {
      int length = Edits.length(before) + delta.change();
      int from = (int) (splice.place * length);
      int count = Math.min(splice.deleted, length - from);
      delta = delta.compose(TextDelta.replace(from, count, splice.inserted()));
    }

    agrees(Text.of(before).apply(delta), delta.apply(before));
  }

  @Property(seed = "2003", tries = 4)
  void aLongSession_keepsTheTreeInShape(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder model = new StringBuilder("line of text\n".repeat(20_000));
    Text text = Text.of(model.toString());

    for (int step = 0; step < 4_000; step++) {
      int from = random.nextInt(model.length() + 1);
      int count = Math.min(random.nextInt(20) == 0 ? 5_000 : 3, model.length() - from);
      String inserted = "x".repeat(random.nextInt(30) == 0 ? 6_000 : random.nextInt(5));
      model.replace(from, from + count, inserted);
      text = text.apply(TextDelta.replace(from, count, inserted));
    }

    agrees(text, model.toString());
    AtomicInteger pieces = new AtomicInteger();
    text.forEachPiece(piece -> pieces.incrementAndGet());
    assertThat(text.chars() / pieces.get()).as("chars of a piece").isGreaterThan(300);
  }

  private static void agrees(Text text, String expected) {
    TextShape.check(text);
    assertThat(text.toString()).isEqualTo(expected);
    assertThat(text).isEqualTo(Text.of(expected)).hasSameHashCodeAs(expected);
    assertThat(text.chars()).isEqualTo(expected.length());
    assertThat(text.length()).isEqualTo(Edits.length(expected));
    assertThat(text.lines()).isEqualTo(expected.split("\n", -1).length);
    for (int position = 0; position <= text.length(); position += 1 + text.length() / 7) {
      asksAgree(text, expected, position);
    }
  }

  private static void asksAgree(Text text, String expected, int position) {
    int index = expected.offsetByCodePoints(0, position);
    String before = expected.substring(0, index);
    int line = before.split("\n", -1).length - 1;
    assertThat(text.charIndex(position)).isEqualTo(index);
    assertThat(text.codePointIndex(index)).isEqualTo(position);
    assertThat(text.lineAt(position)).isEqualTo(line);
    assertThat(text.lineStart(line))
        .isEqualTo(Edits.length(before.substring(0, before.lastIndexOf('\n') + 1)));
    assertThat(text.substring(0, position)).isEqualTo(before);
    assertThat(text.substring(position, text.length())).isEqualTo(expected.substring(index));
    if (position < text.length()) {
      assertThat(text.codePointAt(position)).isEqualTo(expected.codePointAt(index));
    }
  }

  @Provide
  Arbitrary<List<RawSplice>> splices() {
    Arbitrary<Integer> repeats =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(1)), Tuple.of(1, Arbitraries.integers().between(0, 900)));
    Arbitrary<Integer> deleted =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 2)),
            Tuple.of(1, Arbitraries.integers().between(0, 3_000)));
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), deleted, Edits.texts(5), repeats)
        .as(RawSplice::new)
        .list()
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<Edits.RawPart>> parts() {
    return Edits.parts();
  }

  record RawSplice(double place, int deleted, String piece, int repeats) {
    String inserted() {
      return piece.repeat(repeats);
    }
  }
}
