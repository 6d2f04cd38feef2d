package io.stateward.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a loader is loading on a thread, and which loads it waits for meanwhile. A loader that would
 * wait for itself, by whatever detour over other loaders of this process, is refused.
 *
 * <p>Seen are waits of the thread that loads, in a read that blocks. If a loader waits on another
 * thread, or for a stage, nobody can see it; then the hard time-out is what ends it.
 *
 * <p>Thread safety: each is of one thread, which alone writes what it waits for. Of two that begin
 * to wait for each other at the same time, at least one finds the other: each says what it waits
 * for before it looks.
 */
final class Loading {

  private static final ThreadLocal<@Nullable Loading> PRESENT = new ThreadLocal<>();
  private static final ConcurrentMap<Run, Loading> RUNNING = new ConcurrentHashMap<>();
  private static final int MOST = 1_000; // so many loaders are looked at, and no more

  private final CacheEngine<?, ?> cache;
  private final List<? extends Flight<?, ?>> flights;
  private final @Nullable Loading outer;
  private boolean blocks; // confined to the thread
  private volatile List<Run> awaited = List.of();

  private Loading(CacheEngine<?, ?> cache, List<? extends Flight<?, ?>> flights) {
    this.cache = cache;
    this.flights = flights;
    this.outer = PRESENT.get();
  }

  /** A flight of a cache. */
  private record Run(CacheEngine<?, ?> cache, Flight<?, ?> flight) {
    @Override
    public String toString() {
      return flight + " of cache '" + cache.name() + "'";
    }
  }

  /** Returns how many flights loaders are at. */
  static int count() {
    return RUNNING.size();
  }

  /** Does the work of a loader. */
  static <T> T of(CacheEngine<?, ?> cache, List<? extends Flight<?, ?>> flights, Callable<T> work)
      throws Exception {
    Loading mine = new Loading(cache, flights);
    mine.begin();
    try {
      return work.call();
    } finally {
      mine.end();
    }
  }

  private void begin() {
    PRESENT.set(this);
    for (Flight<?, ?> flight : flights) {
      if (flight.purpose != Flight.Purpose.BYPASS) { // which nobody joins
        RUNNING.put(new Run(cache, flight), this);
      }
    }
  }

  private void end() {
    for (Flight<?, ?> flight : flights) {
      RUNNING.remove(new Run(cache, flight), this);
    }
    if (outer == null) {
      PRESENT.remove();
    } else {
      PRESENT.set(outer);
    }
  }

  /** Reads and waits for what is read; a loader that does so is known to wait. */
  static <T> T blocking(Supplier<T> read) {
    Loading mine = PRESENT.get();
    if (mine == null) {
      return read.get();
    }
    mine.blocks = true;
    try {
      return read.get();
    } finally {
      mine.blocks = false;
      mine.awaited = List.of();
    }
  }

  /** Refuses a read of what this thread is loading, and a wait for who waits for this thread. */
  static void refuse(CacheEngine<?, ?> cache, Flight<?, ?> flight) {
    Loading mine = PRESENT.get();
    if (mine == null) {
      return;
    }
    for (Loading it = mine; it != null; it = it.outer) {
      if (it.isOf(cache, flight.key)) {
        throw new IllegalStateException(
            "The loader of cache '%s' asks for '%s' while it loads '%s', and would wait for its own result. Ask the source instead."
                .formatted(cache.name(), flight.key, flight.key));
      }
    }
    if (mine.blocks && flight.purpose != Flight.Purpose.BYPASS) {
      mine.await(new Run(cache, flight));
    }
  }

  private boolean isOf(CacheEngine<?, ?> other, Object key) {
    return cache == other && flights.stream().anyMatch(flight -> flight.key.equals(key));
  }

  private void await(Run run) {
    List<Run> all = new ArrayList<>(awaited);
    all.add(run);
    awaited = List.copyOf(all);
    List<Run> path = new ArrayList<>();
    if (leadsBack(run, new HashSet<>(), path)) {
      throw new IllegalStateException(
          "Loaders would wait for each other for ever: that of cache '%s' for %s, which it asks for, and that waits for what this loads: %s. Ask the source instead, or always in the same order."
              .formatted(cache.name(), run, path));
    }
  }

  /** Whether who performs a run waits for this thread, over whichever detour. */
  private boolean leadsBack(Run run, Set<Loading> seen, List<Run> path) {
    Loading other = RUNNING.get(run);
    if (other == null || seen.size() == MOST || !seen.add(other)) {
      return false;
    }
    path.add(run);
    if (isOnThread(other)) {
      return true;
    }
    for (Run next : other.awaited) {
      if (leadsBack(next, seen, path)) {
        return true;
      }
    }
    path.remove(path.size() - 1);
    return false;
  }

  private boolean isOnThread(Loading other) {
    for (Loading it = this; it != null; it = it.outer) {
      if (it == other) {
        return true;
      }
    }
    return false;
  }
}
