package io.stateward.store;

import io.stateward.flow.SupersededException;
import io.stateward.time.Timekeeper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an async action that share a key, and which of them may run.
 *
 * <p>Thread safety: the lock is that of the action; nothing foreign runs under it.
 */
final class AsyncLane<A, T> {

  final List<AsyncTarget<A, T>> targets;
  final Timekeeper timekeeper;
  private final AsyncAction<A, T> action;
  private final Object key;
  private final ReentrantLock lock;
  private final Set<AsyncRun<A, T>> running = new LinkedHashSet<>(); // guarded by lock
  private final ArrayDeque<AsyncRun<A, T>> waiting = new ArrayDeque<>(0); // guarded by lock
  private boolean advancing; // guarded by lock

  AsyncLane(
      AsyncAction<A, T> action,
      Object key,
      ReentrantLock lock,
      List<AsyncTarget<A, T>> targets,
      Timekeeper timekeeper) {
    this.action = action;
    this.key = key;
    this.lock = lock;
    this.targets = targets;
    this.timekeeper = timekeeper;
  }

  CancellationException superseded() {
    return new SupersededException("Async action '%s'".formatted(action.name()));
  }

  /** Whether nothing runs or waits. Called under the lock. */
  boolean isIdle() {
    return running.isEmpty() && waiting.isEmpty();
  }

  /** Lets a run in; returns those that it takes the place of. Called under the lock. */
  List<AsyncRun<A, T>> enter(AsyncRun<A, T> run, boolean alone) {
    List<AsyncRun<A, T>> older = alone ? new ArrayList<>(running) : List.of();
    running.add(run);
    return older;
  }

  /** Lets a run wait until nothing runs. Called under the lock. */
  void line(AsyncRun<A, T> run) {
    waiting.add(run);
  }

  /** Takes a run out of the queue; false if it was not, or no longer, in it. */
  boolean withdraw(AsyncRun<A, T> run) {
    lock.lock();
    try {
      return waiting.remove(run);
    } finally {
      lock.unlock();
    }
  }

  void release(AsyncRun<A, T> run) {
    lock.lock();
    try {
      running.remove(run);
      if (isIdle()) {
        action.forget(key, this);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins what waits, one after the other. One thread at a time does so, and goes on until nothing
   * can begin: a run that ends where it began, within this loop, is followed by the next turn of
   * it.
   */
  void advance() {
    for (AsyncRun<A, T> next = next(); next != null; next = next()) {
      try {
        action.begin(next);
      } finally {
        setAdvancing(false);
      }
    }
  }

  private @Nullable AsyncRun<A, T> next() {
    lock.lock();
    try {
      if (advancing || !running.isEmpty() || waiting.isEmpty()) {
        return null;
      }
      AsyncRun<A, T> next = waiting.remove();
      running.add(next);
      advancing = true;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void setAdvancing(boolean value) {
    lock.lock();
    try {
      advancing = value;
    } finally {
      lock.unlock();
    }
  }

  /** Everything that runs or waits. Called under the lock. */
  List<AsyncRun<A, T>> all() {
    List<AsyncRun<A, T>> all = new ArrayList<>(waiting);
    all.addAll(running);
    return all;
  }
}
