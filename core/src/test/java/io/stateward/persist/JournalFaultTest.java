package io.stateward.persist;

import static io.stateward.persist.JournalSubjects.batch;
import static io.stateward.persist.JournalSubjects.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.persist.FaultyDisk.Crash;
import io.stateward.persist.FaultyDisk.Fault;
import io.stateward.persist.FaultyDisk.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A journal on a disk of which each system call in turn fails, or is the last one of the process.
 * Whatever happens, opening it again finds what was acknowledged, and of what was in flight all or
 * nothing.
 */
final class JournalFaultTest {

  private static final Path FILE = Path.of("/data/journal.log");
  private static final String LARGE = "x".repeat(40_000);

  /** What must be in the journal, and what may be there instead. */
  private static final class Expected {
    List<String> acknowledged = List.of();
    List<String> inFlight = List.of();
    boolean opened;

    void attempt(List<String> next, Runnable work) {
      inFlight = next;
      work.run();
      acknowledged = next;
    }
  }

  /** Makes every kind of change, some of which rewrite the file. */
  private static void work(Disk disk, Expected expected) {
    try (Journal journal = JournalOpening.open(disk, FILE)) {
      expected.opened = true;
      append(journal, expected, "a");
      append(journal, expected, "b", "c", "d");
      truncateBefore(journal, expected, 1);
      append(journal, expected, LARGE + 1, LARGE + 2);
      append(journal, expected, "e");
      truncateBefore(journal, expected, 6);
      append(journal, expected, "f", "g");
      truncateFrom(journal, expected, 7);
      append(journal, expected, "h");
    }
  }

  private static void append(Journal journal, Expected expected, String... texts) {
    List<String> next = new ArrayList<>(expected.acknowledged);
    for (String text : texts) {
      next.add((journal.next() + next.size() - expected.acknowledged.size()) + "=" + text);
    }
    expected.attempt(next, () -> journal.append(batch(texts)));
  }

  private static void truncateBefore(Journal journal, Expected expected, long position) {
    List<String> next =
        expected.acknowledged.stream().filter(e -> position(e) >= position).toList();
    expected.attempt(next, () -> journal.truncateBefore(position));
  }

  private static void truncateFrom(Journal journal, Expected expected, long position) {
    List<String> next = expected.acknowledged.stream().filter(e -> position(e) < position).toList();
    expected.attempt(next, () -> journal.truncateFrom(position));
  }

  private static long position(String entry) {
    return Long.parseLong(entry.substring(0, entry.indexOf('=')));
  }

  private static void check(FaultyDisk disk, Expected expected, String when) {
    try (Journal journal = JournalOpening.open(disk, FILE)) {
      assertThat(contents(journal)).as(when).isIn(expected.acknowledged, expected.inFlight);
      assertThat(journal.recovery()).as(when).isNotInstanceOf(JournalRecovery.Damaged.class);
      long position = journal.append(batch("afterwards"));
      assertThat(contents(journal)).as(when).contains(position + "=afterwards");
    }
    try (Journal journal = JournalOpening.open(disk.after(Loss.EVERYTHING), FILE)) {
      assertThat(contents(journal)).as(when).anyMatch(entry -> entry.endsWith("=afterwards"));
      assertThat(journal.recovery()).as(when).isInstanceOf(JournalRecovery.Intact.class);
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
        assertThat(call).as("calls that were made faulty").isGreaterThan(40);
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
  void append_anyCallFails_worksAgainWhenTheDiskDoesOrSaysThatItMustBeReopened(Fault fault) {
    for (int call = 0; ; call++) {
      FaultyDisk disk = new FaultyDisk();
      try (Journal journal = JournalOpening.open(disk, FILE)) {
        journal.append(batch("a"));
        disk.failAt(call, fault);
        try {
          journal.append(batch("b", "c"));
          assertThat(call).isEqualTo(fault == Fault.FULL ? 1 : 2); // one write, one force
          return;
        } catch (StorageException failed) {
          assertThat(contents(journal)).containsExactly("0=a");
          assertThat(failed).hasMessageContaining("journal.log");
        }
        disk.heal();
        assertThat(journal.append(batch("d"))).isEqualTo(1);
        assertThat(contents(journal)).containsExactly("0=a", "1=d");
      }
      try (Journal again = JournalOpening.open(disk.after(Loss.EVERYTHING), FILE)) {
        assertThat(contents(again)).containsExactly("0=a", "1=d");
      }
    }
  }
}
