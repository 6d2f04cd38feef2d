package io.stateward.testkit.statemachine;

import io.stateward.statemachine.Step;
import io.stateward.statemachine.analysis.Stimulus;

/**
 * What is to behave like a machine, newly made for each path.
 *
 * <pre>{@code
 * final class OrderService implements SystemUnderTest<Status> {
 *   private final Orders orders = new Orders(database.create());
 *
 *   public void apply(Stimulus stimulus) {
 *     orders.handle((Event) ((Stimulus.Event) stimulus).event());
 *   }
 *
 *   public void verify(Step<Status> expected) {
 *     assertThat(orders.status()).isEqualTo(expected.snapshot().state());
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Called by one thread, the test's.
 *
 * @param <S> the type of the state of the machine
 * @since 0.1
 */
public interface SystemUnderTest<S> extends AutoCloseable {

  /**
   * Does to the system what was done to the machine.
   *
   * @param stimulus an event, a timer that is due, or the end of invoked work
   * @throws Exception if the system fails, which fails the test
   */
  void apply(Stimulus stimulus) throws Exception;

  /**
   * Compares the system with the machine; called at the beginning, and after each stimulus.
   *
   * @param expected what the machine came to
   * @throws Exception if the system fails, which fails the test, as an assertion does
   */
  void verify(Step<S> expected) throws Exception;

  /**
   * Ends the system, once the path is done or has failed.
   *
   * @throws Exception if that fails, which fails the test
   */
  @Override
  default void close() throws Exception {}
}
