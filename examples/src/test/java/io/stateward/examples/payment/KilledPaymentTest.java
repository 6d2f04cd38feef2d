package io.stateward.examples.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.Launcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The payment as a process of its own, which is killed the hard way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
final class KilledPaymentTest {

  private static final int KILLED = 128 + 9; // by SIGKILL

  @TempDir private Path data;

  /** A payment that was started from the command line, and a page that is connected to it. */
  private static final class Child implements AutoCloseable {

    private final Process process;
    private final PaymentPage page;

    Child(Path data) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Launcher.class.getName(),
                  "payment",
                  "--port",
                  "0",
                  "--data",
                  data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      page = new PaymentPage(address());
    }

    private URI address() throws IOException {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.strip().startsWith("http://")) {
          return URI.create(line.strip());
        }
      }
      throw new AssertionError("The payment ended before it said where it is.");
    }

    int kill() throws InterruptedException {
      process.destroyForcibly();
      return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
      kill();
    }
  }

  @Test
  @Timeout(90)
  void processing_isKilled_goesOnAndIsChargedOnce() throws Exception {
    try (Child child = new Child(data)) {
      child.page.startTeaAndCharge();
      assertThat(child.kill()).isEqualTo(KILLED);
    }

    try (Child child = new Child(data)) {
      child.page.await("log", "begins in Processing");
      child.page.await("state", "\"name\":\"Success\"", "\"order\":\"Tea\"", "\"detail\":\"R-");
      child.page.await("books", ",2400,1,2,false,1]"); // charged once, asked twice, one receipt
    }
  }

  @Test
  @Timeout(90)
  void validating_isKilledByThePage_goesOn() throws Exception {
    try (Child child = new Child(data)) {
      child.page.startTeaAndValidate();
      assertThatThrownBy(() -> child.page.post("kill", PaymentPage.NOTHING))
          .hasCauseInstanceOf(IOException.class); // nobody is there to answer
      assertThat(child.process.waitFor()).isEqualTo(KILLED);
    }

    try (Child child = new Child(data)) {
      child.page.await("log", "begins in Validating");
      child.page.await("state", "\"name\":\"Success\"");
      child.page.await("books", ",2400,1,1,false,1]");
    }
  }

  @Test
  @Timeout(90)
  void success_isKilledWhileTheReceiptIsSent_sendsItOnce() throws Exception {
    try (Child child = new Child(data)) {
      child.page.startTeaAndSendTheReceipt();
      assertThat(child.kill()).isEqualTo(KILLED);
    }

    try (Child child = new Child(data)) {
      child.page.await("log", "begins in Success");
      child.page.ask("another", PaymentPage.NOTHING);
      child.page.ask("start", "{\"what\":\"Milk\",\"cents\":100}");
      child.page.await("state", "\"name\":\"Success\"", "\"order\":\"Milk\"");
      // a second receipt for the tea would have been sent before the milk's was
      child.page.await("books", ",2400,1,1,false,1]", ",100,1,1,false,1]");
    }
  }
}
