package io.stateward.statemachine;

import io.stateward.flow.Outcome.Done;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A statechart: an immutable definition, shared by any number of instances.
 *
 * <pre>{@code
 * static final Machine<Door, DoorEvent> DOOR = Machine.define("door", Door.class, DoorEvent.class)
 *     .initial(new Closed())
 *     .in(Closed.class, s -> s.on(Open.class).to(Opened.class, (closed, open) -> new Opened()))
 *     .in(Opened.class, s -> s.on(Close.class).to(Closed.class, (opened, close) -> new Closed()))
 *     .build();
 * Instance<Door, DoorEvent> door = DOOR.instance();
 * Outcome outcome = door.fire(new Open());
 * }</pre>
 *
 * <p>Three ways to run it stand on one engine: {@link #step} as a pure function, {@link #instance}
 * for one thread, and actors for many. Macrosteps follow the W3C's "State Chart XML (SCXML)", 2015,
 * with two deviations: a transition to a state inside of its source does not leave the source, and
 * one into a region of a parallel state leaves the other regions alone.
 *
 * <p>Only this library implements it.
 *
 * <p><b>Thread safety.</b> Immutable; what is written in the definition may be called by several
 * threads at once, each for an instance of its own.
 *
 * <p><b>Failure.</b> A macrostep is all or nothing: a guard or a function that throws makes it
 * {@link Outcome.Failed}, with the snapshot as it was and no effects; only the timer or the work
 * that it was about is pending no longer.
 *
 * <p><b>Cost.</b> A step looks at the transitions for this event of the active leaves and what is
 * around them, and touches what is left and entered; not the size of the chart.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public interface Machine<S, E> {

  /**
   * Begins a definition whose states are types that carry their data.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param name what the machine is called
   * @param states a sealed interface: records are leaves, sealed sub-interfaces superstates
   * @param events a sealed interface of records and enums, or an enum
   * @return the definition, to be continued
   * @throws MachineDefinitionException if a type is none of those
   */
  static <S, E> Definition<S, E> define(String name, Class<S> states, Class<E> events) {
    return Definition.begin(name, states, events);
  }

  /**
   * Begins a definition whose states are constants, with the data of all of them beside, for those
   * who keep a status column.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param <C> the type of the data
   * @param name what the machine is called
   * @param states an enum
   * @param events a sealed interface of records and enums, or an enum
   * @param context the type of the data; a record, say
   * @return the definition, to be continued
   * @throws MachineDefinitionException if a type is none of those
   */
  static <S extends Enum<S>, E, C> EnumDefinition<S, E, C> define(
      String name, Class<S> states, Class<E> events, Class<C> context) {
    return EnumDefinition.begin(name, states, events, context);
  }

  /**
   * Returns what the machine is called.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the version of the definition.
   *
   * @return 1 unless the definition says otherwise
   */
  int version();

  /**
   * Returns a digest of the structure: states, kinds and transitions by name, but no functions.
   *
   * @return 16 hexadecimal digits, the same for the same structure
   */
  String structure();

  /**
   * Returns the first macrostep of an instance without a parameter.
   *
   * @return the step into the initial state
   * @throws IllegalArgumentException if the machine takes a parameter
   */
  default Step<S> begin() {
    return begin(null, Instant.EPOCH);
  }

  /**
   * Returns the first macrostep of an instance.
   *
   * @param input the parameter of the machine, or null if it takes none
   * @param now the time, which timers begin at
   * @return the step into the initial state
   * @throws IllegalArgumentException if the parameter is not of the declared type
   */
  Step<S> begin(@Nullable Object input, Instant now);

  /**
   * Returns what an event leads to, at the time of the snapshot's last step.
   *
   * @param snapshot where the instance stands
   * @param event the event
   * @return the step
   * @throws IllegalArgumentException if the snapshot or the event is of another machine
   */
  default Step<S> step(Snapshot<S> snapshot, E event) {
    return step(snapshot, event, null);
  }

  /**
   * Returns what an event leads to.
   *
   * @param snapshot where the instance stands
   * @param event the event
   * @param now the time, which timers begin at; null for that of the snapshot's last step
   * @return the step
   * @throws IllegalArgumentException if the snapshot or the event is of another machine
   */
  Step<S> step(Snapshot<S> snapshot, E event, @Nullable Instant now);

  /**
   * Returns what a timer leads to. It is pending no longer, also where the macrostep fails: the
   * snapshot of the step is then the given one without the timer, the outcome {@link
   * Outcome.Failed}, and there are no effects.
   *
   * @param snapshot where the instance stands
   * @param timer one of its timers; another one leads to nothing
   * @param now the time, which timers begin at; null for the deadline
   * @return the step
   */
  Step<S> fire(Snapshot<S> snapshot, PendingTimer timer, @Nullable Instant now);

  /**
   * Returns what the end of invoked work leads to. A result whose macrostep fails is tried as a
   * failure of the work: {@code onError} gets what was thrown. If nothing answers to that, or if it
   * fails as well, the work is under way no longer all the same: the snapshot of the step is then
   * the given one without the invocation, the outcome {@link Outcome.Failed}, and there are no
   * effects.
   *
   * @param snapshot where the instance stands
   * @param invocation one of its invocations; another one leads to nothing
   * @param ending how the work ended: {@link Done}, or a failure, of which a {@link
   *     java.util.concurrent.TimeoutException} is answered by {@code onTimeout} if there is one
   * @param now the time, which timers begin at; null for that of the snapshot's last step
   * @return the step
   */
  Step<S> complete(
      Snapshot<S> snapshot,
      Invocation invocation,
      io.stateward.flow.Outcome<?> ending,
      @Nullable Instant now);

  /**
   * Returns where an instance stands that is in a state which is known from elsewhere, from the
   * column of a row, say. It has no history and no deferred events; timers and work of the state
   * have not begun.
   *
   * @param state a leaf outside of parallel states
   * @param data the contexts of the machine; of a machine of constants, what is beside them
   * @return the snapshot
   * @throws IllegalArgumentException if the state is no such leaf, or data is missing or too much
   */
  Snapshot<S> at(S state, Object... data);

  /**
   * Starts an instance for one thread at a time, without a parameter.
   *
   * @return the instance, in its initial state
   * @throws IllegalArgumentException if the machine takes a parameter
   * @throws IllegalStateException if the machine has timers or invokes work, which need an actor
   */
  default Instance<S, E> instance() {
    return instance(null);
  }

  /**
   * Starts an instance for one thread at a time.
   *
   * @param input the parameter of the machine, or null if it takes none
   * @return the instance, in its initial state
   * @throws IllegalArgumentException if the parameter is not of the declared type
   * @throws IllegalStateException if the machine has timers or invokes work, which need an actor
   */
  Instance<S, E> instance(@Nullable Object input);

  /**
   * Continues an instance for one thread at a time, from where it stands.
   *
   * @param snapshot of this machine
   * @return the instance
   * @throws IllegalArgumentException if the snapshot is of another machine
   * @throws IllegalStateException if the machine has timers or invokes work, which need an actor
   */
  Instance<S, E> resume(Snapshot<S> snapshot);

  /**
   * Starts an instance for any number of threads, without a parameter.
   *
   * @param actors where it lives
   * @return the actor
   * @throws IllegalArgumentException if the machine takes a parameter
   * @throws ActorStartException if its first macrostep fails
   */
  default Actor<S, E> start(Actors actors) {
    return actors.start(this);
  }

  /**
   * Starts an instance for any number of threads.
   *
   * @param actors where it lives
   * @param input the parameter of the machine, or null if it takes none
   * @return the actor
   * @throws IllegalArgumentException if the parameter is not of the declared type
   * @throws ActorStartException if its first macrostep fails
   */
  default Actor<S, E> start(Actors actors, @Nullable Object input) {
    return actors.start(this, input);
  }
}
