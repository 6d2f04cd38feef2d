package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.Workload;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out which contender can express which graph, so that the scoreboard races only those.
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
  private static final long STACK_BYTES = 512L << 20;

  private GraphSurvey() {}

  /**
   * Prints one line per graph: exact, or what is not.
   *
   * @param args the contender to ask, and the graph; all of them unless one is named
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    List<String> contenders =
        args.length > 0
            ? List.of(args[0])
            : List.of("stateward", "stateward-derived", "vaadin", "stateflow", "behaviorsubject");
    List<String> graphs = args.length > 1 ? List.of(args[1]) : GraphWorkloads.names();
    for (String contender : contenders) {
      for (String graph : graphs) {
        System.out.printf("%-18s %-30s %s%n", contender, graph, survey(contender, graph));
      }
    }
    System.exit(0); // what did not finish is still running, and takes time from what follows
  }

  private static String survey(String contender, String name) throws InterruptedException {
    FutureTask<String> task = new FutureTask<>(() -> exactness(contender, name));
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

  private static String exactness(String contender, String name) {
    try (Workload workload = GraphWorkloads.exact(contender, name)) {
      long start = System.nanoTime();
      workload.run();
      workload.run();
      return "exact, %.1f ms".formatted((System.nanoTime() - start) / 2e6);
    }
  }
}
