package io.stateward.store;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one run of an {@link AsyncAction}, as reducing stores are told of it: first that
 * it is pending, then one of the others.
 *
 * <pre>{@code
 * Reducer.on(UserEvent.class, (state, event) ->
 *     event.of() instanceof Lifecycle.Fulfilled<Long, User> it ? state.with(it.value()) : state);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable, as far as the argument and the value are.
 *
 * @param <A> the type of the argument
 * @param <T> the type of the value
 * @since 0.1
 */
public sealed interface Lifecycle<A, T> {

  /**
   * Returns the run that it happened to.
   *
   * @return the request
   */
  Request<A> request();

  /**
   * One run of an action.
   *
   * @param <A> the type of the argument
   * @param name the name of the action
   * @param number grows from run to run, whatever the action, within one process
   * @param argument what the action was started with
   */
  record Request<A>(String name, long number, A argument) {

    /**
     * Returns what tells this run from every other one.
     *
     * @return for example "users/fetch#12"
     */
    public String id() {
      return name + "#" + number;
    }
  }

  /**
   * The run has begun.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param request the run
   */
  record Pending<A, T>(Request<A> request) implements Lifecycle<A, T> {}

  /**
   * The run gave a value.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param request the run
   * @param value the value
   */
  record Fulfilled<A, T>(Request<A> request, T value) implements Lifecycle<A, T> {}

  /**
   * The run failed.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param request the run
   * @param error what it threw
   */
  record Rejected<A, T>(Request<A> request, Throwable error) implements Lifecycle<A, T> {

    /**
     * Returns the value that the work was rejected with.
     *
     * @param <R> its type
     * @param type the class of the value
     * @return the value; null if the error is not a {@link RejectedException} with one of that type
     */
    public <R> @Nullable R rejection(Class<R> type) {
      return error instanceof RejectedException rejected ? rejected.valueAs(type) : null;
    }
  }

  /**
   * The run was cancelled; its result, if there is one, is dropped.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param request the run
   * @param cause says why; a {@link io.stateward.flow.SupersededException} if a newer run took its
   *     place
   */
  record Cancelled<A, T>(Request<A> request, CancellationException cause)
      implements Lifecycle<A, T> {}
}
