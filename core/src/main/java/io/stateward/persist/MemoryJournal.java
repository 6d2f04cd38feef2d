package io.stateward.persist;

import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A journal that ends with the process. */
final class MemoryJournal implements Journal {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<byte[]> records = new ArrayList<>(); // guarded by lock
  private long first; // guarded by lock
  private long epoch = ThreadLocalRandom.current().nextLong(); // guarded by lock
  private boolean closed; // guarded by lock

  @Override
  public long append(List<byte[]> batch) {
    long position = add(null, batch);
    return position < 0 ? -1 - position : position;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    long added = add(position, batch);
    return added < 0 ? new WriteResult.Conflict<>(-1 - added) : new WriteResult.Saved<>(added);
  }

  /** Returns the position, or minus one and the position that it would have been. */
  private long add(@Nullable Long expected, List<byte[]> batch) {
    List<byte[]> copies = batch.stream().map(bytes -> checked(bytes).clone()).toList();
    lock.lock();
    try {
      requireOpen("append");
      long position = first + records.size();
      if (expected != null && expected != position) {
        return -1 - position;
      }
      records.addAll(copies);
      return position;
    } finally {
      lock.unlock();
    }
  }

  static byte[] checked(byte[] bytes) {
    if (bytes.length > LARGEST_RECORD) {
      throw new IllegalArgumentException(
          "A record has at most %d bytes, not %d. Split it, or keep it elsewhere and append where."
              .formatted(LARGEST_RECORD, bytes.length));
    }
    return bytes;
  }

  static int checkedLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("Read at least 1 record, not " + limit + ".");
    }
    return limit;
  }

  static void checkBounds(String what, long position, long from, long to) {
    if (position < from || position > to) {
      throw new IllegalArgumentException(
          "Cannot truncate %s %d: the journal goes from %d to %d. Read first() and next() anew."
              .formatted(what, position, from, to));
    }
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    checkedLimit(limit);
    lock.lock();
    try {
      requireOpen("read");
      List<JournalEntry> entries = new ArrayList<>();
      long next = first + records.size();
      for (long at = Math.max(from, first); at < next && entries.size() < limit; at++) {
        entries.add(new JournalEntry(at, records.get((int) (at - first)).clone()));
      }
      return entries;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long first() {
    lock.lock();
    try {
      return first;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long next() {
    lock.lock();
    try {
      return first + records.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void truncateBefore(long position) {
    lock.lock();
    try {
      requireOpen("truncate");
      checkBounds("before", position, Long.MIN_VALUE, first + records.size());
      if (position > first) {
        records.subList(0, (int) (position - first)).clear();
        first = position;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void truncateFrom(long position) {
    lock.lock();
    try {
      requireOpen("truncate");
      checkBounds("from", position, first, first + records.size());
      if (position < first + records.size()) {
        records.subList((int) (position - first), records.size()).clear();
        epoch = ThreadLocalRandom.current().nextLong();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long epoch() {
    lock.lock();
    try {
      return epoch;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public JournalRecovery recovery() {
    return new JournalRecovery.Intact();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen(String attempted) {
    if (closed) {
      throw closed("The journal", attempted);
    }
  }

  static ClosedException closed(String what, String attempted) {
    return new ClosedException(
        what, attempted, "Open it again, and close it later than its users.");
  }
}
