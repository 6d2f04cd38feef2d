package io.stateward.examples.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of this machine, as far as its operating system tells this user. */
final class SystemProcesses implements ProcessSource {

  private static final int LONGEST_COMMAND = 200; // characters

  @Override
  public List<ProcessRow> read() {
    return ProcessHandle.allProcesses().map(SystemProcesses::row).toList();
  }

  private static ProcessRow row(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return new ProcessRow(
        process.pid(),
        info.command().map(SystemProcesses::fileName).orElseGet(() -> shortName(process.pid())),
        info.user().orElse(""),
        cut(info.commandLine().orElse("")),
        info.startInstant().orElse(null),
        info.totalCpuDuration().orElse(null),
        null);
  }

  private static String fileName(String command) {
    return command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
  }

  /** Linux hides the program of other users' processes, but not this short name. */
  private static String shortName(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    } catch (IOException e) { // another system, or the process has just ended
      return "";
    }
  }

  private static String cut(String command) {
    return command.length() <= LONGEST_COMMAND
        ? command
        : command.substring(0, LONGEST_COMMAND - 1) + "…";
  }
}
