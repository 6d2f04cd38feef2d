package io.stateward.cache;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Puts keys that are wanted at about the same time into as few calls of the loader as there can be.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Bulk<K, V> {

  private final int most;
  private final Duration window;
  private final Timekeeper time;
  private final Consumer<? super List<Wanted<K, V>>> load;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Wanted<K, V>> gathered = new ArrayList<>(); // guarded by lock

  Bulk(int most, Duration window, Timekeeper time, Consumer<? super List<Wanted<K, V>>> load) {
    this.most = most;
    this.window = window;
    this.time = time;
    this.load = load;
  }

  /** Keys that are wanted by one reader. */
  Gathering<K, V> gathering() {
    return new Gathering<>(this::loadAll);
  }

  /** Wants a key of nobody's gathering: it waits for others, if there is a window. */
  void want(Wanted<K, V> wanted) {
    if (window.isZero()) {
      load.accept(List.of(wanted));
      return;
    }
    boolean first;
    List<Wanted<K, V>> full = List.of();
    lock.lock();
    try {
      gathered.add(wanted);
      first = gathered.size() == 1;
      if (gathered.size() == most) {
        full = taken();
      }
    } finally {
      lock.unlock();
    }
    if (!full.isEmpty()) {
      loadAll(full);
    } else if (first) {
      time.schedule(window, this::closeWindow);
    }
  }

  private void closeWindow() {
    List<Wanted<K, V>> all;
    lock.lock();
    try {
      all = taken();
    } finally {
      lock.unlock();
    }
    loadAll(all);
  }

  private List<Wanted<K, V>> taken() {
    List<Wanted<K, V>> all = gathered;
    gathered = new ArrayList<>();
    return all;
  }

  /** Loads in calls of at most so many; a key that is wanted twice is in two of them. */
  private void loadAll(List<Wanted<K, V>> all) {
    List<Wanted<K, V>> rest = all;
    while (!rest.isEmpty()) {
      Map<K, Wanted<K, V>> call = new LinkedHashMap<>();
      List<Wanted<K, V>> later = new ArrayList<>();
      for (Wanted<K, V> wanted : rest) {
        if (call.size() == most || call.putIfAbsent(wanted.flight.key, wanted) != null) {
          later.add(wanted);
        }
      }
      load.accept(List.copyOf(call.values()));
      rest = later;
    }
  }
}
