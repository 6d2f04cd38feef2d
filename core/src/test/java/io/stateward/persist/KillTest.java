package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.persist.Preferences.App;
import io.stateward.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real processes that are killed at random moments, round after round on the same files.
 *
 * <p>{@code -Dstateward.kill.rounds=500} makes a soak of it; a few rounds run by default.
 */
final class KillTest {

  private static final int ROUNDS = Integer.getInteger("stateward.kill.rounds", 5);
  private static final int MOST_WRITES = 40;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @TempDir Path folder;

  private final Random random = new Random(42);

  /** Starts a writer, kills it, and returns the number that it acknowledged last; -1 for none. */
  private long writeAndKill(String shape) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                shape,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      assertThat(told.readLine()).as("the writer opens what the one before left").isEqualTo("-1");
      long last = -1;
      for (int waited = random.nextInt(MOST_WRITES); waited > 0; waited--) {
        last = Long.parseLong(told.readLine());
      }
      LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
      writer.toHandle().destroyForcibly(); // leaves what it has printed to be read
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        last = line.isEmpty() ? last : Long.parseLong(line);
      }
      assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return last;
    }
  }

  private long found(String shape, long acknowledged) {
    return switch (shape) {
      case "journal" -> inJournal(acknowledged);
      case "records" -> inRecords();
      default -> inState();
    };
  }

  private long inJournal(long acknowledged) {
    try (Journal journal = Journal.file(folder.resolve("log"))) {
      assertThat(journal.recovery()).isNotInstanceOf(JournalRecovery.Damaged.class);
      assertThat(journal.next() % 2).as("batches of two are whole").isZero();
      List<JournalEntry> entries = journal.read(journal.first(), 1_000_000);
      for (JournalEntry entry : entries) {
        assertThat(entry.bytes()).isEqualTo(KilledWriter.record(entry.position()));
      }
      if (acknowledged >= 0) {
        assertThat(journal.next()).isIn(acknowledged + 1, acknowledged + 3);
      }
      return journal.next() - 1;
    }
  }

  private long inRecords() {
    try (RecordStore records = RecordStore.files(folder.resolve("records"))) {
      long newest = -1;
      for (StoredRecord each : records.list("", null, 10).records()) {
        long number = ByteBuffer.wrap(each.bytes()).getLong();
        assertThat(each.bytes()).isEqualTo(KilledWriter.record(number));
        assertThat(each.key()).isEqualTo("k" + number % 3);
        newest = Math.max(newest, number);
      }
      return newest;
    }
  }

  private long inState() {
    Store<App> store = Store.of(App.START);
    try (Persistence persistence =
        Persistence.of(store)
            .partialize(App::prefs, App::withPrefs)
            .open(folder.resolve("prefs.json"), Preferences.CODEC, Runnable::run)) {
      assertThat(persistence.hydrated().toCompletableFuture().join())
          .isNotInstanceOf(Restored.Reset.class)
          .isNotInstanceOf(Restored.Refused.class);
      return store.get().prefs().size();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal", "records", "state"})
  void write_killedAtAnyMoment_reopensWithTheLastAcknowledgedOrTheOneInFlight(String shape)
      throws Exception {
    long before = -1;
    long acknowledgedInAll = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = writeAndKill(shape);
      long found = found(shape, acknowledged);
      int step = shape.equals("journal") ? 2 : 1;
      long least = Math.max(acknowledged, before);
      assertThat(found).as("round %d", round).isBetween(least, Math.max(least, 0) + step);
      acknowledgedInAll += Math.max(0, acknowledged - before);
      before = found;
    }
    assertThat(acknowledgedInAll).as("writes acknowledged before a kill").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal"})
  void open_whileAnotherProcessWrites_isRefused(String shape) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                shape,
                folder.toString())
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      assertThat(told.readLine()).isEqualTo("-1");

      assertThatThrownBy(() -> Journal.file(folder.resolve("log")))
          .isInstanceOf(FileInUseException.class)
          .hasMessageContaining("another process")
          .hasMessageContaining("log.lock");
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    Journal.file(folder.resolve("log")).close();
  }
}
