package io.stateward.benchmarks.graph;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to carry changes through a graph of derived values?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar GraphBenchmark -prof gc
 * }</pre>
 *
 * @since 0.1
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GraphBenchmark {

  /** Whom to ask. */
  @Param({"stateward", "stateward-derived", "vaadin", "stateflow", "behaviorsubject"})
  public String contender = "";

  /** The graph; what a library cannot express fails, and may take for ever to. */
  @Param({
    "kairo.avoidable",
    "kairo.broad",
    "kairo.deep",
    "kairo.diamond",
    "kairo.mux",
    "kairo.repeated",
    "kairo.triangle",
    "kairo.unstable",
    "cellx.10",
    "cellx.100",
    "dynamic.2-10x5-lazy80",
    "dynamic.6-10x10-dyn25-lazy80",
    "dynamic.4-1000x12-dyn5",
    "dynamic.25-1000x5",
    "dynamic.3-5x50",
    "dynamic.6-100x10-dyn50"
  })
  public String graph = "";

  private Workload workload = () -> {};

  /** For JMH. */
  public GraphBenchmark() {}

  /**
   * Gets the contender ready, in the old generation: an application's stores are there, and a store
   * of a reference into it costs more under some collectors.
   */
  @Setup
  public void open() {
    workload = GraphWorkloads.race(contender, graph);
    workload.run(); // so that what is made when first needed is there
    System.gc();
  }

  /** Does the work once. */
  @Benchmark
  public void run() {
    workload.run();
  }

  /** Checks that the work was done. */
  @TearDown
  public void close() {
    workload.verify();
    workload.close();
  }
}
