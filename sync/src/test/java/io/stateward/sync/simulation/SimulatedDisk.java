package io.stateward.sync.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.persist.Journal;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StorageException;
import io.stateward.persist.StoredRecord;
import io.stateward.sync.simulation.Chance.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one machine: it outlives the processes that use it, keeps what journals and records
 * promise to keep, and of the rest what chance leaves.
 */
final class SimulatedDisk {

  /** What a failure says that the simulator made: nobody else's. */
  static final String INJECTED = "injected";

  /** A journal as it is on disk. */
  static final class Log {
    final List<byte[]> records = new ArrayList<>();
    long first;
    long epoch;
    boolean torn;

    Log copy() {
      Log copy = new Log();
      copy.records.addAll(records);
      copy.first = first;
      copy.epoch = epoch;
      return copy;
    }
  }

  /** Records that came to a journal. */
  private record Growth(Log log, int by, long atNanos) {}

  final World world;
  private Map<String, Log> logs = new LinkedHashMap<>();
  TreeMap<String, StoredRecord> records = new TreeMap<>();
  long versions;
  private final List<Growth> growths = new ArrayList<>();
  private long forgottenNanos;
  private boolean full;
  private boolean broken;

  SimulatedDisk(World world) {
    this.world = world;
  }

  /** Makes it lie: what was appended shortly before the process dies is not there afterwards. */
  void forgetsAtDeath(Duration what) {
    forgottenNanos = what.toNanos();
  }

  /** Takes down that a journal has grown, for a disk that lies. */
  void grown(Log log, int by) {
    if (forgottenNanos > 0) {
      growths.add(new Growth(log, by, world.scheduler.nanoTime()));
    }
  }

  /** The process that used the disk is dead. */
  void died() {
    long now = world.scheduler.nanoTime();
    for (int i = growths.size() - 1; i >= 0; i--) {
      Growth growth = growths.get(i);
      List<byte[]> records = growth.log.records;
      if (now - growth.atNanos < forgottenNanos && records.size() >= growth.by) {
        records.subList(records.size() - growth.by, records.size()).clear();
      }
    }
    growths.clear();
  }

  /** Opens a journal for a process; whoever had it open before is dead or has closed it. */
  Journal journal(SimulatedProcess process, String name) {
    Log log = logs.computeIfAbsent(name, n -> created());
    return new SimulatedJournal(this, process, log);
  }

  private Log created() {
    Log log = new Log();
    log.epoch = world.scheduler.random.nextLong();
    return log;
  }

  /** Returns the records of the machine, for a process. */
  RecordStore records(SimulatedProcess process) {
    return new SimulatedRecords(this, process);
  }

  List<String> names() {
    return List.copyOf(logs.keySet());
  }

  void delete(String name) {
    logs.remove(name);
  }

  void setFull(boolean now) {
    full = now;
  }

  void setBroken(boolean now) {
    broken = now;
  }

  /** Returns what a call fails with, or null if the disk does its work. */
  @Nullable StorageException problem(boolean needsSpace) {
    if (broken && world.scheduler.random.nextInt(3) > 0) {
      return new StorageException("Input/output error, " + INJECTED, null);
    }
    return full && needsSpace ? new StorageException("No space left, " + INJECTED, null) : null;
  }

  /** Ends a process before or after what it writes, now and then. */
  void endAtWrite(SimulatedProcess process, Runnable write) {
    boolean dies = world.chance.strikes(Fault.CRASH_IN_APPEND, 0.004);
    if (!dies || world.scheduler.random.nextBoolean()) {
      write.run();
    }
    if (dies) {
      throw process.die();
    }
  }

  /** Returns all that is in the journals, as text. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Log log : logs.values()) {
      log.records.forEach(record -> text.append(new String(record, UTF_8)).append('\n'));
    }
    return text.toString();
  }

  /** Copies all that there is, as a backup does. */
  SimulatedDisk backup() {
    SimulatedDisk copy = new SimulatedDisk(world);
    copy.restore(this);
    return copy;
  }

  /** Becomes what another disk is. */
  void restore(SimulatedDisk other) {
    logs = new LinkedHashMap<>();
    other.logs.forEach((name, log) -> logs.put(name, log.copy()));
    records = new TreeMap<>(other.records);
    versions = other.versions;
  }
}
