package io.stateward.benchmarks.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The source of what is cached: versions, and loads that can be held after they have read. */
final class RacedSource {

  private static final long PATIENCE_SECONDS = 10;

  private final ConcurrentMap<String, Long> versions = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

  /** A load that is held: it has read, and has not returned. */
  static final class Held {
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    void awaitRead() throws InterruptedException {
      if (!read.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody read the source; there was no race");
      }
    }

    void letGo() {
      go.countDown();
    }
  }

  /** What the source has of a key, from 1 on. */
  long version(String key) {
    return versions.getOrDefault(key, 1L);
  }

  void commit(String key) {
    versions.merge(key, 2L, (old, two) -> old + 1);
  }

  /** Holds the next load of a key. */
  Held hold(String key) {
    Held next = new Held();
    held.put(key, next);
    return next;
  }

  /** The loader. */
  Item load(String key) {
    Item read = Item.of(Item.id(key), version(key));
    Held mine = held.remove(key);
    if (mine != null) {
      mine.read.countDown();
      try {
        if (!mine.go.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("the load of %s was never let go".formatted(key));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted in the load of " + key, e);
      }
    }
    return read;
  }
}
