package io.stateward.statemachine;

import io.stateward.signal.ClosedException;
import io.stateward.time.Timekeeper;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where actors live: whose time they go by, and whose threads they borrow.
 *
 * <pre>{@code
 * try (Actors actors = Actors.on(executor).build()) {
 *   Actor<Payment, PaymentEvent> payment = actors.start(PAYMENT);
 *   payment.tell(new Start(order));
 *   payment.until(Success.class::isInstance).await();
 * }
 * }</pre>
 *
 * <p>Closing them stops every actor. They can be {@linkplain io.stateward.scope.Scope#own owned} by
 * a scope, as can each actor. An action may start other actors: it closes over the actors that it
 * lives in, and the state keeps the new one, or its {@link Actor#id}. A machine that is to run
 * while a state is active, and no longer, is better invoked.
 *
 * <p>Only this library implements it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Cost.</b> No thread. Actors are held while they wait for a timer or for invoked work, and
 * once somebody observes them, their signals or their end; others, and machines, are not.
 *
 * @since 0.1
 */
public interface Actors extends AutoCloseable {

  /**
   * Begins to set up where actors live.
   *
   * @param executor where invoked work that blocks runs, and what no caller is there for: timers,
   *     and the ends of work; one with virtual threads is welcome
   * @return the builder
   */
  static ActorsBuilder on(Executor executor) {
    return new ActorsBuilder(executor);
  }

  /**
   * Starts an actor of a machine without a parameter.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param machine the definition
   * @return the actor; the actions of its initial state have run, unless its mailbox is on an
   *     executor
   * @throws IllegalArgumentException if the machine takes a parameter
   * @throws ActorStartException if its first macrostep fails
   * @throws ClosedException if these are closed
   */
  default <S, E> Actor<S, E> start(Machine<S, E> machine) {
    return start(machine, null);
  }

  /**
   * Starts an actor.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param machine the definition
   * @param input the parameter of the machine, or null if it takes none
   * @return the actor; the actions of its initial state have run, unless its mailbox is on an
   *     executor
   * @throws IllegalArgumentException if the parameter is not of the declared type
   * @throws ActorStartException if its first macrostep fails
   * @throws ClosedException if these are closed
   */
  <S, E> Actor<S, E> start(Machine<S, E> machine, @Nullable Object input);

  /**
   * Returns whose time they go by.
   *
   * @return the timekeeper
   */
  Timekeeper timekeeper();

  /**
   * Tells whether they are closed.
   *
   * @return whether nothing can be started any more
   */
  boolean isClosed();

  /**
   * Stops all actors, as {@link Actor#stop} does. It does not wait for macrosteps that other
   * threads have begun. Closing again does nothing.
   */
  @Override
  void close();
}
