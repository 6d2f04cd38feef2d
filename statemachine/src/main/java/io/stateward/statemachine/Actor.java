package io.stateward.statemachine;

import io.stateward.flow.Task;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A running copy of a machine for any number of threads: it has a mailbox, waits for timers and
 * runs what its states invoke.
 *
 * <pre>{@code
 * Actor<Payment, PaymentEvent> payment = PAYMENT.start(actors);
 * payment.state().subscribe(change -> show(change.now()));
 * payment.tell(new Start(order));
 * Step<Payment> step = payment.ask(new Cancel()).toCompletableFuture().get();
 * Payment end = payment.until(Success.class::isInstance).await().orThrow();
 * }</pre>
 *
 * <p>It has no thread of its own. Whoever tells it something while it is idle does the work, and
 * what others tell it meanwhile as well; after 1,000 of those the rest goes to the executor of its
 * {@link Actors}. Timers and the ends of invoked work are handled there from the beginning, or all
 * is, if {@link ActorsBuilder#mailbox} says so.
 *
 * <p>It stops when its machine comes to its end, when {@link #stop} is called, and when its {@link
 * Actors} are closed. Only this library implements it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. One macrostep happens at a time.
 *
 * <p><b>Ordering.</b> Events of one sender are taken in the order of their sending; the ends of
 * invoked work come before events that wait. What an action tells its own actor is taken after the
 * macrostep that it belongs to. Of each macrostep, the snapshot is committed first, then its
 * actions run, in order; then the signals move, observers are told, and {@link #ask} is answered.
 *
 * <p><b>Failure.</b> What an action throws is reported to {@link io.stateward.signal.Probe} and to
 * observers as {@link Notice.EffectFailed}; the machine has moved, and the other actions run. A
 * macrostep that fails changes nothing, and is reported unless it was asked for. An action that
 * blocks holds up its own actor, and whoever does its work.
 *
 * <p><b>Cost.</b> An idle actor is one object of 32 bytes and its snapshot, until it is subscribed
 * to, waits for a timer, or has invoked work. One that nobody holds is collected, unless it waits
 * for a timer or for work, or is observed.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public interface Actor<S, E> extends AutoCloseable {

  /**
   * Returns the definition that it runs.
   *
   * @return the machine
   */
  Machine<S, E> machine();

  /**
   * Returns what tells it from every other actor, also of other processes; idempotency keys begin
   * with it.
   *
   * @return the id
   */
  String id();

  /**
   * Sends an event, and waits for nothing; though this thread may do the work. What became of it is
   * told to observers: {@link #observe}. Until its macrostep has been taken the event is in memory
   * alone, also of an actor that is kept: if the process is killed before, it is lost. Whoever
   * needs it taken uses {@link #ask}, and sends it again if no answer came.
   *
   * @param event the event; if the actor has stopped, it is reported to {@link
   *     io.stateward.signal.Probe} and to observers as {@link Notice.Undelivered}
   * @throws IllegalArgumentException if the event is of another machine
   */
  void tell(E event);

  /**
   * Sends an event, and tells what became of it.
   *
   * @param event the event
   * @return a stage that completes with the step, once its actions have run; exceptionally with
   *     {@link ActorStoppedException} if the actor has stopped. An action of this very actor must
   *     not wait for it
   * @throws IllegalArgumentException if the event is of another machine
   */
  CompletionStage<Step<S>> ask(E event);

  /**
   * Returns where it stands.
   *
   * @return the snapshot that was committed last; its actions may still be running
   */
  Snapshot<S> snapshot();

  /**
   * Returns the state, which moves when the actions of a macrostep have run. It stays at the last
   * one when the actor stops.
   *
   * @return the same signal each time
   */
  Signal<S> state();

  /**
   * Returns where it stands, which moves when the actions of a macrostep have run. It stays at the
   * last one when the actor stops.
   *
   * @return the same signal each time
   */
  Signal<Snapshot<S>> snapshots();

  /**
   * Waits until the state meets a condition.
   *
   * @param condition pure; asked of the state as it is, and of each that follows
   * @return a task that ends with the first state that meets it; it fails with {@link
   *     ActorStoppedException} if the actor stops before. Cancel it if nobody waits any more
   */
  Task<S> until(Predicate<? super S> condition);

  /**
   * Adds an observer, who is told what becomes of events, what the machine emits, and what fails.
   *
   * @param observer called with one notice at a time, but for {@link Notice.Undelivered}, on the
   *     thread that does the work; what it throws is reported
   * @return a subscription that ends when closed
   */
  Subscription observe(Consumer<? super Notice<S>> observer);

  /**
   * Adds an observer of what the machine emits.
   *
   * @param <V> the type of the values
   * @param type values of other types are left out
   * @param observer called with one value at a time, on the thread that does the work; what it
   *     throws is reported
   * @return a subscription that ends when closed
   */
  default <V> Subscription onEmit(Class<V> type, Consumer<? super V> observer) {
    return observe(
        notice -> {
          if (notice instanceof Notice.Emitted<S> emitted && type.isInstance(emitted.value())) {
            observer.accept(type.cast(emitted.value()));
          }
        });
  }

  /**
   * Returns the stage that completes when the actor has stopped, for whatever reason.
   *
   * @return a stage of the last snapshot, whose {@link Snapshot#isDone} tells whether the machine
   *     came to its end; exceptional if it could not go on
   */
  CompletionStage<Snapshot<S>> ended();

  /**
   * Tells whether it has stopped.
   *
   * @return whether it takes no more events
   */
  boolean isStopped();

  /**
   * Stops it: cancels its timers and its work, and refuses what waits in the mailbox. A macrostep
   * that another thread has begun is finished, with its actions; after that none begins. States are
   * not left, so exit actions do not run. Stopping again does nothing.
   */
  void stop();

  /** Stops it, as {@link #stop} does; for {@link io.stateward.scope.Scope#own}. */
  @Override
  default void close() {
    stop();
  }
}
