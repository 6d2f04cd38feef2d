package io.stateward.benchmarks.store;

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
 * How does the cost of changing one entity grow with the number of subscribers to others?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar KeyedBenchmark -prof gc
 * }</pre>
 *
 * @since 0.1
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyedBenchmark {

  /** Whom to ask. */
  @Param({"stateward", "stateflow", "behaviorsubject", "listeners", "clojure", "vaadin"})
  public String contender = "";

  /** How many entities there are, each with one subscriber. */
  @Param({"1", "100", "1000", "10000", "100000"})
  public int subscribers;

  private Workload workload = () -> {};

  /** For JMH. */
  public KeyedBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = StoreWorkloads.keyed(contender, subscribers, subscribers, subscribers);
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
