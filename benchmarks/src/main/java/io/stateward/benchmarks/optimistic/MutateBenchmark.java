package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to show a change, and to acknowledge the oldest of those under way?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar MutateBenchmark -prof gc
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
public class MutateBenchmark {

  /** Whom to ask. */
  @Param({"stateward", "layers", "snapshots"})
  public String contender = "stateward";

  /** How many entities there are. */
  @Param({"1000", "100000"})
  public int entities = OptimisticWorkloads.ENTITIES;

  /** How many changes are under way. */
  @Param({"1", "1000"})
  public int pending = 1;

  private Workload workload = () -> {};

  /** For JMH. */
  public MutateBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = OptimisticWorkloads.mutate(contender, entities, pending);
  }

  /** Does the work once. */
  @Benchmark
  @OperationsPerInvocation(OptimisticWorkloads.BATCH)
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
