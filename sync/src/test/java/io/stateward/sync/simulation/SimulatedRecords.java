package io.stateward.sync.simulation;

import io.stateward.persist.RecordPage;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.ClosedException;
import io.stateward.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records on a simulated disk, used by one process. Keys are in the order of their chars. */
final class SimulatedRecords implements RecordStore {

  private final SimulatedDisk disk;
  private final SimulatedProcess process;
  private boolean closed;

  SimulatedRecords(SimulatedDisk disk, SimulatedProcess process) {
    this.disk = disk;
    this.process = process;
  }

  private void requireUsable(String attempted) {
    if (!process.isAlive()) {
      throw new Killed();
    }
    if (closed) {
      throw new ClosedException("The record store", attempted, "Open it again.");
    }
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    requireUsable("read");
    failIfBroken();
    StoredRecord found = disk.records.get(key);
    return found == null ? null : copy(found);
  }

  private void failIfBroken() {
    StorageException problem = disk.problem(false);
    if (problem != null) {
      throw problem;
    }
  }

  private static StoredRecord copy(StoredRecord record) {
    return new StoredRecord(record.key(), record.version(), record.bytes().clone());
  }

  @Override
  public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
    requireUsable("write");
    StoredRecord found = disk.records.get(key);
    if ((found == null ? ABSENT : found.version()) != expected) {
      return found == null ? new WriteResult.Gone<>() : new WriteResult.Conflict<>(copy(found));
    }
    StoredRecord written = new StoredRecord(key, disk.versions + 1, bytes.clone());
    return change(
        () -> {
          disk.versions++;
          disk.records.put(key, written);
        },
        written);
  }

  @Override
  public WriteResult<StoredRecord> delete(String key, long expected) {
    requireUsable("delete");
    StoredRecord found = disk.records.get(key);
    if (found == null) {
      return new WriteResult.Gone<>();
    }
    return found.version() == expected
        ? change(() -> disk.records.remove(key), found)
        : new WriteResult.Conflict<>(copy(found));
  }

  private WriteResult<StoredRecord> change(Runnable work, StoredRecord answer) {
    StorageException problem = disk.problem(true);
    if (problem != null) {
      if (disk.world.scheduler.random.nextBoolean()) {
        work.run(); // it failed, and is there all the same
      }
      return new WriteResult.Failed<>(problem);
    }
    disk.endAtWrite(process, work);
    return new WriteResult.Saved<>(copy(answer));
  }

  @Override
  public RecordPage list(String prefix, @Nullable String after, int limit) {
    requireUsable("list");
    failIfBroken();
    List<StoredRecord> page = new ArrayList<>();
    String from = after == null || after.compareTo(prefix) < 0 ? prefix : after;
    for (StoredRecord record : disk.records.tailMap(from, !from.equals(after)).values()) {
      if (!record.key().startsWith(prefix)) {
        break;
      }
      if (page.size() == limit) {
        return new RecordPage(page, page.get(limit - 1).key());
      }
      page.add(copy(record));
    }
    return new RecordPage(page, null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
