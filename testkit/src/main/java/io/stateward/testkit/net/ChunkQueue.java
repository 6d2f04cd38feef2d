package io.stateward.testkit.net;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What was read and is not yet written; bounded, and ended by {@link #close}. */
final class ChunkQueue {

  private static final int MOST = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(); // guarded by lock
  private boolean closed; // guarded by lock

  /** Adds a chunk as soon as there is room; drops it if the queue is closed. */
  void put(Chunk chunk) throws InterruptedException {
    lock.lock();
    try {
      while (chunks.size() >= MOST && !closed) {
        changed.await();
      }
      if (!closed) {
        chunks.add(chunk);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest chunk as soon as there is one; the end if the queue is closed. */
  Chunk take() throws InterruptedException {
    lock.lock();
    try {
      while (chunks.isEmpty() && !closed) {
        changed.await();
      }
      changed.signalAll();
      return closed ? Chunk.END : chunks.remove();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
