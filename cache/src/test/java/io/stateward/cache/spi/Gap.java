package io.stateward.cache.spi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where a flawed layer has left its lock too early: the first thread at a place stays there until a
 * second one has come by, so that a race is found whatever the machine does.
 *
 * <p>Nobody waits longer than 200 ms, and not at more than 20 places.
 */
final class Gap {

  private static final int PLACES = 20;

  private final Map<Object, CountDownLatch> first = new ConcurrentHashMap<>();

  /** Waits for a second one; returns at once if this is it, with what lets the first one go on. */
  CountDownLatch enter(Object place) {
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch other = first.putIfAbsent(place, mine);
    if (other != null) {
      return other;
    }
    if (first.size() <= PLACES) {
      try {
        boolean unused = mine.await(200, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return mine;
  }

  /** Lets the first one go on, if it is there. */
  void leave(Object place) {
    CountDownLatch waiting = first.get(place);
    if (waiting != null) {
      waiting.countDown();
    }
  }
}
