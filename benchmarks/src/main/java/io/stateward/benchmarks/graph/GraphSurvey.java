package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.Workload;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Finds out which contender can express which graph, as published and as raced, so that the
 * scoreboard races only those.
 *
 * <pre>{@code
 * java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' \
 *   io.stateward.benchmarks.graph.GraphSurvey vaadin cellx.1000
 * }</pre>
 *
 * @since 0.1
 */
public final class GraphSurvey {

  private static final long PATIENCE_SECONDS = 60;
  private static final int RUNS = 3;
  private static final long STACK_BYTES = 512L << 20;

  private GraphSurvey() {}

  /**
   * Prints one line per graph: the time of a run, or what is not right.
   *
   * @param args the contender to ask, and the graph; all of them unless one is named
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    List<String> contenders =
        args.length > 0
            ? List.of(args[0])
            : List.of("stateward", "stateward-derived", "vaadin", "stateflow", "behaviorsubject");
    for (String contender : contenders) {
      for (String graph : chosen(GraphWorkloads.raced(), args)) {
        print(contender, graph, "raced", () -> GraphWorkloads.race(contender, graph));
      }
      for (String graph : chosen(GraphWorkloads.names(), args)) {
        print(contender, graph, "published", () -> GraphWorkloads.exact(contender, graph));
      }
    }
    System.exit(0); // what did not finish is still running, and takes time from what follows
  }

  private static List<String> chosen(List<String> graphs, String[] args) {
    return args.length < 2 ? graphs : graphs.stream().filter(args[1]::equals).toList();
  }

  private static void print(
      String contender, String graph, String size, Supplier<Workload> workload)
      throws InterruptedException {
    System.out.printf("%-18s %-30s %-10s %s%n", contender, graph, size, survey(workload));
  }

  private static String survey(Supplier<Workload> workload) throws InterruptedException {
    FutureTask<String> task = new FutureTask<>(() -> timeOf(workload));
    Thread thread = new Thread(null, task, "survey", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "not finished after " + PATIENCE_SECONDS + " s";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  private static String timeOf(Supplier<Workload> opened) {
    long opening = System.nanoTime();
    try (Workload workload = opened.get()) {
      long start = System.nanoTime();
      for (int i = 0; i < RUNS; i++) {
        workload.run();
      }
      return "right, %.1f ms to build, %.1f ms per run"
          .formatted((start - opening) / 1e6, (System.nanoTime() - start) / 1e6 / RUNS);
    }
  }
}
