package io.stateward.signal.internal;

import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;

/**
 * The lock of a source. A thread that holds it may take it again.
 *
 * <p>It knows its holder by the number of its {@link Turn}, which is the state of the lock. {@code
 * ReentrantLock} stores a reference to the thread each time it is taken, and a store of a reference
 * into an old object costs a fence under some collectors.
 */
final class CommitLock extends AbstractQueuedLongSynchronizer {

  private static final long serialVersionUID = 1L;
  private static final long FREE = 0;

  private int again; // how often the holder has taken it while it had it; guarded by the lock

  void lock() {
    lock(Turn.current());
  }

  /** Takes the lock for the current thread, whose turn is at hand. */
  void lock(Turn turn) {
    if (!tryLock(turn)) {
      acquire(turn.number);
    }
  }

  boolean tryLock() {
    return tryLock(Turn.current());
  }

  private boolean tryLock(Turn turn) {
    if (tryAcquire(turn.number)) {
      return true;
    }
    boolean mine = getState() == turn.number;
    if (mine) {
      again++;
    }
    return mine;
  }

  void unlock() {
    assert getState() == Turn.current().number : "only the holder releases the lock";
    if (again > 0) {
      again--;
    } else {
      release(FREE);
    }
  }

  @Override
  protected boolean tryAcquire(long holder) {
    return compareAndSetState(FREE, holder);
  }

  @Override
  protected boolean tryRelease(long free) {
    setState(free);
    return true;
  }
}
