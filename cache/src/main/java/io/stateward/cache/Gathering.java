package io.stateward.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Keys that are to be loaded together: whoever was announced comes, or stays away, and the last one
 * to decide has all that came loaded. Who opened it counts as announced.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Gathering<K, V> implements Group<K, V> {

  private final Consumer<? super List<Wanted<K, V>>> load;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Wanted<K, V>> come = new ArrayList<>(); // guarded by lock
  private int undecided = 1; // guarded by lock

  Gathering(Consumer<? super List<Wanted<K, V>>> load) {
    this.load = load;
  }

  @Override
  public void expect() {
    lock.lock();
    try {
      undecided++;
    } finally {
      lock.unlock();
    }
  }

  /** Comes, which was announced. */
  void come(Wanted<K, V> wanted) {
    lock.lock();
    try {
      come.add(wanted);
    } finally {
      lock.unlock();
    }
    leave();
  }

  @Override
  public void leave() {
    List<Wanted<K, V>> all;
    lock.lock();
    try {
      undecided--;
      all = undecided == 0 ? List.copyOf(come) : List.of();
    } finally {
      lock.unlock();
    }
    if (!all.isEmpty()) {
      load.accept(all);
    }
  }
}
