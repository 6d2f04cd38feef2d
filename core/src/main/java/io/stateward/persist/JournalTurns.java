package io.stateward.persist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to change a journal file, who waits for it, and what is known of the file.
 *
 * <p>Thread safety: safe for any number of threads; what is known of the file is changed by whose
 * turn it is alone.
 */
final class JournalTurns {

  /*
   * Concurrency
   * -----------
   * The lock is never held during a system call. Whoever has anything to write takes the turn (busy),
   * lets go of the lock, writes, and publishes what became of it under the lock. Appends that arrive
   * meanwhile wait in a queue; the first of them that wakes up takes the turn for all of them: one
   * write, one force.
   */

  private static final int MOST_WRITTEN = 8 << 20;

  private final Path file;
  private final Consumer<List<Append>> commit; // notes in each append what became of it
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turn = lock.newCondition();
  private List<Append> queue = new ArrayList<>(); // guarded by lock, like all that follows
  private boolean busy;
  private boolean closed;
  private JournalIndex index;
  private boolean rewriting;
  private @Nullable Throwable unknown; // why nobody knows what the file holds

  JournalTurns(Path file, JournalIndex index, Consumer<List<Append>> commit) {
    this.file = file;
    this.index = index;
    this.commit = commit;
  }

  /** An append that waits for its group. */
  static final class Append {
    final @Nullable Long expected;
    final List<byte[]> batch;
    long position;
    boolean conflict;
    @Nullable StorageException failure;
    private boolean done; // guarded by lock, like what is above once it is set

    Append(@Nullable Long expected, List<byte[]> batch) {
      this.expected = expected;
      this.batch = batch;
    }

    private long bytes() {
      return batch.stream().mapToLong(bytes -> bytes.length + JournalFrames.FRAME).sum();
    }
  }

  /** Work on the file. */
  interface Work {
    void run(JournalIndex index) throws IOException;
  }

  /** Waits until a group that the append is part of was committed, by this thread or another. */
  Append append(Append mine) {
    lock.lock();
    try {
      requireUsable("append");
      queue.add(mine);
      while (!mine.done) {
        if (busy) {
          turn.awaitUninterruptibly(); // whether it is durable has to be known
        } else {
          lead();
        }
      }
      return mine;
    } finally {
      lock.unlock();
    }
  }

  /** Commits a group. Called with the lock held, which it lets go of meanwhile. */
  private void lead() {
    List<Append> group = takeGroup();
    busy = true;
    lock.unlock();
    try {
      commit.accept(group);
    } finally {
      lock.lock();
      group.forEach(each -> each.done = true);
      busy = false;
      turn.signalAll();
    }
  }

  private List<Append> takeGroup() {
    List<Append> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < queue.size() && (bytes < MOST_WRITTEN || group.isEmpty())) {
      Append each = queue.get(group.size());
      bytes += each.bytes();
      group.add(each);
    }
    queue = new ArrayList<>(queue.subList(group.size(), queue.size()));
    return group;
  }

  /** Does other work on the file when nobody else is at it. */
  void run(String attempted, Work work) throws IOException {
    takeTurn(attempted);
    try {
      work.run(index());
    } finally {
      giveTurnBack();
    }
  }

  private void takeTurn(String attempted) {
    lock.lock();
    try {
      requireUsable(attempted);
      while (busy) {
        turn.awaitUninterruptibly();
      }
      requireUsable(attempted);
      busy = true;
    } finally {
      lock.unlock();
    }
  }

  private void giveTurnBack() {
    lock.lock();
    try {
      busy = false;
      turn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses whoever comes from now on, waits for the others, and tells whether it was open. */
  boolean end() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      while (busy || !queue.isEmpty()) {
        turn.awaitUninterruptibly();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  JournalIndex index() {
    lock.lock();
    try {
      return index;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the index when the file is not being replaced. */
  JournalIndex indexToRead() {
    lock.lock();
    try {
      requireUsable("read");
      while (rewriting) {
        turn.awaitUninterruptibly();
      }
      return index;
    } finally {
      lock.unlock();
    }
  }

  void publish(JournalIndex next) {
    lock.lock();
    try {
      index = next;
    } finally {
      lock.unlock();
    }
  }

  void setRewriting(boolean now) {
    lock.lock();
    try {
      rewriting = now;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody knows what the file holds. */
  void giveUp(Throwable cause) {
    lock.lock();
    try {
      unknown = cause;
    } finally {
      lock.unlock();
    }
  }

  void requireKnown() {
    lock.lock();
    try {
      if (unknown != null) {
        throw new StorageException(
            "Nobody knows what '%s' holds since writing it failed (%s). Nothing that was acknowledged is lost; close the journal and open it again."
                .formatted(file, StorageException.said(unknown)),
            unknown);
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireUsable(String attempted) {
    if (closed) {
      throw MemoryJournal.closed("Journal '%s'".formatted(file), attempted);
    }
    requireKnown();
  }
}
