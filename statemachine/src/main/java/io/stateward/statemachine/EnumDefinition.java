package io.stateward.statemachine;

import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.EventSpaces;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A machine under construction whose states are the constants of an enum, with one value beside
 * that holds the data of all of them.
 *
 * <pre>{@code
 * static final Machine<Status, OrderEvent> ORDER =
 *     Machine.define("order", Status.class, OrderEvent.class, Order.class)
 *         .initial(Status.NEW)
 *         .in(Status.NEW, s -> s.on(PAY).when("paid", (order, pay) -> order.due() == 0).to(Status.PAID))
 *         .in(Status.PAID, s -> s.on(SHIP).run("ship", (order, ship) -> store.ship(order)).to(Status.SHIPPED))
 *         .finals(Status.SHIPPED)
 *         .build();
 * Instance<Status, OrderEvent> order = ORDER.instance(new Order(12));
 * }</pre>
 *
 * <p>Constants may be grouped into superstates, which are constants as well. For regions that are
 * active side by side, use the form by types.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Failure.</b> {@link #build} names everything that is wrong with the chart, at once.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @param <C> the type of the data
 * @since 0.1
 */
public final class EnumDefinition<S extends Enum<S>, E, C> {

  private final ChartSpec chart;
  private final Map<S, StateSpec> states;

  private EnumDefinition(String name, Class<S> states, Class<E> events, Class<C> context) {
    chart = new ChartSpec(name, EventSpaces.of(name, events), Form.KEY).input(context);
    this.states = new EnumMap<>(states);
    for (S constant : states.getEnumConstants()) {
      StateSpec state = new StateSpec(constant.name(), StateSpec.Kind.ATOMIC).key(constant);
      this.states.put(constant, state);
      chart.root().children().add(state);
    }
    chart.root().key(states);
  }

  static <S extends Enum<S>, E, C> EnumDefinition<S, E, C> begin(
      String name, Class<S> states, Class<E> events, Class<C> context) {
    return new EnumDefinition<>(name, states, events, context);
  }

  /**
   * Says which version of the definition this is; stored instances of an older one are migrated.
   *
   * @param version at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public EnumDefinition<S, E, C> version(int version) {
    Settings.version(chart, version);
    return this;
  }

  /**
   * Says which state an instance begins in; its data is the parameter that it is started with.
   *
   * @param state the state
   * @return this
   */
  public EnumDefinition<S, E, C> initial(S state) {
    begin(chart.root(), state, true);
    return this;
  }

  private void begin(StateSpec in, S state, boolean takesInput) {
    if (in.initial() != null) {
      throw new IllegalStateException(
          "%s has an initial state already; %s would be the second.".formatted(in.name(), state));
    }
    ArcSpec arc = new ArcSpec(new Trigger.Initial());
    arc.targets()
        .add(
            new ArcSpec.Target(
                state(state), takesInput ? Plain.data((input, event) -> input) : null));
    in.initial(arc);
  }

  /**
   * Makes a state a superstate: others are inside of it, and have its transitions where they have
   * none of their own.
   *
   * @param superstate the constant of the superstate
   * @param initial which of the others is entered by who leads to the superstate
   * @param others the other states inside of it
   * @return this
   * @throws IllegalStateException if one is in a superstate already
   */
  @SafeVarargs
  public final EnumDefinition<S, E, C> group(S superstate, S initial, S... others) {
    StateSpec group = state(superstate);
    group.kind(StateSpec.Kind.COMPOUND);
    moveInto(group, initial);
    for (S other : others) {
      moveInto(group, other);
    }
    begin(group, initial, false);
    return this;
  }

  private void moveInto(StateSpec group, S constant) {
    StateSpec state = state(constant);
    if (state == group || !chart.root().children().remove(state)) {
      throw new IllegalStateException(
          "%s cannot be put into %s: it is in another superstate already, or is that one itself."
              .formatted(constant, group.name()));
    }
    group.children().add(state);
  }

  /**
   * Defines what a state does, or adds to it.
   *
   * @param state a leaf, or a superstate
   * @param definition what it does
   * @return this
   */
  public EnumDefinition<S, E, C> in(
      S state, UnaryOperator<EnumStateDefinition<S, E, C>> definition) {
    Objects.requireNonNull(
        definition.apply(new EnumStateDefinition<>(this, state(state))), "definition");
    return this;
  }

  /**
   * Says which states end their superstate, or the machine.
   *
   * @param states leaves, which have no transitions
   * @return this
   */
  @SafeVarargs
  public final EnumDefinition<S, E, C> finals(S... states) {
    for (S state : states) {
      state(state).kind(StateSpec.Kind.FINAL);
    }
    return this;
  }

  /**
   * Says what becomes of an event that no active state answers to.
   *
   * @param what what to do; {@link Unhandled#IGNORE} unless it is said
   * @return this
   */
  public EnumDefinition<S, E, C> unhandled(Unhandled what) {
    chart.unhandled(Objects.requireNonNull(what, "what"));
    return this;
  }

  /**
   * Says how many microsteps a macrostep may take, so that an endless chain of them is an error.
   *
   * @param most at least 1; 1,000 unless it is said
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public EnumDefinition<S, E, C> budget(int most) {
    Settings.budget(chart, most);
    return this;
  }

  /**
   * Ends the definition: checks the chart and compiles it.
   *
   * @return the machine
   * @throws MachineDefinitionException if something is wrong, with all that is
   */
  public Machine<S, E> build() {
    return ChartMachine.build(chart);
  }

  StateSpec state(S constant) {
    return Objects.requireNonNull(states.get(Objects.requireNonNull(constant, "state")));
  }
}
