package io.stateward.benchmarks.sync;

import io.stateward.benchmarks.TimedWorkload;
import io.stateward.benchmarks.Workload;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A branch that was made offline, taken in one edit after the other where others went on meanwhile.
 * Only that counts, not what went before.
 */
final class BranchWorkload implements TimedWorkload {

  private static final int OFFLINE = 100_000;
  private static final int MEANWHILE = 10_000;
  private static final int BEGUN = 10_000; // code points in the text when they parted

  private final List<TextDelta> theirs;
  private final List<TextDelta> mine;
  private int length;

  BranchWorkload(boolean scattered) {
    theirs = edits(new Random(7), MEANWHILE, scattered);
    mine = edits(new Random(11), OFFLINE, scattered);
  }

  private static List<TextDelta> edits(Random random, int count, boolean scattered) {
    List<TextDelta> edits = new ArrayList<>(count);
    int length = BEGUN;
    int cursor = 0;
    for (int i = 0; i < count; i++) {
      if (scattered || i % 50 == 0) {
        cursor = random.nextInt(length);
      }
      boolean deletes = random.nextInt(5) == 0 && cursor < length;
      edits.add(deletes ? TextDelta.delete(cursor, 1) : TextDelta.insert(cursor++, "x"));
      length += deletes ? -1 : 1;
    }
    return edits;
  }

  @Override
  public double measure(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    long spent = 0;
    int runs = 0;
    do {
      spent += takeIn();
      runs++;
    } while (System.nanoTime() < end);
    return (double) spent / runs;
  }

  @Override
  public void run() {
    takeIn();
  }

  private long takeIn() {
    TextLog log = TextLog.create();
    Text text = Text.of("-".repeat(BEGUN));
    int[] parted = {log.add("ada", new int[0], TextDelta.insert(0, text.toString())).index()};
    int[] after = parted;
    for (TextDelta edit : theirs) {
      TextLog.Added added = log.add("ada", after, edit);
      text = text.apply(added.change());
      after = new int[] {added.index()};
    }
    after = parted;
    long start = System.nanoTime();
    for (TextDelta edit : mine) {
      TextLog.Added added = log.add("bob", after, edit);
      text = text.apply(added.change());
      after = new int[] {added.index()};
    }
    long spent = System.nanoTime() - start;
    length = text.length();
    return spent;
  }

  @Override
  public void verify() {
    Workload.require("The inserted characters are there", true, length > BEGUN + OFFLINE / 2);
  }
}
