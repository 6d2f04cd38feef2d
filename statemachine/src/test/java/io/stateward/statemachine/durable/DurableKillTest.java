package io.stateward.statemachine.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.persist.RecordStore;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.durable.Invoices.Invoice;
import io.stateward.statemachine.durable.Invoices.InvoiceEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed at random moments while it charges invoices, round after round on the
 * same records, against a service that counts what it is asked by key.
 *
 * <p>{@code -Dstateward.durable.kills=200} makes a soak of it; ten kills by default.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class DurableKillTest {

  private static final int KILLS = Integer.getInteger("stateward.durable.kills", 10);
  private static final int EACH = 4;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  @TempDir Path folder;

  private final Random random = new Random(7);

  private Process start(BankService bank, int first, int count) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            KilledInvoices.class.getName(),
            folder.toString(),
            String.valueOf(bank.port()),
            String.valueOf(first),
            String.valueOf(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader said(Process program) {
    return new BufferedReader(
        new InputStreamReader(program.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Starts the program, and kills it; returns whether it had ended before. */
  private boolean runAndKill(BankService bank, int first) throws Exception {
    Process program = start(bank, first, EACH);
    try (BufferedReader said = said(program)) {
      assertThat(said.readLine()).isEqualTo("open");
      LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
      program.toHandle().destroyForcibly();
      String last = said.readLine();
      assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return "done".equals(last);
    }
  }

  @Test
  void charge_killedAtAnyMoment_isAskedForUnderOneKeyEach() throws Exception {
    try (BankService bank = new BankService()) {
      int ended = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        ended += runAndKill(bank, kill * EACH) ? 1 : 0;
      }
      assertThat(ended).as("killed in the middle").isLessThan(KILLS);
      Process last = start(bank, 0, KILLS * EACH);
      try (BufferedReader said = said(last)) {
        assertThat(said.lines().collect(Collectors.toList())).containsExactly("open", "done");
      }

      List<String> keys =
          IntStream.range(0, KILLS * EACH)
              .mapToObj(i -> "charge invoice/i" + i + "/0/charge")
              .toList();
      assertThat(
              bank.requests().keySet().stream()
                  .filter(it -> it.startsWith("charge"))
                  .map(it -> it.replaceFirst("/\\w+/0/", "/0/"))) // the word of its life
          .containsExactlyInAnyOrderElementsOf(keys);
      assertThat(bank.requests().keySet().stream().filter(it -> it.startsWith("thank")))
          .hasSize(KILLS * EACH);
      check();
    }
  }

  private void check() {
    try (RecordStore records = RecordStore.files(folder);
        Actors actors = Actors.on(Runnable::run).build();
        DurableActors<Invoice, InvoiceEvent> invoices =
            DurableActors.of(
                    actors,
                    records,
                    MachineCodec.of(Invoices.machine((cents, key) -> key), RecordCodecs::of))
                .open()) {
      for (int i = 0; i < KILLS * EACH; i++) {
        assertThat(Objects.requireNonNull(invoices.load("i" + i)).snapshot().state())
            .isEqualTo(new Invoice.Settled("receipt"));
      }
    }
  }
}
