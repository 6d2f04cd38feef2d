package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.WideMarks;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an instance knows of the invalidations of a bucket.
 *
 * <p>An entry is valid if it is younger than what was invalidated last of its key, tags and
 * prefixes. So it does not matter when it came into memory: what was read before an invalidation
 * has a lower number than its mark, whatever overtook what. Not every mark is kept for ever: below
 * the floor everything is taken to be invalid, which costs a read of the layer. To raise the floor
 * is a flush in O(1).
 *
 * <p>Numbers of the layer begin anew with an epoch. Positions are these numbers made to go on:
 * those of a later epoch are all higher.
 *
 * <p>Thread safety: written under the lock; read without. A mark is there before the state that has
 * it as the latest; a mark is taken away after the state whose floor is above it, and who looks up
 * a mark looks at the floor after that.
 */
final class View {

  private static final int MARKS = 10_000;

  /**
   * How far it is.
   *
   * @param epoch the life of the layer
   * @param base the position of its number 0
   * @param applied up to here nothing is missing
   * @param latest the highest mark, or what is applied
   * @param floor what is lower is invalid
   */
  private record State(long epoch, long base, long applied, long latest, long floor) {}

  /** What came of an invalidation that was heard of. */
  enum Step {
    APPLIED,
    KNOWN,
    GAP
  }

  final int bucket;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentMap<String, Long> names = new ConcurrentHashMap<>(); // keys, or tags
  private final ConcurrentMap<String, Long> prefixes = new ConcurrentHashMap<>();
  private volatile State state;
  private volatile long confirmedAtNanos; // written under the lock
  private volatile long movedAtNanos;
  private volatile boolean moved;

  View(int bucket, Head head, long confirmedAtNanos) {
    this.bucket = bucket;
    this.confirmedAtNanos = confirmedAtNanos;
    long applied = head.sequence();
    this.state = new State(head.epoch(), 0, applied, applied, applied);
  }

  /** Whether nothing was invalidated after a position. */
  boolean isLatest(long position) {
    return position >= state.latest;
  }

  /**
   * Looks up to where something at a position is valid; -1 if it is invalid.
   *
   * @param key the key
   * @param tags its tags, if the bucket is the wide one
   */
  long validUpTo(long position, String key, Set<String> tags) {
    State now = state;
    boolean valid =
        bucket == 0
            ? isUnmarked(position, key, tags)
            : names.getOrDefault(key, Long.MIN_VALUE) <= position;
    return valid && position >= state.floor ? Math.max(position, now.applied) : -1;
  }

