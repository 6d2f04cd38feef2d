package io.stateward.benchmarks.cache;

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
 * What does it cost to read what is in Redis and not in memory?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar LayerHitBenchmark -prof gc
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
public class LayerHitBenchmark {

  /** Whom to ask. */
  @Param({"stateward", "lettuce", "jetcache", "redisson"})
  public String contender = "stateward";

  /** How many bytes an item has. */
  @Param({"100", "1000"})
  public int bytes = 100;

  private Workload workload = () -> {};

  /** For JMH. */
  public LayerHitBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = CacheWorkloads.layerHit(contender, bytes);
  }

  /** Does the work once. */
  @Benchmark
  @OperationsPerInvocation(CacheWorkloads.LAYER_READS)
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
