package io.stateward.persist;

import static io.stateward.persist.JournalSubjects.batch;
import static io.stateward.persist.JournalSubjects.bytes;
import static io.stateward.persist.JournalSubjects.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.Reports;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal file that was cut, flipped or zeroed while nobody had it open. */
final class JournalDamageTest {

  private static final Path FILE = Path.of("/data/journal.log");

  private static FaultyDisk written() {
    FaultyDisk disk = new FaultyDisk();
    try (Journal journal = JournalOpening.open(disk, FILE)) {
      journal.append(bytes("first"));
      journal.append(batch("second", "third"));
      journal.append(bytes("fourth"));
    }
    return disk;
  }

  private static final List<String> ALL = List.of("0=first", "1=second", "2=third", "3=fourth");

  private static void checkAside(FaultyDisk disk, Path aside, byte[] content) {
    assertThat(disk.bytes(aside)).isEqualTo(content);
  }

  @Test
  void open_cutAtEveryByte_keepsWholeBatchesAndTheTornTail() {
    byte[] whole = written().bytes(FILE);
    for (int size = JournalFrames.HEADER; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      FaultyDisk disk = new FaultyDisk();
      disk.put(FILE, cut);

      try (Journal journal = JournalOpening.open(disk, FILE)) {
        List<String> found = contents(journal);
        assertThat(found).isEqualTo(ALL.subList(0, found.size()));
        assertThat(found.size()).as("batches are whole").isNotEqualTo(2);
        if (journal.recovery() instanceof JournalRecovery.TornTail torn) {
          assertThat(torn.position()).isEqualTo(found.size());
          checkAside(
              disk, torn.keptAside(), Arrays.copyOfRange(cut, size - (int) torn.bytes(), size));
        } else {
          assertThat(journal.recovery()).isEqualTo(new JournalRecovery.Intact());
          assertThat(JournalFrames.HEADER + 24 * found.size() + lengths(found)).isEqualTo(size);
        }
      }
    }
  }

  private static int lengths(List<String> found) {
    return found.stream().mapToInt(entry -> entry.length() - 2).sum();
  }

  @Test
  void open_anyBitFlipped_neverReadsAWrongRecordAndKeepsWhatItCuts() {
    byte[] whole = written().bytes(FILE);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      openDamaged(flipped, "bit " + bit);
    }
  }

  @Test
  void open_anyByteZeroed_neverReadsAWrongRecordAndKeepsWhatItCuts() {
    byte[] whole = written().bytes(FILE);
    for (int at = 0; at < whole.length; at++) {
      byte[] zeroed = whole.clone();
      zeroed[at] = 0;
      if (zeroed[at] != whole[at]) {
        openDamaged(zeroed, "byte " + at);
      }
    }
  }

  private static void openDamaged(byte[] damaged, String what) {
    FaultyDisk disk = new FaultyDisk();
    disk.put(FILE, damaged);
    try (Reports reports = new Reports();
        Journal journal = JournalOpening.open(disk, FILE)) {
      List<String> found = contents(journal);
      assertThat(found).as(what).isEqualTo(ALL.subList(0, found.size()));
      assertThat(found.size()).as(what).isLessThan(4);
      assertThat(journal.recovery()).as(what).isNotInstanceOf(JournalRecovery.Intact.class);
      journal
          .recovery()
          .fold(
              () -> null,
              torn -> {
                assertThat(found.size()).as(what + " is in the last group").isEqualTo(3);
                return null;
              },
              lost -> {
                checkAside(disk, lost.keptAside(), damaged);
                assertThat(lost.position()).isEqualTo(found.size());
                return null;
              });
      assertThat(reports.naming("journal.log")).as(what).hasSize(1);
      journal.append(bytes("goes on"));
    }
    try (Journal again = JournalOpening.open(disk, FILE)) {
      assertThat(again.recovery()).as(what).isEqualTo(new JournalRecovery.Intact());
      assertThat(contents(again)).as(what).last().asString().endsWith("=goes on");
    }
  }

  @Test
  void open_damaged_beginsANewEpoch() {
    FaultyDisk disk = written();
    long epoch;
    try (Journal journal = JournalOpening.open(disk, FILE)) {
      epoch = journal.epoch();
    }
    byte[] bytes = disk.bytes(FILE);
    bytes[JournalFrames.HEADER + 30] ^= 1;
    disk.put(FILE, bytes);

    try (Journal journal = JournalOpening.open(disk, FILE)) {
      assertThat(journal.epoch()).isNotEqualTo(epoch);
    }
  }

  @Test
  void open_zeroedOrEmpty_keepsTheFileAndStartsAnew() {
    for (byte[] content : List.of(new byte[0], new byte[10], new byte[5_000])) {
      FaultyDisk disk = new FaultyDisk();
      disk.put(FILE, content);

      try (Journal journal = JournalOpening.open(disk, FILE)) {
        assertThat(journal.recovery()).isInstanceOf(JournalRecovery.Damaged.class);
        assertThat(journal.append(bytes("a"))).isZero();
      }
      checkAside(disk, Path.of(FILE + ".damaged"), content);
    }
  }

  @Test
  void open_zerosAtTheEnd_areCutOff() {
    FaultyDisk disk = written();
    byte[] whole = disk.bytes(FILE);
    disk.put(FILE, Arrays.copyOf(whole, whole.length + 4_096));

    try (Journal journal = JournalOpening.open(disk, FILE)) {
      assertThat(journal.recovery()).isEqualTo(new JournalRecovery.TornTail(4, 4_096, null));
      assertThat(contents(journal)).isEqualTo(ALL);
    }
    assertThat(disk.bytes(FILE)).isEqualTo(whole);
  }

  @Test
  void open_newerFormat_isRefusedAndLeftAlone() {
    FaultyDisk disk = new FaultyDisk();
    byte[] newer = JournalFrames.header(1, 0);
    newer[3] = 2;
    java.nio.ByteBuffer.wrap(newer).putInt(24, JournalFrames.checksum(newer, 0, 24));
    disk.put(FILE, newer);

    assertThatThrownBy(() -> JournalOpening.open(disk, FILE))
        .isInstanceOf(NewerSchemaException.class)
        .hasMessageContaining("is 2")
        .hasMessageContaining("up to 1");
    assertThat(disk.bytes(FILE)).isEqualTo(newer);
  }

  @Test
  void read_damagedSinceItWasOpened_saysSoAndSkipsNothing() {
    FaultyDisk disk = written();
    try (Journal journal = JournalOpening.open(disk, FILE)) {
      byte[] bytes = disk.bytes(FILE);
      bytes[JournalFrames.HEADER + 24 + 5 + 24] ^= 1;
      disk.put(FILE, bytes);

      assertThatThrownBy(() -> journal.read(0, 10))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Record 1 of '/data/journal.log'");
    }
  }
}
