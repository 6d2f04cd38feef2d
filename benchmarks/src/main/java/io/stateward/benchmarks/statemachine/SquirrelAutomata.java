package io.stateward.benchmarks.statemachine;

import java.util.stream.Collectors;
import org.squirrelframework.foundation.fsm.StateMachineBuilder;
import org.squirrelframework.foundation.fsm.StateMachineBuilderFactory;

/** The machines of squirrel, by its fluent builder. */
final class SquirrelAutomata implements Automata {

  private static final StateMachineBuilder<SquirrelMachine<Place, Input>, Place, Input, Gate>
      SHARED = turnstiles();

  /** A builder of machines whose class has lost its parameters. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has none
  private static <S, E> StateMachineBuilder<SquirrelMachine<S, E>, S, E, Gate> builder(
      Class<S> states, Class<E> events) {
    Class<SquirrelMachine<S, E>> type = (Class) SquirrelMachine.class;
    return StateMachineBuilderFactory.create(type, states, events, Gate.class);
  }

  private static StateMachineBuilder<SquirrelMachine<Place, Input>, Place, Input, Gate>
      turnstiles() {
    var builder = builder(Place.class, Input.class);
    builder
        .externalTransition()
        .from(Place.LOCKED)
        .to(Place.UNLOCKED)
        .on(Input.COIN)
        .when(new SquirrelMachine.Open())
        .perform(new SquirrelMachine.Pass<>());
    builder
        .externalTransition()
        .from(Place.UNLOCKED)
        .to(Place.LOCKED)
        .on(Input.PUSH)
        .when(new SquirrelMachine.Open())
        .perform(new SquirrelMachine.Pass<>());
    return builder;
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired<>(
        turnstiles().newStateMachine(Place.LOCKED), gate, Place.LOCKED, Input.COIN, Input.PUSH);
  }

  @Override
  public Automaton towers(Gate gate) {
    var builder = builder(Room.class, Walk.class);
    builder.defineSequentialStatesOn(Room.LEFT, Room.LEFT_HALL);
    builder.defineSequentialStatesOn(Room.LEFT_HALL, Room.LEFT_DESK, Room.LEFT_DOOR);
    builder.defineSequentialStatesOn(Room.RIGHT, Room.RIGHT_HALL);
    builder.defineSequentialStatesOn(Room.RIGHT_HALL, Room.RIGHT_DESK, Room.RIGHT_DOOR);
    for (Room room : Room.values()) {
      builder.onEntry(room).perform(new SquirrelMachine.Enter<>());
      builder.onExit(room).perform(new SquirrelMachine.Leave<>());
    }
    builder.externalTransition().from(Room.LEFT).to(Room.RIGHT).on(Walk.CROSS);
    builder.externalTransition().from(Room.RIGHT).to(Room.LEFT).on(Walk.CROSS);
    builder.externalTransition().from(Room.LEFT_DESK).to(Room.LEFT_DOOR).on(Walk.STEP);
    builder.externalTransition().from(Room.RIGHT_DESK).to(Room.RIGHT_DOOR).on(Walk.STEP);
    return new Fired<>(builder.newStateMachine(Room.LEFT), gate, Room.LEFT, Walk.STEP, Walk.CROSS);
  }

  @Override
  public Automaton radio(Gate gate, Knobs knobs) {
    var builder = builder(Dial.class, Knob.class);
    builder.defineParallelStatesOn(Dial.ON, Dial.LIGHT, Dial.SOUND);
    builder.defineSequentialStatesOn(Dial.LIGHT, Dial.DARK, Dial.BRIGHT);
    builder.defineSequentialStatesOn(Dial.SOUND, Dial.MUTE, Dial.LOUD);
    change(builder, Knob.LIGHT, Dial.DARK, Dial.BRIGHT);
    change(builder, Knob.BOTH, Dial.DARK, Dial.BRIGHT);
    change(builder, Knob.SOUND, Dial.MUTE, Dial.LOUD);
    change(builder, Knob.BOTH, Dial.MUTE, Dial.LOUD);
    boolean both = knobs == Knobs.TOGETHER;
    return new Fired<>(
        builder.newStateMachine(Dial.ON),
        gate,
        Dial.ON,
        both ? Knob.BOTH : Knob.LIGHT,
        both ? Knob.BOTH : Knob.SOUND);
  }

  private static void change(
      StateMachineBuilder<SquirrelMachine<Dial, Knob>, Dial, Knob, Gate> builder,
      Knob knob,
      Dial one,
      Dial other) {
    var pass = new SquirrelMachine.Pass<Dial, Knob>();
    builder.externalTransition().from(one).to(other).on(knob).perform(pass);
    builder.externalTransition().from(other).to(one).on(knob).perform(pass);
  }

  @Override
  public Object make(Gate gate) {
    SquirrelMachine<Place, Input> machine = SHARED.newStateMachine(Place.LOCKED);
    machine.start(gate);
    return machine;
  }

  @Override
  public String where(Object made) {
    return String.valueOf(((SquirrelMachine<?, ?>) made).getCurrentState());
  }

  private static final class Fired<S, E> implements Automaton {

    private final SquirrelMachine<S, E> machine;
    private final Gate gate;
    private final S around;
    private final E first;
    private final E second;

    Fired(SquirrelMachine<S, E> machine, Gate gate, S around, E first, E second) {
      this.machine = machine;
      this.gate = gate;
      this.around = around;
      this.first = first;
      this.second = second;
      machine.start(gate);
    }

    @Override
    public void first() {
      machine.fire(first, gate);
    }

    @Override
    public void second() {
      machine.fire(second, gate);
    }

    @Override
    public String where() {
      S state = machine.getCurrentState();
      return state == around && state == Dial.ON
          ? machine.getSubStatesOn(state).stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(" "))
          : String.valueOf(state);
    }
  }
}
