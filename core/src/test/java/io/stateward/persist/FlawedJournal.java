package io.stateward.persist;

import static io.stateward.persist.JournalFlaw.*;

import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory that is wrong in one way, and can be opened again. */
final class FlawedJournal implements Journal {

  private final JournalFlaw flaw;
  private final List<byte[]> records = new ArrayList<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private long first;
  private long epoch = 1;
  private boolean closed;

  FlawedJournal(JournalFlaw flaw) {
    this.flaw = flaw;
  }

  /** Opens it again. */
  FlawedJournal reopened() {
    FlawedJournal again = new FlawedJournal(flaw);
    again.epoch = epoch;
    again.first = flaw == FORGETS_TRUNCATIONS ? 0 : first;
    if (flaw == COUNTS_ANEW_WHEN_EMPTY && records.isEmpty()) {
      again.first = 0;
    }
    int kept = records.size() - (flaw == FORGETS_THE_NEWEST ? 1 : 0);
    again.records.addAll(records.subList(0, Math.max(0, kept)));
    return again;
  }

  @Override
  public long append(List<byte[]> batch) {
    if (flaw == TEARS_BATCHES_APART && batch.size() == 2) {
      long position = append(batch.subList(0, 1));
      Thread.yield();
      append(batch.subList(1, 2));
      return position;
    }
    if (flaw == SHOWS_RECORDS_BEFORE_THEY_ARE_THERE && batch.size() == 2) {
      return appendLate(batch);
    }
    synchronized (this) {
      return add(batch);
    }
  }

  private long appendLate(List<byte[]> batch) {
    long position;
    synchronized (this) {
      position = add(List.of(new byte[0], new byte[0]));
    }
    Thread.yield();
    synchronized (this) {
      for (int i = 0; i < batch.size(); i++) {
        records.set((int) (position - first) + i, batch.get(i));
      }
    }
    return position;
  }

  private long add(List<byte[]> batch) {
    requireOpen();
    if (flaw != TAKES_RECORDS_OF_ANY_SIZE) {
      batch.forEach(MemoryJournal::checked);
    }
    long position = next();
    for (byte[] bytes : batch) {
      if (flaw != DROPS_EMPTY_RECORDS || bytes.length > 0) {
        records.add(flaw == KEEPS_THE_ARRAY_IT_WAS_GIVEN ? bytes : bytes.clone());
      }
    }
    if (flaw == POSITIONS_SKIP_ONE || flaw == EMPTY_BATCH_APPENDS && batch.isEmpty()) {
      records.add(new byte[0]);
    }
    batchSizes.add(batch.size());
    return flaw == BATCH_ANSWERS_WITH_THE_LAST ? position + batch.size() - 1 : position;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    if (flaw == CHECKS_THE_POSITION_TOO_EARLY) {
      if (next() != position) {
        return new WriteResult.Conflict<>(next());
      }
      Thread.yield();
      append(batch);
      return Math.floorMod(position, 2) == 0 || batch.size() > 1
          ? new WriteResult.Saved<>(position)
          : new WriteResult.Conflict<>(position);
    }
    synchronized (this) {
      requireOpen();
      boolean matches = flaw != APPENDS_AT_NO_POSITION && next() == position;
      if (!matches && flaw != APPENDS_AT_ANY_POSITION) {
        return new WriteResult.Conflict<>(next());
      }
      return new WriteResult.Saved<>(add(batch));
    }
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    long start = Math.max(from, first);
    if (flaw == READS_BY_INDEX) {
      for (int i = 0; i < 50; i++) {
        Thread.yield(); // a truncation may come in between
      }
    }
    synchronized (this) {
      requireOpen();
      if (flaw != TAKES_ANY_LIMIT) {
        MemoryJournal.checkedLimit(limit);
      }
      long at = flaw == READS_BY_INDEX ? start : Math.max(from, first);
      at += flaw == READS_AFTER_THE_POSITION && from == 1 ? 1 : 0;
      at -= flaw == PAGES_OVERLAP && from == 7 ? 1 : 0;
      at = flaw == READS_THE_LAST_RECORD_AT_THE_END ? Math.min(at, next() - 1) : at;
      return entries(at, limit);
    }
  }

  private List<JournalEntry> entries(long start, int limit) {
    List<JournalEntry> entries = new ArrayList<>();
    for (long at = start; at < next() && entries.size() < limit; at++) {
      int index = (int) (at - first);
      byte[] bytes = records.get(Math.max(0, index));
      entries.add(new JournalEntry(at, flaw == HANDS_OUT_ITS_ARRAYS ? bytes : bytes.clone()));
    }
    return entries;
  }

  @Override
  public synchronized long first() {
    return first;
  }

  @Override
  public synchronized long next() {
    return first + records.size();
  }

  @Override
  public synchronized void truncateBefore(long position) {
    requireOpen();
    if (flaw != TRUNCATES_BEYOND) {
      MemoryJournal.checkBounds("before", position, Long.MIN_VALUE, next());
    }
    long to = Math.min(position, next());
    if (flaw == TRUNCATES_ONE_TOO_FEW && to < next()) {
      to--;
    }
    if (flaw == TRUNCATION_GOES_BACK && to < first) {
      records.add(0, new byte[0]);
      first--;
    } else if (to > first) {
      records.subList(0, (int) (to - first)).clear();
      first = flaw == USES_POSITIONS_AGAIN_WHEN_EMPTY && records.isEmpty() ? 0 : to;
    }
  }

  @Override
  public synchronized void truncateFrom(long position) {
    requireOpen();
    if (flaw != TRUNCATES_BEYOND) {
      MemoryJournal.checkBounds("from", position, first, next());
    }
    boolean changes = position >= first && position < next();
    if (changes) {
      records.subList((int) (position - first), records.size()).clear();
    }
    if (flaw == TRUNCATES_WHOLE_BATCHES && batchSizes.get(0) > 1) {
      records.clear();
    }
    if (changes && flaw != KEEPS_THE_EPOCH || flaw == ALWAYS_CHANGES_THE_EPOCH) {
      epoch++;
    }
  }

  @Override
  public synchronized long epoch() {
    return epoch;
  }

  @Override
  public JournalRecovery recovery() {
    return new JournalRecovery.Intact();
  }

  private void requireOpen() {
    if (closed && flaw != WORKS_WHEN_CLOSED) {
      throw MemoryJournal.closed("The journal", "use");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