  private boolean isUnmarked(long position, String key, Set<String> tags) {
    for (String tag : tags) {
      if (names.getOrDefault(tag, Long.MIN_VALUE) > position) {
        return false;
      }
    }
    for (Map.Entry<String, Long> prefix : prefixes.entrySet()) {
      if (prefix.getValue() > position && key.startsWith(prefix.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** Takes in an invalidation that was heard of. */
  Step take(Head head, Invalidation invalidation, long nowNanos) {
    lock.lock();
    try {
      State was = state;
      long position = was.base + head.sequence();
      if (head.epoch() != was.epoch) {
        return Step.GAP;
      }
      if (position <= was.applied) {
        return Step.KNOWN;
      }
      note(was, position, invalidation);
      movedAtNanos = nowNanos;
      moved = true;
      return position == was.applied + 1 ? Step.APPLIED : Step.GAP;
    } finally {
      lock.unlock();
    }
  }

  private void note(State was, long position, Invalidation invalidation) {
    long floor = was.floor;
    if (invalidation instanceof Invalidation.Key it) {
      names.merge(it.key(), position, Math::max);
    } else if (invalidation instanceof Invalidation.Tag it) {
      names.merge(it.tag(), position, Math::max);
    } else if (invalidation instanceof Invalidation.Prefix it) {
      prefixes.merge(it.prefix(), position, Math::max);
    } else {
      floor = position;
    }
    long applied = position == was.applied + 1 ? position : was.applied;
    long latest = Math.max(was.latest, position);
    publish(new State(was.epoch, was.base, applied, latest, Math.max(floor, crowded())));
  }

  /** The middle of the marks if there are too many. */
  private long crowded() {
    ConcurrentMap<String, Long> most = names.size() > MARKS ? names : prefixes;
    return most.size() > MARKS
        ? most.values().stream().sorted().skip(MARKS / 2).findFirst().orElse(0L)
        : Long.MIN_VALUE;
  }

  private void publish(State next) {
    State was = state;
    state = next;
    if (next.floor > was.floor) {
      names.values().removeIf(mark -> mark <= next.floor);
      prefixes.values().removeIf(mark -> mark <= next.floor);
    }
  }

  /** Appends an invalidation of a cache that has no layer to number it. */
  Stamp append(Invalidation invalidation, long nowNanos) {
    lock.lock();
    try {
      State was = state;
      Head next = new Head(was.epoch, was.applied - was.base + 1);
      take(next, invalidation, nowNanos);
      return new Stamp(bucket, next.epoch(), next.sequence());
    } finally {
      lock.unlock();
    }
  }

  /** Flushes: what was invalidated up to a head is not known. */
  void flush(Head head, long nowNanos) {
    lock.lock();
    try {
      rebase(head, head.sequence());
      movedAtNanos = nowNanos;
      moved = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes in all there is to know. */
  void reset(WideMarks marks, long nowNanos) {
    lock.lock();
    try {
      State was = state;
      long base = marks.head().epoch() == was.epoch ? was.base : was.latest + 1;
      marks.tags().forEach((tag, number) -> names.merge(tag, base + number, Math::max));
      marks
          .prefixes()
          .forEach((prefix, number) -> prefixes.merge(prefix, base + number, Math::max));
      rebase(marks.head(), marks.all());
      movedAtNanos = nowNanos;
      moved = true;
    } finally {
      lock.unlock();
    }
  }

  private void rebase(Head head, long floor) {
    State was = state;
    boolean same = head.epoch() == was.epoch;
    long base = same ? was.base : was.latest + 1;
    long position = base + head.sequence();
    if (!same) {
      publish(new State(head.epoch(), base, position, position, base + floor));
    } else if (position >= was.applied) {
      long latest = Math.max(was.latest, position);
      publish(new State(was.epoch, base, position, latest, Math.max(was.floor, base + floor)));
    }
  }

  /** Notes that a head was asked for, and how long ago. Returns whether it is what is applied. */
  boolean confirm(Head head, long sentAtNanos) {
    lock.lock();
    try {
      State now = state;
      boolean same = head.epoch() == now.epoch;
      if (same && now.base + head.sequence() == now.applied) {
        confirmedAtNanos = Math.max(confirmedAtNanos, sentAtNanos);
      }
      return same && now.base + head.sequence() <= now.applied;
    } finally {
      lock.unlock();
    }
  }

  /** How long ago it was known that nothing is missing. */
  long unconfirmedNanos(long nowNanos) {
    return nowNanos - confirmedAtNanos;
  }

  /** Notes that something was invalidated, whatever it was. */
  void moves(long nowNanos) {
    lock.lock();
    try {
      movedAtNanos = nowNanos;
      moved = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something was invalidated within a time. */
  boolean movedWithin(long nanos, long nowNanos) {
    return moved && nowNanos - movedAtNanos < nanos;
  }

  /** The position of a head; -1 if it is of another epoch. */
  long positionOf(Head head) {
    State now = state;
    return head.epoch() == now.epoch ? now.base + head.sequence() : -1;
  }

  /** Whether all up to a head is applied. */
  boolean has(Head head) {
    State now = state;
    return head.epoch() == now.epoch && now.base + head.sequence() <= now.applied;
  }

  Head head() {
    State now = state;
    return new Head(now.epoch, now.applied - now.base);
  }

  long applied() {
    return state.applied;
  }

  Stamp stampOf(long position) {
    State now = state;
    return new Stamp(bucket, now.epoch, Math.max(0, position - now.base));
  }
}
