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
 * What does it cost a machine to take an event?
 *
 * <p>Not everybody can say every chart; who cannot, fails at once, so name those who can:
 *
 * <pre>{@code
 * java -jar benchmarks/target/stateward-benchmarks-0.1.0-SNAPSHOT.jar EventBenchmark \
 *     -p chart=towers -p contender=stateward,stateless4j,squirrel -prof gc
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
public class EventBenchmark {

  /** Whom to ask. */
  @Param({
    "stateward",
    "typed",
    "easystates",
    "stateless4j",
    "cola",
    "tinder",
    "squirrel",
    "kstatemachine",
    "spring"
  })
  public String contender = "stateward";

  /** Which chart: {@code turnstile}, {@code towers}, {@code regions} or {@code both}. */
  @Param("turnstile")
  public String chart = "turnstile";

  private Workload workload = () -> {};

  /** For JMH. */
  public EventBenchmark() {}

  /** Gets the contender ready. */
  @Setup
  public void open() {
    workload = MachineWorkloads.events(contender, chart);
  }

  /** Does the work once. */
  @Benchmark
  @OperationsPerInvocation(MachineWorkloads.EVENTS)
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
