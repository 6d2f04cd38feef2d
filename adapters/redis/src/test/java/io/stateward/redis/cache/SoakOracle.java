package io.stateward.redis.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows which values were written when, and so which ones may be read when.
 *
 * <p>Thread safety: guarded by itself; the lines come from the threads that read processes.
 */
final class SoakOracle {

  /**
   * A read.
   *
   * @param key of what
   * @param value which one it gave
   * @param nanos when it began
   */
  private record Read(int key, long value, long nanos) {}

  private final long boundNanos;
  private final List<TreeMap<Long, Long>> invalidated = new ArrayList<>(); // time to value
  private final List<Read> reads = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long checked;
  private long oldReads;
  private long staleSets;

  SoakOracle(int keys, long boundNanos) {
    this.boundNanos = boundNanos;
    for (int i = 0; i < keys; i++) {
      invalidated.add(new TreeMap<>());
    }
  }

  /** Takes in what a process says. */
  synchronized void hear(String line) {
    String[] words = line.split(" ");
    if (words.length != 4 || !(words[0].equals("R") || words[0].equals("W"))) {
      problems.add("A process said: " + line);
      return;
    }
    int key = Integer.parseInt(words[1]);
    long value = Long.parseLong(words[2]);
    long nanos = Long.parseLong(words[3]);
    if (words[0].equals("W")) {
      invalidated.get(key).merge(nanos, value, Math::max);
    } else {
      reads.add(new Read(key, value, nanos));
    }
  }

  /** Judges the reads of a round, when all of its writes have been told. */
  synchronized void judge() {
    invalidated.forEach(SoakOracle::makeRising);
    for (Read read : reads) {
      Map.Entry<Long, Long> known = invalidated.get(read.key).floorEntry(read.nanos - boundNanos);
      checked++;
      if (known != null && read.value < known.getValue()) {
        oldReads++;
        problems.add(
            "Key %d had %d, %d ms after %d was invalidated"
                .formatted(
                    read.key,
                    read.value,
                    (read.nanos - known.getKey()) / 1_000_000,
                    known.getValue() - 1));
      }
    }
    reads.clear();
  }

  /** A later invalidation of an older value does not make the newer one less known. */
  private static void makeRising(TreeMap<Long, Long> values) {
    long highest = 0;
    for (Map.Entry<Long, Long> each : values.entrySet()) {
      highest = Math.max(highest, each.getValue());
      each.setValue(highest);
    }
  }

  /** Takes note of what the layer has, and of what the source has, while nobody writes. */
  synchronized void compare(int key, long layer, long source) {
    if (layer != source) {
      staleSets++;
      problems.add("The layer has %d of key %d, and the source %d".formatted(layer, key, source));
    }
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  synchronized long checked() {
    return checked;
  }

  synchronized long oldReads() {
    return oldReads;
  }

  synchronized long staleSets() {
    return staleSets;
  }
}
