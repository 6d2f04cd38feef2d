package io.stateward.sync.text;

import java.util.Arrays;

/**
 * Which event was made after which.
 *
 * <p>Events are numbered in the order in which they were added, so a parent has a smaller number.
 * Events of which each is made after the one before it alone are one run. What was before the first
 * event counts as one event, {@code first - 1}, that all others have in their history.
 *
 * <p>A version is the events that nothing in it was made after, its heads, in growing order. A
 * version is critical if it is one event, everything before it is in its history and everything
 * after it has it in its history: nobody will ever merge across it.
 */
final class EventGraph {

  static final int LIMIT = 1 << 30; // of events: their numbers are stored with one more bit

  private final int first;
  private int size;
  private int[] heads;
  private final IntColumn runs = new IntColumn(); // first event of each run
  private final IntColumn offsets = new IntColumn(); // where the parents of each run begin
  private final IntColumn lengths = new IntColumn(); // of the text before each run was added
  private final IntColumn parents = new IntColumn(); // event * 2, plus 1 if it was a head till then
  private final IntColumn criticalFrom = new IntColumn();
  private final IntColumn criticalTo = new IntColumn(); // inclusive

  EventGraph(int first) {
    this.first = first;
    this.size = first;
    this.heads = new int[] {first - 1};
  }

  int first() {
    return first;
  }

  /** Returns the number that the next event will have. */
  int size() {
    return size;
  }

  int[] heads() {
    return heads;
  }

  boolean isHeads(int[] version) {
    return Arrays.equals(heads, version);
  }

  void requireRoom() {
    if (size == LIMIT) {
      throw new IllegalArgumentException(
          "The log has had %d events and takes no more.".formatted(size));
    }
  }

  /** Adds the next event; its parents are heads of a version. */
  int append(int[] version, int textLength) {
    int event = size;
    boolean next = version.length == 1 && version[0] == event - 1;
    if (!next || runs.isEmpty()) {
      addRun(version, textLength);
    }
    moveCritical(version, event);
    heads = next && heads.length == 1 ? version.clone() : without(heads, version, 1);
    heads[heads.length - 1] = event;
    size++;
    return event;
  }

  /** Adds events of which each but the first is made after the one before alone. */
  void appendRun(int[] version, int count, int textLength) {
    int start = append(version, textLength);
    if (count > 1) {
      size += count - 1;
      heads = heads.clone();
      heads[heads.length - 1] = size - 1;
      if (heads.length == 1) {
        criticalTo.set(criticalTo.size() - 1, start + count - 1);
      }
    }
  }

  void setTextLengthBefore(int run, int length) {
    lengths.set(run, length);
  }

  private void addRun(int[] version, int textLength) {
    runs.add(size);
    offsets.add(parents.size());
    lengths.add(textLength);
    for (int parent : version) {
      parents.add(parent << 1 | (Arrays.binarySearch(heads, parent) >= 0 ? 1 : 0));
    }
  }

  /*
   * A critical version is in the history of whatever has a later number. So a new event leaves
   * those critical that are not after its last parent; and it is critical itself if it has
   * everything in its history.
   */
  private void moveCritical(int[] version, int event) {
    if (isHeads(version)) {
      if (!criticalTo.isEmpty() && criticalTo.last() == event - 1) {
        criticalTo.set(criticalTo.size() - 1, event);
      } else {
        criticalFrom.add(event);
        criticalTo.add(event);
      }
      return;
    }
    int last = version[version.length - 1];
    while (!criticalFrom.isEmpty() && criticalFrom.last() > last) {
      criticalFrom.removeLast();
      criticalTo.removeLast();
    }
    if (!criticalTo.isEmpty() && criticalTo.last() > last) {
      criticalTo.set(criticalTo.size() - 1, last);
    }
  }

