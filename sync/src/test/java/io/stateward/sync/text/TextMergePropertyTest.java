package io.stateward.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.sync.text.Edits.RawPart;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class TextMergePropertyTest {

  @Property(seed = "3001")
  void diff_makesTheOtherVersion(@ForAll("texts") String was, @ForAll("texts") String now) {
    assertThat(TextMerge.diff(was, now).apply(was)).isEqualTo(now);
  }

  @Property(seed = "3002")
  void myers_changesAsFewCharactersAsPossible(
      @ForAll("texts") String was, @ForAll("texts") String now) {
    int[] before = was.codePoints().toArray();
    int[] after = now.codePoints().toArray();
    MyersDiff diff = new MyersDiff(before, after, new MyersDiff.Allowance(1_000_000));

    diff.compare(0, before.length, 0, after.length);

    int common = longestCommonSubsequence(before, after);
    assertThat(diff.deleted().cardinality()).isEqualTo(before.length - common);
    assertThat(diff.inserted().cardinality()).isEqualTo(after.length - common);
  }

  @Property(seed = "3003")
  void diff_withLittleAllowance_isStillAnEdit(
      @ForAll("texts") String was, @ForAll("texts") String now) {
    int[] before = was.codePoints().toArray();
    int[] after = now.codePoints().toArray();
    MyersDiff diff = new MyersDiff(before, after, new MyersDiff.Allowance(12));

    diff.compare(0, before.length, 0, after.length);

    StringBuilder kept = new StringBuilder();
    StringBuilder there = new StringBuilder();
    appendUnset(before, diff.deleted(), kept);
    appendUnset(after, diff.inserted(), there);
    assertThat(kept).hasToString(there.toString());
  }

  @Property(seed = "3004")
  void threeWay_oneSideChanged_isThatChange(
      @ForAll("texts") String base, @ForAll("parts") List<RawPart> parts) {
    TextDelta mine = Edits.fit(parts, base);

    assertThat(TextMerge.threeWay(base, mine, base).apply(base)).isEqualTo(mine.apply(base));
    assertThat(TextMerge.threeWay(base, mine, mine.apply(base))).isEqualTo(TextDelta.empty());
    assertThat(TextMerge.threeWay(base, TextDelta.empty(), mine.apply(base)))
        .isEqualTo(TextDelta.empty());
  }

  @Property(seed = "3005")
  void threeWay_partsFarFromEachOther_bothAreThere(
      @ForAll("texts") String one,
      @ForAll("texts") String other,
      @ForAll("parts") List<RawPart> first,
      @ForAll("parts") List<RawPart> second) {
    String between = "0123456789".repeat(5);
    String base = one + between + other;
    TextDelta mine = Edits.fit(first, one);
    String theirs = one + between + Edits.fit(second, other).apply(other);

    assertThat(TextMerge.threeWay(base, mine, theirs).apply(theirs))
        .isEqualTo(mine.apply(one) + theirs.substring(one.length()));
  }

  private static void appendUnset(int[] symbols, BitSet set, StringBuilder target) {
    for (int index = 0; index < symbols.length; index++) {
      if (!set.get(index)) {
        target.appendCodePoint(symbols[index]);
      }
    }
  }

  private static int longestCommonSubsequence(int[] one, int[] other) {
    int[][] length = new int[one.length + 1][other.length + 1];
    for (int i = one.length - 1; i >= 0; i--) {
      for (int j = other.length - 1; j >= 0; j--) {
        length[i][j] =
            one[i] == other[j]
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length[0][0];
  }

  @Provide
  Arbitrary<String> texts() {
    return Edits.texts(24);
  }

  @Provide
  Arbitrary<List<RawPart>> parts() {
    return Edits.parts();
  }
}
