package io.stateward.sync.crdt;

import java.util.Arrays;

/**
 * A set of numbers from 1 on, as ranges: {@code [from, to, from, to, ...]}, all inclusive,
 * ascending, and with a gap between any two. Immutable.
 */
final class Ranges {

  static final Ranges NONE = new Ranges(new long[0]);

  private final long[] bounds;

  private Ranges(long[] bounds) {
    this.bounds = bounds;
  }

  static Ranges of(long from, long to) {
    return new Ranges(new long[] {from, to});
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  int count() {
    return bounds.length / 2;
  }

  long from(int range) {
    return bounds[2 * range];
  }

  long to(int range) {
    return bounds[2 * range + 1];
  }

  long highest() {
    return bounds.length == 0 ? 0 : bounds[bounds.length - 1];
  }

  boolean contains(long number) {
    int low = 0;
    int high = count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (to(middle) < number) {
        low = middle + 1;
      } else if (from(middle) > number) {
        high = middle - 1;
      } else {
        return true;
      }
    }
    return false;
  }

  Ranges plus(long number) {
    return union(of(number, number));
  }

  Ranges union(Ranges other) {
    Collector union = new Collector(bounds.length + other.bounds.length);
    int mine = 0;
    int theirs = 0;
    while (mine < count() || theirs < other.count()) {
      boolean first =
          theirs == other.count() || (mine < count() && from(mine) <= other.from(theirs));
      if (first) {
        union.add(from(mine), to(mine));
        mine++;
      } else {
        union.add(other.from(theirs), other.to(theirs));
        theirs++;
      }
    }
    return union.ranges();
  }

  Ranges minus(Ranges other) {
    Collector rest = new Collector(bounds.length + other.bounds.length);
    int theirs = 0;
    for (int mine = 0; mine < count(); mine++) {
      long from = from(mine);
      while (theirs < other.count() && other.to(theirs) < from) {
        theirs++;
      }
      for (int cut = theirs; cut < other.count() && other.from(cut) <= to(mine); cut++) {
        if (other.from(cut) > from) {
          rest.add(from, other.from(cut) - 1);
        }
        from = other.to(cut) + 1;
      }
      if (from <= to(mine)) {
        rest.add(from, to(mine));
      }
    }
    return rest.ranges();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ranges that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** Collects ranges that come by their beginnings, and joins those that touch. */
  private static final class Collector {
    private final long[] bounds;
    private int size;

    Collector(int capacity) {
      bounds = new long[capacity];
    }

    void add(long from, long to) {
      if (size > 0 && from <= bounds[size - 1] + 1) {
        bounds[size - 1] = Math.max(bounds[size - 1], to);
      } else {
        bounds[size++] = from;
        bounds[size++] = to;
      }
    }

    Ranges ranges() {
      return size == 0 ? NONE : new Ranges(Arrays.copyOf(bounds, size));
    }
  }

  /** Takes ranges in that somebody sent, and refuses what is not in order. */
  static final class Reader {
    private final String replica;
    private final Collector read;
    private long last = -1;

    Reader(String replica, int count) {
      this.replica = replica;
      this.read = new Collector(2 * count);
    }

    void add(long from, long to) {
      if (from < 1 || to < from || to > Dot.MAXIMUM_NUMBER || (last > 0 && from <= last + 1)) {
        throw new IllegalArgumentException(
            "The range %d to %d of replica '%s' is not in order: ranges ascend, begin at 1 at the earliest, end at %d at the latest and leave gaps; the last one ended at %d."
                .formatted(from, to, replica, Dot.MAXIMUM_NUMBER, last));
      }
      read.add(from, to);
      last = to;
    }

    Ranges ranges() {
      if (last < 0) {
        throw new IllegalArgumentException(
            "Replica '%s' is listed without a range; leave it out.".formatted(replica));
      }
      return read.ranges();
    }
  }
}
