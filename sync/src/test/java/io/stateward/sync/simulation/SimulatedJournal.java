package io.stateward.sync.simulation;

import io.stateward.persist.Journal;
import io.stateward.persist.JournalEntry;
import io.stateward.persist.JournalRecovery;
import io.stateward.persist.StorageException;
import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal on a simulated disk, held by one process. It keeps the contract of {@link Journal} also
 * where that leaves room: what failed may be there after all when it is opened again.
 */
final class SimulatedJournal implements Journal {

  private final SimulatedDisk disk;
  private final SimulatedProcess process;
  private final SimulatedDisk.Log log;
  private final JournalRecovery recovery;
  private @Nullable StorageException givenUp;
  private boolean closed;

  SimulatedJournal(SimulatedDisk disk, SimulatedProcess process, SimulatedDisk.Log log) {
    this.disk = disk;
    this.process = process;
    this.log = log;
    recovery =
        log.torn ? new JournalRecovery.TornTail(next(), 7, null) : new JournalRecovery.Intact();
    log.torn = false;
  }

  private void requireUsable(String attempted) {
    if (!process.isAlive()) {
      throw new Killed();
    }
    if (closed) {
      throw new ClosedException("The journal", attempted, "Open it again.");
    }
    if (givenUp != null) {
      throw givenUp;
    }
  }

  @Override
  public long append(List<byte[]> batch) {
    requireUsable("append");
    long position = next();
    List<byte[]> copies = batch.stream().map(bytes -> checked(bytes).clone()).toList();
    if (copies.isEmpty()) {
      return position;
    }
    StorageException problem = disk.problem(true);
    if (problem != null) {
      leaveInDoubt(problem, copies);
      throw problem;
    }
    log.torn = true; // unless it comes to its end
    disk.endAtWrite(
        process,
        () -> {
          log.records.addAll(copies);
          disk.grown(log, copies.size());
        });
    log.torn = false;
    return position;
  }

  /** Now and then even taking back fails: then only opening it again shows what it holds. */
  private void leaveInDoubt(StorageException problem, List<byte[]> copies) {
    if (disk.world.scheduler.random.nextInt(3) == 0) {
      givenUp = problem;
      process.hasGivenUp();
      if (disk.world.scheduler.random.nextBoolean()) {
        log.records.addAll(copies);
      }
    }
  }

  private static byte[] checked(byte[] bytes) {
    if (bytes.length > LARGEST_RECORD) {
      throw new IllegalArgumentException("A record of " + bytes.length + " bytes is too large.");
    }
    return bytes;
  }

  @Override
  public WriteResult<Long> appendAt(long position, List<byte[]> batch) {
    requireUsable("append");
    if (position != next()) {
      return new WriteResult.Conflict<>(next());
    }
    try {
      return new WriteResult.Saved<>(append(batch));
    } catch (StorageException e) {
      return new WriteResult.Failed<>(e);
    }
  }

  @Override
  public List<JournalEntry> read(long from, int limit) {
    requireUsable("read");
    if (limit < 1) {
      throw new IllegalArgumentException("Read at least 1 record, not " + limit + ".");
    }
    StorageException problem = disk.problem(false);
    if (problem != null) {
      throw problem;
    }
    List<JournalEntry> entries = new ArrayList<>();
    for (long at = Math.max(from, log.first); at < next() && entries.size() < limit; at++) {
      entries.add(new JournalEntry(at, log.records.get((int) (at - log.first)).clone()));
    }
    return entries;
  }

  @Override
  public long first() {
    return log.first;
  }

  @Override
  public long next() {
    return log.first + log.records.size();
  }

  @Override
  public void truncateBefore(long position) {
    requireUsable("truncate");
    checkBounds(position, Long.MIN_VALUE);
    failIfBroken();
    if (position > log.first) {
      disk.endAtWrite(
          process,
          () -> {
            log.records.subList(0, (int) (position - log.first)).clear();
            log.first = position;
          });
    }
  }

  @Override
  public void truncateFrom(long position) {
    requireUsable("truncate");
    checkBounds(position, log.first);
    failIfBroken();
    if (position < next()) {
      disk.endAtWrite(
          process,
          () -> {
            log.records.subList((int) (position - log.first), log.records.size()).clear();
            log.epoch = disk.world.scheduler.random.nextLong();
          });
    }
  }

  private void checkBounds(long position, long from) {
    if (position < from || position > next()) {
      throw new IllegalArgumentException(
          "Cannot truncate at %d: the journal goes from %d to %d."
              .formatted(position, log.first, next()));
    }
  }

  private void failIfBroken() {
    StorageException problem = disk.problem(true);
    if (problem != null) {
      throw problem;
    }
  }

  @Override
  public long epoch() {
    return log.epoch;
  }

  @Override
  public JournalRecovery recovery() {
    return recovery;
  }

  @Override
  public void close() {
    closed = true;
  }
}
