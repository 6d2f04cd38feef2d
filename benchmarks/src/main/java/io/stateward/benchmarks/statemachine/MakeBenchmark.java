package io.stateward.benchmarks.statemachine;

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
 * What does it cost to make an instance that is ready for its first event?
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar MakeBenchmark -prof gc
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
public class MakeBenchmark {

  /** Whom to ask; {@code begin} is our pure step into the initial state. */
  @Param({
    "stateward",
    "begin",
    "easystates",
    "stateless4j",
    "tinder",
    "squirrel",
    "kstatemachine",
    "spring"
  })
  public String contender = "stateward";

  private Workload workload = () -> {};

  /** For JMH. */
  public MakeBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = MachineWorkloads.make(contender);
  }

  /** Does the work once. */
  @Benchmark
  @OperationsPerInvocation(MachineWorkloads.MADE)
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
