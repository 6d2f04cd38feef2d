package io.stateward.sync.hub;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Those that may have something to send, each once.
 *
 * <p>Thread safety: safe for any number of threads.
 *
 * @param <P> who stands in it
 */
final class Line<P extends Line.Place> {

  /*
   * The mark of standing in line is taken off before who stood there is asked what there is. So
   * what is published after that was looked at finds the mark off, and joins again:
   *
   *     publisher                     sender
   *     published = 8                 mark off
   *     mark off -> on, joins         reads published: 7 or 8
   *
   * Either the sender reads 8, or the publisher finds the mark off.
   */

  /** Whether somebody stands in line. */
  static class Place {
    private final AtomicBoolean waits = new AtomicBoolean();
  }

  private final Queue<P> places = new ConcurrentLinkedQueue<>();

  /** Puts somebody at the end, or answers that it stands there already. */
  boolean join(P place) {
    return mark(place) && places.add(place);
  }

  private static boolean mark(Place place) {
    return place.waits.compareAndSet(false, true);
  }

  /** Takes the first one out, or returns null if there is none. */
  @Nullable P next() {
    P first = places.poll();
    if (first != null) {
      unmark(first);
    }
    return first;
  }

  private static void unmark(Place place) {
    place.waits.set(false);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void clear() {
    places.clear();
  }
}
