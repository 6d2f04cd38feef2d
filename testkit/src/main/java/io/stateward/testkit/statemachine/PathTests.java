package io.stateward.testkit.statemachine;

import io.stateward.statemachine.analysis.RandomPaths;
import io.stateward.statemachine.analysis.TestPath;
import io.stateward.statemachine.analysis.TestPaths;
import io.stateward.statemachine.analysis.Visit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes dynamic tests of the paths of a machine.
 *
 * <pre>{@code
 * private final TestPaths<Status, Event> paths = TestPaths.of(ORDER).input(new Order("1"));
 *
 * @TestFactory
 * Stream<DynamicTest> service_behavesAsTheMachine() {
 *   return PathTests.of(paths, paths.transitions(), OrderService::new);
 * }
 * }</pre>
 *
 * <p>What fails names the stimulus after which it did, and the path as JSON, which {@link
 * TestPaths#parse} reads again.
 *
 * <p><b>Thread safety.</b> Tests of one machine run one at a time, unless it and the systems allow
 * more.
 *
 * @since 0.1
 */
public final class PathTests {

  private PathTests() {}

  /**
   * Makes a test of each path, called by what comes in it.
   *
   * @param <S> the type of the state
   * @param paths the machine and its samples
   * @param chosen which paths
   * @param system makes a system in its initial state
   * @return the tests
   */
  public static <S> Stream<DynamicTest> of(
      TestPaths<S, ?> paths, List<TestPath> chosen, Callable<? extends SystemUnderTest<S>> system) {
    Objects.requireNonNull(paths, "paths");
    Objects.requireNonNull(system, "system");
    return chosen.stream()
        .map(path -> DynamicTest.dynamicTest(path.toString(), () -> run(paths, path, system)));
  }

  /**
   * Makes one test of many paths that are made by chance; the first one that fails is shrunk, so
   * that what is reported is a short one.
   *
   * @param <S> the type of the state
   * @param paths the machine and its samples
   * @param random makes the paths
   * @param count how many
   * @param length the most stimuli of each
   * @param system makes a system in its initial state; called often
   * @return the test
   */
  public static <S> DynamicTest random(
      TestPaths<S, ?> paths,
      RandomPaths<S> random,
      int count,
      int length,
      Callable<? extends SystemUnderTest<S>> system) {
    return DynamicTest.dynamicTest(
        "%d random paths of up to %d".formatted(count, length),
        () -> {
          for (TestPath path : random.paths(count, length)) {
            if (failure(paths, path, system) != null) {
              TestPath shorter = paths.shrink(path, each -> failure(paths, each, system) != null);
              AssertionError again = failure(paths, shorter, system);
              throw again != null
                  ? again
                  : new AssertionError("The path %s fails now and then only.".formatted(shorter));
            }
          }
        });
  }

  private static <S> @Nullable AssertionError failure(
      TestPaths<S, ?> paths, TestPath path, Callable<? extends SystemUnderTest<S>> system) {
    try {
      run(paths, path, system);
      return null;
    } catch (AssertionError e) {
      return e;
    } catch (Exception e) {
      return new AssertionError("The system cannot be made or ended: " + e, e);
    }
  }

  /**
   * Drives a system along a path, and compares it with the machine at each step.
   *
   * @param <S> the type of the state
   * @param paths the machine and its samples
   * @param path the path
   * @param system makes a system in its initial state
   * @throws AssertionError if the system is not as the machine, or fails
   * @throws Exception if the system cannot be made, or ended
   */
  public static <S> void run(
      TestPaths<S, ?> paths, TestPath path, Callable<? extends SystemUnderTest<S>> system)
      throws Exception {
    List<Visit<S>> visits = paths.replay(path);
    try (SystemUnderTest<S> made = system.call()) {
      for (int i = 0; i < visits.size(); i++) {
        visit(made, visits, i, path);
      }
    }
  }

  private static <S> void visit(
      SystemUnderTest<S> system, List<Visit<S>> visits, int number, TestPath path) {
    Visit<S> visit = visits.get(number);
    try {
      if (visit.by() != null) {
        system.apply(visit.by());
      }
      system.verify(visit.step());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "Step %d, \"%s\": %s%nThe path: %s"
              .formatted(number, visit, e.getMessage(), path.toTree().toJson()),
          e);
    }
  }
}
