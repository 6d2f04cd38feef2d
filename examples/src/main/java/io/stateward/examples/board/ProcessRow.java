package io.stateward.examples.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One process as the board shows it. The operating system does not tell everything about the
 * processes of others, so most of it may be missing.
 *
 * @param pid the process id
 * @param name the name of the program; empty if it is not told
 * @param user the owner; empty if it is not told
 * @param command the command line, cut to a readable length; empty if it is not told
 * @param started when it started, or null if that is not told
 * @param cpuTime the processor time that it has used in all, or null if that is not told
 * @param cpuTenths its use of one processor since the reading before, in tenths of a percent, or
 *     null after the first reading
 */
record ProcessRow(
    long pid,
    String name,
    String user,
    String command,
    @Nullable Instant started,
    @Nullable Duration cpuTime,
    @Nullable Integer cpuTenths) {

  /** Returns this reading with the processor use since an earlier one of the same process. */
  ProcessRow since(@Nullable ProcessRow earlier, Duration elapsed) {
    if (earlier == null || cpuTime == null || earlier.cpuTime == null || !continues(earlier)) {
      return this;
    }
    double share =
        (double) cpuTime.minus(earlier.cpuTime).toNanos() / Math.max(1, elapsed.toNanos());
    int tenths = (int) Math.max(0, Math.round(share * 1_000));
    return new ProcessRow(pid, name, user, command, started, cpuTime, tenths);
  }

  /** Returns whether name, owner, command line or id has this in it. */
  boolean mentions(String lowerCase) {
    return name.toLowerCase(Locale.ROOT).contains(lowerCase)
        || user.toLowerCase(Locale.ROOT).contains(lowerCase)
        || command.toLowerCase(Locale.ROOT).contains(lowerCase)
        || Long.toString(pid).equals(lowerCase);
  }

  /** An id may be given to a new process; its start tells the two apart. */
  private boolean continues(ProcessRow earlier) {
    return started == null ? earlier.started == null : started.equals(earlier.started);
  }
}