  /** Returns the last critical event that is not after this one. */
  int criticalBefore(int event) {
    int interval = criticalFrom.floor(event);
    return interval < 0 ? first - 1 : Math.min(event, criticalTo.get(interval));
  }

  int runOf(int event) {
    return runs.floor(event);
  }

  int runStart(int run) {
    return runs.get(run);
  }

  /** Returns the last event of a run. */
  int runEnd(int run) {
    return run + 1 < runs.size() ? runs.get(run + 1) - 1 : size - 1;
  }

  int runCount() {
    return runs.size();
  }

  /** Returns how long the text was, all events merged, before the first event of a run came. */
  int textLengthBefore(int run) {
    return lengths.get(run);
  }

  int[] runParents(int run) {
    int from = offsets.get(run);
    int to = run + 1 < offsets.size() ? offsets.get(run + 1) : parents.size();
    int[] version = new int[to - from];
    for (int i = from; i < to; i++) {
      version[i - from] = parents.get(i) >> 1;
    }
    return version;
  }

  int[] parents(int event) {
    int run = runOf(event);
    return runs.get(run) == event ? runParents(run) : new int[] {event - 1};
  }

  /**
   * Returns the heads of all events up to this one. Goes back from the first version after it that
   * is critical, or from now: every event gives way to those parents that were heads until it came.
   */
  int[] headsAt(int event) {
    int next = criticalFrom.floor(event);
    if (next >= 0 && criticalTo.get(next) >= event) {
      return new int[] {event};
    }
    boolean later = next + 1 < criticalFrom.size();
    int at = later ? criticalFrom.get(next + 1) : size - 1;
    int[] version = later ? new int[] {at} : heads;
    while (at > event) {
      int run = runOf(at);
      int start = runs.get(run);
      int[] before = start > event ? parentsThatWereHeads(run) : new int[] {event};
      version = with(without(version, new int[] {at}, 0), before);
      at = Math.max(start - 1, event);
    }
    return version;
  }

  private int[] parentsThatWereHeads(int run) {
    int[] version = runParents(run);
    int count = 0;
    for (int i = 0; i < version.length; i++) {
      if ((parents.get(offsets.get(run) + i) & 1) == 1) {
        version[count++] = version[i];
      }
    }
    return Arrays.copyOf(version, count);
  }

  /** Returns the graph from an event on, of which the one before is critical. */
  EventGraph tail(int from, int textLength) {
    var tail = new EventGraph(from);
    for (int run = Math.max(runOf(from), 0); run < runs.size(); run++) {
      boolean begins = runs.get(run) <= from;
      tail.runs.add(Math.max(runs.get(run), from));
      tail.offsets.add(tail.parents.size());
      tail.lengths.add(begins ? textLength : lengths.get(run));
      if (begins) {
        tail.parents.add((from - 1) << 1 | 1); // whatever comes after a critical version
      } else {
        int to = run + 1 < offsets.size() ? offsets.get(run + 1) : parents.size();
        for (int i = offsets.get(run); i < to; i++) {
          tail.parents.add(parents.get(i));
        }
      }
    }
    for (int i = 0; i < criticalTo.size(); i++) {
      if (criticalTo.get(i) >= from) {
        tail.criticalFrom.add(Math.max(criticalFrom.get(i), from));
        tail.criticalTo.add(criticalTo.get(i));
      }
    }
    tail.size = size;
    tail.heads = heads;
    return tail;
  }

  private static int[] without(int[] version, int[] removed, int room) {
    int[] rest = new int[version.length + room];
    int count = 0;
    for (int event : version) {
      if (Arrays.binarySearch(removed, event) < 0) {
        rest[count++] = event;
      }
    }
    return count + room == rest.length ? rest : Arrays.copyOf(rest, count + room);
  }

  private static int[] with(int[] version, int[] added) {
    int[] all = Arrays.copyOf(version, version.length + added.length);
    System.arraycopy(added, 0, all, version.length, added.length);
    Arrays.sort(all);
    return all;
  }
}
