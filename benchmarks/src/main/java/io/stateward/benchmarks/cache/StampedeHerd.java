package io.stateward.benchmarks.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several {@link StampedeMember}s over one Redis. */
final class StampedeHerd implements AutoCloseable {

  private final RedisProcess redis = RedisProcess.start();
  private final List<Process> members = new ArrayList<>();
  private final List<BufferedReader> answers = new ArrayList<>();

  /** Starts the members, and waits until they are ready. */
  StampedeHerd(String contender, int machines, int threadsOfEach) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx512m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            StampedeMember.class.getName(),
            contender,
            redis.address(),
            String.valueOf(threadsOfEach));
    try {
      for (int i = 0; i < machines; i++) {
        Process member =
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        members.add(member);
        answers.add(
            new BufferedReader(
                new InputStreamReader(member.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader answer : answers) {
        require(answer.readLine());
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("a member could not be started", e);
    }
  }

  /** Has all rush for the same item; returns how often it was loaded in all. */
  int loads(long id) {
    try {
      for (Process member : members) {
        member.getOutputStream().write((id + "\n").getBytes(StandardCharsets.UTF_8));
        member.getOutputStream().flush();
      }
      int loads = 0;
      for (BufferedReader answer : answers) {
        loads += Integer.parseInt(require(answer.readLine()));
      }
      return loads;
    } catch (IOException e) {
      throw new UncheckedIOException("a member is gone", e);
    }
  }

  private static String require(@Nullable String line) {
    if (line == null) {
      throw new IllegalStateException("a member ended");
    }
    return line;
  }

  @Override
  public void close() {
    members.forEach(Process::destroyForcibly);
    redis.close();
  }
}
