package io.stateward.examples.board;

import java.time.Duration;
import java.time.Instant;

/** Processes for tests. */
final class Rows {

  static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

  private Rows() {}

  static ProcessRow row(long pid, String name, long cpuMillis) {
    return new ProcessRow(
        pid, name, "ada", "/bin/" + name, START, Duration.ofMillis(cpuMillis), null);
  }

  /** A process of which the operating system tells nothing. */
  static ProcessRow unknown(long pid) {
    return new ProcessRow(pid, "", "", "", null, null, null);
  }
}
