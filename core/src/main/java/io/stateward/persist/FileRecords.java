package io.stateward.persist;

import io.stateward.persist.CheckedFile.DamagedException;
import io.stateward.signal.internal.Probes;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Records in a folder, one file each. */
final class FileRecords implements RecordStore {

  /*
   * Concurrency
   * -----------
   * The key picks one of a number of locks, which is held while its file is read or written: so who
   * reads sees nothing that is not durable yet, and two who write over the same version take turns.
   * Every call also holds the gate, shared; closing takes it alone, after which nothing is under way.
   * Order: gate, then the lock of one key, then the counter.
   *
   * Failure
   * -------
   * If a write fails, the file may hold the old or the new record, and not durably so. The key is then
   * in doubt: whoever comes next forces the folder and reads the file before anything else.
   */

  private static final int LOCKS = 64;

  private final Disk disk;
  private final Disk.Claim claim;
  private final Path folder;
  private final VersionCounter versions;
  private final NavigableMap<String, Long> index; // writes guarded by the lock of the key
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private boolean closed; // guarded by gate

  private FileRecords(
      Disk disk, Disk.Claim claim, VersionCounter versions, NavigableMap<String, Long> index) {
    this.disk = disk;
    this.claim = claim;
    this.folder = claim.file();
    this.versions = versions;
    this.index = index;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  static RecordStore open(Disk disk, Path folder) {
    Path absolute = folder.toAbsolutePath();
    try {
      disk.createFolders(absolute);
      Disk.Claim claim = disk.claim(absolute);
      try {
        return open(disk, claim);
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StorageException(
          "Cannot open the records in '%s' (%s). Check its permissions and the free space."
              .formatted(absolute, StorageException.said(e)),
          e);
    }
  }

  private static RecordStore open(Disk disk, Disk.Claim claim) throws IOException {
    Path folder = claim.file();
    NavigableMap<String, Long> index = new ConcurrentSkipListMap<>(RecordKeys.ORDER);
    List<Path> files = disk.list(folder);
    disk.force(folder); // what is found must not be undone by a crash
    long newest = 0;
    for (Path file : files) {
      if (RecordFile.isName(file)) {
        newest = Math.max(newest, load(disk, file, index));
      } else if (file.toString().endsWith(".tmp")) {
        disk.delete(file);
      }
    }
    CheckedFile counter = new CheckedFile(disk, folder.resolve("versions"));
    boolean isNew = files.stream().noneMatch(RecordFile::isName);
    return new FileRecords(disk, claim, VersionCounter.open(counter, isNew, newest), index);
  }

  private static long load(Disk disk, Path path, NavigableMap<String, Long> index)
      throws IOException {
    CheckedFile file = new CheckedFile(disk, path);
    try {
      StoredRecord record = RecordFile.read(file);
      index.put(record.key(), record.version());
      return record.version();
    } catch (DamagedException e) {
      report(path, file.setAside(path, ".damaged"), e);
      return 0;
    }
  }

  private static void report(Path file, Path aside, DamagedException damage) {
    Probes.report(
        "Record in '%s'".formatted(file),
        "It is damaged: %s. It is kept as '%s', and its key has no record now."
            .formatted(damage.getMessage(), aside),
        damage);
  }

  /** What is done with one key. */
  private interface Work<R> {
    @Nullable R run(CheckedFile file, @Nullable StoredRecord found) throws IOException;
  }

  private <R> @Nullable R withKey(String key, String attempted, Work<R> work) throws IOException {
    try {
      return underLock(key, attempted, work);
    } catch (StorageException e) {
      if (e.getCause() instanceof DamagedException damage) { // told when no lock is held
        Probes.report("Record in '%s'".formatted(folder), String.valueOf(e.getMessage()), damage);
      }
      throw e;
    }
  }

  private <R> @Nullable R underLock(String key, String attempted, Work<R> work) throws IOException {
    CheckedFile file = new CheckedFile(disk, folder.resolve(RecordFile.nameOf(key)));
    ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
    gate.readLock().lock();
    try {
      requireOpen(attempted);
      lock.lock();
      try {
        return work.run(file, find(key, file));
      } finally {
        lock.unlock();
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  private @Nullable StoredRecord find(String key, CheckedFile file) throws IOException {
    if (doubtful.contains(key)) {
      disk.force(folder);
      index.remove(key);
      if (disk.exists(file.file())) {
        index.put(key, 0L);
      }
    }
    if (!index.containsKey(key)) {
      doubtful.remove(key);
      return null;
    }
    StoredRecord found = readWhole(key, file);
    if (found != null) {
      index.put(key, found.version());
    }
    doubtful.remove(key);
    return found;
  }

  private @Nullable StoredRecord readWhole(String key, CheckedFile file) throws IOException {
    try {
      StoredRecord found = RecordFile.read(file);
      if (!found.key().equals(key)) {
        throw new DamagedException("it holds key '" + found.key() + "' instead of '" + key + "'");
      }
      return found;
    } catch (DamagedException e) {
      Path aside = file.setAside(file.file(), ".damaged");
      index.remove(key);
      throw new StorageException(
          "Record '%s' is damaged: %s. It is kept as '%s'; the key has no record now, and can be written anew."
              .formatted(key, e.getMessage(), aside),
          e);
    }
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    try {
      return withKey(key, "read", (file, found) -> found);
    } catch (IOException e) {
      throw StorageException.reading(folder, e);
    }
  }

  @Override
  public WriteResult<StoredRecord> write(String key, long expected, byte[] bytes) {
    RecordKeys.bytes(key);
    RecordKeys.checkVersion(expected, ABSENT);
    byte[] content = bytes.clone();
    return answer(
        key,
        "write",
        (file, found) -> {
          WriteResult<StoredRecord> refusal = MemoryRecords.refusal(found, expected);
          return refusal == null ? save(file, key, content) : refusal;
        });
  }

  private WriteResult<StoredRecord> save(CheckedFile file, String key, byte[] bytes)
      throws IOException {
    StoredRecord record = new StoredRecord(key, versions.next(), bytes);
    doubtful.add(key);
    RecordFile.save(file, record, Timekeeper.system().now());
    index.put(key, record.version());
    doubtful.remove(key);
    return new WriteResult.Saved<>(record);
  }

  @Override
  public WriteResult<StoredRecord> delete(String key, long expected) {
    RecordKeys.bytes(key);
    RecordKeys.checkVersion(expected, ABSENT + 1);
    return answer(
        key,
        "delete",
        (file, found) -> {
          WriteResult<StoredRecord> refusal = MemoryRecords.refusal(found, expected);
          return refusal == null ? remove(file, Objects.requireNonNull(found)) : refusal;
        });
  }

  private WriteResult<StoredRecord> remove(CheckedFile file, StoredRecord found)
      throws IOException {
    doubtful.add(found.key());
    disk.delete(file.file());
    disk.force(folder);
    index.remove(found.key());
    doubtful.remove(found.key());
    return new WriteResult.Saved<>(found);
  }

  private WriteResult<StoredRecord> answer(
      String key, String attempted, Work<WriteResult<StoredRecord>> work) {
    try {
      return Objects.requireNonNull(withKey(key, attempted, work), "answer");
    } catch (IOException e) {
      return new WriteResult.Failed<>(StorageException.writing(folder, e));
    } catch (StorageException e) {
      return new WriteResult.Failed<>(e);
    }
  }

  @Override
  public RecordPage list(String prefix, @Nullable String after, int limit) {
    RecordKeys.checkPage(prefix, after, limit);
    settleDoubts(); // a key in doubt may have to be in the index, or not
    List<StoredRecord> page = new ArrayList<>();
    boolean continues = after != null && RecordKeys.ORDER.compare(after, prefix) >= 0;
    String last = continues ? after : null;
    String key = last == null ? index.ceilingKey(prefix) : index.higherKey(last);
    while (key != null && key.startsWith(prefix)) {
      if (page.size() == limit) {
        return new RecordPage(page, last);
      }
      StoredRecord record = read(key);
      if (record != null) {
        page.add(record);
        last = key;
      }
      key = index.higherKey(key);
    }
    requireOpenNow("list");
    return new RecordPage(page, null);
  }

  private void settleDoubts() {
    for (String key : Set.copyOf(doubtful)) {
      read(key);
    }
  }

  private void requireOpenNow(String attempted) {
    gate.readLock().lock();
    try {
      requireOpen(attempted);
    } finally {
      gate.readLock().unlock();
    }
  }

  private void requireOpen(String attempted) {
    if (closed) {
      throw MemoryJournal.closed("Record store '%s'".formatted(folder), attempted);
    }
  }

  @Override
  public void close() {
    gate.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      claim.close();
    } catch (IOException e) {
      throw StorageException.writing(folder, e);
    } finally {
      gate.writeLock().unlock();
    }
  }
}
