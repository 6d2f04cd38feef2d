package io.stateward.benchmarks.collection;

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
 * What does it cost to read, or to replace, one value of a persistent map?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar MapBenchmark -prof gc
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
public class MapBenchmark {

  /** Whom to ask. */
  @Param({"stateward", "pcollections", "vavr", "kotlinx"})
  public String contender = "";

  /** What to do. */
  @Param({"get", "put"})
  public String operation = "";

  /** The number of entries. */
  @Param({"1000", "1000000"})
  public int size;

  private Workload workload = () -> {};

  /** For JMH. */
  public MapBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = CollectionWorkloads.map(contender, operation, size);
  }

  /** Does the work once. */
  @Benchmark
  @OperationsPerInvocation(CollectionWorkloads.BATCH)
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
