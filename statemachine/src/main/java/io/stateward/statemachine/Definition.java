package io.stateward.statemachine;

import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.DataFunction;
import io.stateward.statemachine.internal.EventSpaces;
import io.stateward.statemachine.internal.Form;
import io.stateward.statemachine.internal.Plain;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A machine under construction whose states are types: a superstate is a sealed interface, a leaf
 * is a record.
 *
 * <pre>{@code
 * static final Machine<Light, Tick> LIGHT = Machine.define("light", Light.class, Tick.class)
 *     .initial(new Red())
 *     .in(Red.class, s -> s.on(Tick.class).to(Green.class, (red, tick) -> new Green()))
 *     .in(Green.class, s -> s.on(Tick.class).to(Red.class, (green, tick) -> new Red()))
 *     .build();
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Failure.</b> {@link #build} names everything that is wrong with the chart, at once.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class Definition<S, E> {

  private final ChartSpec chart;
  private final Draft draft;
  private final Region<S, E> root;

  private Definition(String name, Class<S> states, Class<E> events) {
    chart = new ChartSpec(name, EventSpaces.of(name, events), Form.DATA);
    draft = new Draft(chart);
    draft.grow(chart.root(), states);
    root = new Region<>(draft, chart.root());
  }

  static <S, E> Definition<S, E> begin(String name, Class<S> states, Class<E> events) {
    return new Definition<>(name, states, events);
  }

  /**
   * Says which version of the definition this is; stored instances of an older one are migrated.
   *
   * @param version at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public Definition<S, E> version(int version) {
    Settings.version(chart, version);
    return this;
  }

  /**
   * Says which state an instance begins in.
   *
   * @param state the state
   * @return this
   */
  public Definition<S, E> initial(S state) {
    root.initial(state.getClass(), Plain.data((input, event) -> state));
    return this;
  }

  /**
   * Says which state an instance begins in, which is made from the parameter that it is started
   * with.
   *
   * @param <P> the type of the parameter
   * @param <T> the type of the state
   * @param state the state
   * @param input the type of the parameter
   * @param function makes the state
   * @return this
   */
  public <P, T extends S> Definition<S, E> initial(
      Class<T> state, Class<P> input, Function<? super P, ? extends T> function) {
    takes(input);
    root.initial(state, Erased.data(function));
    return this;
  }

  private void takes(Class<?> input) {
    Class<?> before = chart.input();
    if (before != null && before != input) {
      throw new IllegalStateException(
          "Machine '%s' takes a %s already, so it cannot take a %s; make a record of both."
              .formatted(chart.name(), before.getName(), input.getName()));
    }
    chart.input(input);
  }

  /**
   * Adds data of the whole machine, beside that of the states; transitions read it through their
   * {@link View}, and change it with {@code assign}.
   *
   * @param context what an instance begins with; one of each type
   * @return this
   */
  public Definition<S, E> context(Object context) {
    return context(context.getClass(), Plain.data((input, event) -> context));
  }

  /**
   * Adds data of the whole machine, which is made from the parameter that an instance is started
   * with.
   *
   * @param <P> the type of the parameter
   * @param <C> the type of the data
   * @param context the type of the data; one of each
   * @param input the type of the parameter
   * @param function makes the data
   * @return this
   */
  public <P, C> Definition<S, E> context(
      Class<C> context, Class<P> input, Function<? super P, ? extends C> function) {
    takes(input);
    return context(context, Erased.data(function));
  }

  private Definition<S, E> context(Class<?> type, DataFunction initial) {
    if (chart.contexts().stream().anyMatch(it -> it.type() == type)) {
      throw new IllegalStateException(
          "Machine '%s' has a context of type %s already; there is one of each type."
              .formatted(chart.name(), type.getName()));
    }
    chart.contexts().add(new ChartSpec.ContextSpec(type, initial));
    return this;
  }

  /**
   * Defines what a state does, or adds to it.
   *
   * @param <T> the type of the state
   * @param state a leaf, or a superstate, whose transitions are those of every leaf inside of it
   *     that has none of its own for an event
   * @param definition what it does
   * @return this
   */
  public <T extends S> Definition<S, E> in(
      Class<T> state, UnaryOperator<StateDefinition<S, E, T>> definition) {
    root.in(state, definition);
    return this;
  }

  /**
   * Says which states end their superstate, or the machine.
   *
   * @param states leaves, which have no transitions
   * @return this
   */
  @SafeVarargs
  public final Definition<S, E> finals(Class<? extends S>... states) {
    for (Class<? extends S> state : states) {
      draft.end(state);
    }
    return this;
  }

  /**
   * Says what becomes of an event that no active state answers to.
   *
   * @param what what to do; {@link Unhandled#IGNORE} unless it is said
   * @return this
   */
  public Definition<S, E> unhandled(Unhandled what) {
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
  public Definition<S, E> budget(int most) {
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
    draft.finish();
    return ChartMachine.build(chart);
  }
}
