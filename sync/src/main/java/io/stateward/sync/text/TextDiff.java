package io.stateward.sync.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The edit between two versions of a text: lines first where there are many, then characters. */
final class TextDiff {

  /** What has no more code points than this, in both versions, is compared without lines. */
  private static final int SHORT = 4_096;

  /** Some tenths of a second. */
  private static final long ALLOWED_STEPS = 20_000_000;

  private final int[] was;
  private final int[] now;
  private final MyersDiff.Allowance allowance = new MyersDiff.Allowance(ALLOWED_STEPS);
  private final MyersDiff characters;

  private TextDiff(int[] was, int[] now) {
    this.was = was;
    this.now = now;
    characters = new MyersDiff(was, now, allowance);
  }

  static TextDelta between(int[] was, int[] now) {
    int shorter = Math.min(was.length, now.length);
    int start = Arrays.mismatch(was, 0, shorter, now, 0, shorter);
    if (start < 0) {
      start = shorter;
    }
    int end = 0;
    while (end < shorter - start && was[was.length - 1 - end] == now[now.length - 1 - end]) {
      end++;
    }
    return new TextDiff(
            Arrays.copyOfRange(was, start, was.length - end),
            Arrays.copyOfRange(now, start, now.length - end))
        .after(start);
  }

  private TextDelta after(int start) {
    if ((long) was.length + now.length <= SHORT) {
      characters.compare(0, was.length, 0, now.length);
    } else {
      compareLines();
    }
    TextDeltaBuilder builder = new TextDeltaBuilder().retain(start);
    int done = 0;
    for (Hunk hunk : readable(characters)) {
      builder.retain(hunk.wasFrom - done);
      String inserted = new String(now, hunk.nowFrom, hunk.inserted());
      builder.insert(inserted, hunk.inserted()).delete(hunk.deleted());
      done = hunk.wasTo;
    }
    return builder.build();
  }

  private void compareLines() {
    Map<String, Integer> numbers = new HashMap<>();
    Lines before = Lines.of(was, numbers);
    Lines after = Lines.of(now, numbers);
    MyersDiff lines = new MyersDiff(before.numbers, after.numbers, allowance);
    lines.compare(0, before.numbers.length, 0, after.numbers.length);
    for (Hunk hunk : Hunk.of(lines)) {
      characters.compare(
          before.starts[hunk.wasFrom],
          before.starts[hunk.wasTo],
          after.starts[hunk.nowFrom],
          after.starts[hunk.nowTo]);
    }
  }

  /**
   * Joins changes between which so little stayed that it stayed by chance, as one letter may
   * between two words. Where only insertions or only deletions meet, all that stayed is kept: it is
   * where concurrent edits hold on to.
   */
  private static Deque<Hunk> readable(MyersDiff diff) {
    Deque<Hunk> joined = new ArrayDeque<>();
    for (Hunk next : Hunk.of(diff)) {
      Hunk hunk = next;
      while (!joined.isEmpty() && joined.getLast().joins(hunk)) {
        hunk = joined.removeLast().to(hunk);
      }
      joined.add(hunk);
    }
    return joined;
  }

  /** A run of lines: what number each has among those that differ, and where each starts. */
  private static final class Lines {
    private final int[] numbers;
    private final int[] starts; // and where the last one ends

    private Lines(int[] numbers, int[] starts) {
      this.numbers = numbers;
      this.starts = starts;
    }

    static Lines of(int[] text, Map<String, Integer> known) {
      int count = 1 + (int) Arrays.stream(text).filter(found -> found == '\n').count();
      int[] numbers = new int[count];
      int[] starts = new int[count + 1];
      int line = 0;
      for (int at = 0; at < text.length; at++) {
        if (text[at] == '\n') {
          starts[line + 1] = at + 1;
          numbers[line] = number(text, starts[line], at + 1, known);
          line++;
        }
      }
      starts[count] = text.length;
      numbers[line] = number(text, starts[line], text.length, known);
      return new Lines(numbers, starts);
    }

    private static int number(int[] text, int from, int to, Map<String, Integer> known) {
      return known.computeIfAbsent(new String(text, from, to - from), line -> known.size());
    }
  }

  /** A run of one version in the place of a run of the other. */
  private record Hunk(int wasFrom, int wasTo, int nowFrom, int nowTo) {

    int deleted() {
      return wasTo - wasFrom;
    }

    int inserted() {
      return nowTo - nowFrom;
    }

    boolean joins(Hunk next) {
      int stayed = next.wasFrom - wasTo;
      int changed =
          Math.min(Math.max(deleted(), inserted()), Math.max(next.deleted(), next.inserted()));
      return deleted() + next.deleted() > 0
          && inserted() + next.inserted() > 0
          && stayed <= changed;
    }

    Hunk to(Hunk next) {
      return new Hunk(wasFrom, next.wasTo, nowFrom, next.nowTo);
    }

    static Deque<Hunk> of(MyersDiff diff) {
      Deque<Hunk> hunks = new ArrayDeque<>();
      int was = 0;
      int now = 0;
      while (true) {
        int stays = Math.min(untilSet(diff.deleted(), was), untilSet(diff.inserted(), now));
        if (stays == Integer.MAX_VALUE) {
          return hunks;
        }
        was += stays;
        now += stays;
        Hunk hunk =
            new Hunk(was, diff.deleted().nextClearBit(was), now, diff.inserted().nextClearBit(now));
        hunks.add(hunk);
        was = hunk.wasTo;
        now = hunk.nowTo;
      }
    }

    private static int untilSet(BitSet bits, int from) {
      int found = bits.nextSetBit(from);
      return found < 0 ? Integer.MAX_VALUE : found - from;
    }
  }
}
