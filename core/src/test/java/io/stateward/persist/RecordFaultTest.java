package io.stateward.persist;

import static io.stateward.persist.RecordSubjects.bytes;
import static io.stateward.persist.RecordSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.persist.FaultyDisk.Crash;
import io.stateward.persist.FaultyDisk.Fault;
import io.stateward.persist.FaultyDisk.Loss;
import io.stateward.signal.Reports;
import io.stateward.store.WriteResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records on a disk of which each system call in turn fails, or is the last one of the process, and
 * records whose files were changed by somebody else.
 */
final class RecordFaultTest {

  private static final Path FOLDER = Path.of("/data/records");

  /** What must be in the store, and what may be there instead. */
  private static final class Expected {
    Map<String, String> acknowledged = Map.of();
    Map<String, String> inFlight = Map.of();
    long newest;
  }

  private static void write(RecordStore records, Expected expected, String key, String text) {
    Map<String, String> next = new TreeMap<>(expected.acknowledged);
    next.put(key, text);
    expected.inFlight = next;
    StoredRecord found = records.read(key);
    accept(records.write(key, found == null ? 0 : found.version(), bytes(text)), expected, next);
  }

  private static void delete(RecordStore records, Expected expected, String key) {
    Map<String, String> next = new TreeMap<>(expected.acknowledged);
    next.remove(key);
    expected.inFlight = next;
    accept(records.delete(key, records.read(key).version()), expected, next);
  }

  private static void accept(
      WriteResult<StoredRecord> result, Expected expected, Map<String, String> next) {
    if (result instanceof WriteResult.Failed<StoredRecord> failed) {
      throw (StorageException) failed.cause();
    }
    expected.newest = RecordSubjects.saved(result).version();
    expected.acknowledged = next;
  }

  private static void work(Disk disk, Expected expected) {
    try (RecordStore records = FileRecords.open(disk, FOLDER)) {
      write(records, expected, "a", "one");
      write(records, expected, "b", "two");
      write(records, expected, "a", "three");
      delete(records, expected, "b");
      write(records, expected, "c", "four");
      delete(records, expected, "c");
    }
  }

  private static Map<String, String> contents(RecordStore records) {
    Map<String, String> contents = new TreeMap<>();
    records.list("", null, 100).records().forEach(each -> contents.put(each.key(), text(each)));
    return contents;
  }

  private static void check(FaultyDisk disk, Expected expected, String when) {
    try (Reports reports = new Reports();
        RecordStore records = FileRecords.open(disk, FOLDER)) {
      assertThat(contents(records)).as(when).isIn(expected.acknowledged, expected.inFlight);
      assertThat(reports.naming("ecord")).as(when).isEmpty();
      StoredRecord fresh =
          RecordSubjects.saved(records.write("fresh", RecordStore.ABSENT, bytes("x")));
      assertThat(fresh.version()).as(when).isGreaterThan(expected.newest);
    }
    try (RecordStore records = FileRecords.open(disk.after(Loss.EVERYTHING), FOLDER)) {
      assertThat(contents(records)).as(when).containsEntry("fresh", "x");
    }
  }

  @ParameterizedTest
  @EnumSource
  void work_anyCallFaultyThenPowerLost_isThereOrInFlight(Fault fault) {
    for (int call = 0; ; call++) {
      FaultyDisk disk = new FaultyDisk();
      disk.failAt(call, fault);
      Expected expected = new Expected();
      try {
        work(disk, expected);
        assertThat(call)
            .as("calls that were made faulty")
            .isGreaterThan(fault == Fault.FULL ? 30 : 50);
        return;
      } catch (Crash | StorageException expectedHere) {
        disk.heal();
      }
      for (Loss loss : Loss.values()) {
        check(disk.after(loss), expected, "%s at call %d, %s lost".formatted(fault, call, loss));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS", "FAILS_AFTERWARDS", "FULL"})
  void write_anyCallFails_readsWhatIsDurableAndGoesOn(Fault fault) {
    for (int call = 0; call < 12; call++) {
      FaultyDisk disk = new FaultyDisk();
      try (RecordStore records = FileRecords.open(disk, FOLDER)) {
        Expected expected = new Expected();
        write(records, expected, "a", "one");
        disk.failAt(call, fault);
        try {
          write(records, expected, "a", "two");
        } catch (StorageException failed) {
          assertThat(failed).hasMessageContaining("/data/records");
        }
        disk.heal();

        StoredRecord read = records.read("a");
        assertThat(text(read)).isIn("one", "two");
        FaultyDisk later = disk.after(Loss.EVERYTHING);
        try (RecordStore again = FileRecords.open(later, FOLDER)) {
          assertThat(again.read("a")).as("what was read is durable").isEqualTo(read);
        }
        write(records, expected, "a", "three");
        assertThat(text(records.read("a"))).isEqualTo("three");
      }
    }
  }

  private static Path fileOf(FaultyDisk disk) {
    return disk.files().stream().filter(RecordFile::isName).findFirst().orElseThrow();
  }

  @Test
  void open_fileCutFlippedOrZeroed_isKeptAsideAndReported() {
    FaultyDisk disk = new FaultyDisk();
    try (RecordStore records = FileRecords.open(disk, FOLDER)) {
      records.write("a", RecordStore.ABSENT, bytes("content"));
    }
    Path file = fileOf(disk);
    byte[] whole = disk.bytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      openDamaged(disk, file, flipped);
      openDamaged(disk, file, Arrays.copyOf(whole, at));
    }
    openDamaged(disk, file, new byte[whole.length]);
  }

  private static void openDamaged(FaultyDisk original, Path file, byte[] damaged) {
    FaultyDisk disk = original.afterKill();
    disk.put(file, damaged);
    try (Reports reports = new Reports();
        RecordStore records = FileRecords.open(disk, FOLDER)) {
      assertThat(records.read("a")).isNull();
      assertThat(reports.naming(file.getFileName().toString())).hasSize(1);
      assertThat(disk.bytes(Path.of(file + ".damaged"))).isEqualTo(damaged);
    }
  }

  @Test
  void read_damagedSinceItWasOpened_throwsAndKeepsTheFile() {
    FaultyDisk disk = new FaultyDisk();
    try (RecordStore records = FileRecords.open(disk, FOLDER)) {
      records.write("a", RecordStore.ABSENT, bytes("content"));
      Path file = fileOf(disk);
      disk.put(file, bytes("junk"));

      assertThatThrownBy(() -> records.read("a"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Record 'a' is damaged")
          .hasMessageContaining(".damaged");
      assertThat(disk.bytes(Path.of(file + ".damaged"))).isEqualTo(bytes("junk"));
      assertThat(records.write("a", RecordStore.ABSENT, bytes("anew")).isSaved()).isTrue();
    }
  }

  @Test
  void open_counterDamaged_leavesVersionsOut() {
    FaultyDisk disk = new FaultyDisk();
    long version;
    try (RecordStore records = FileRecords.open(disk, FOLDER)) {
      records.write("b", RecordStore.ABSENT, bytes("x"));
      version = RecordSubjects.saved(records.write("a", RecordStore.ABSENT, bytes("x"))).version();
      records.delete("a", version);
    }
    disk.put(FOLDER.resolve("versions"), bytes("junk"));

    try (RecordStore records = FileRecords.open(disk, FOLDER)) {
      assertThat(RecordSubjects.saved(records.write("a", 0, bytes("y"))).version())
          .isGreaterThan(version);
    }
    assertThat(disk.bytes(FOLDER.resolve("versions.damaged"))).isEqualTo(bytes("junk"));
  }
}
