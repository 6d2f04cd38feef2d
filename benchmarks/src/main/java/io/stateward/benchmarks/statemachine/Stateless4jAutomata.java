package io.stateward.benchmarks.statemachine;

import com.github.oxo42.stateless4j.StateConfiguration;
import com.github.oxo42.stateless4j.StateMachine;
import com.github.oxo42.stateless4j.StateMachineConfig;

/** The machines of stateless4j: the definition is shared, actions capture what they change. */
final class Stateless4jAutomata implements Automata {

  private static final StateMachineConfig<Place, Input> SHARED = turnstiles(new Gate());

  private static StateMachineConfig<Place, Input> turnstiles(Gate gate) {
    StateMachineConfig<Place, Input> config = new StateMachineConfig<>();
    config
        .configure(Place.LOCKED)
        .permitIf(Input.COIN, Place.UNLOCKED, () -> gate.open, () -> gate.passed++);
    config
        .configure(Place.UNLOCKED)
        .permitIf(Input.PUSH, Place.LOCKED, () -> gate.open, () -> gate.passed++);
    return config;
  }

  private static StateMachineConfig<Room, Walk> houses(Gate gate) {
    StateMachineConfig<Room, Walk> config = new StateMachineConfig<>();
    room(config, gate, Room.LEFT).permit(Walk.CROSS, Room.RIGHT_DESK);
    room(config, gate, Room.LEFT_HALL).substateOf(Room.LEFT);
    room(config, gate, Room.LEFT_DESK).substateOf(Room.LEFT_HALL).permit(Walk.STEP, Room.LEFT_DOOR);
    room(config, gate, Room.LEFT_DOOR).substateOf(Room.LEFT_HALL);
    room(config, gate, Room.RIGHT).permit(Walk.CROSS, Room.LEFT_DESK);
    room(config, gate, Room.RIGHT_HALL).substateOf(Room.RIGHT);
    room(config, gate, Room.RIGHT_DESK)
        .substateOf(Room.RIGHT_HALL)
        .permit(Walk.STEP, Room.RIGHT_DOOR);
    room(config, gate, Room.RIGHT_DOOR).substateOf(Room.RIGHT_HALL);
    return config;
  }

  private static StateConfiguration<Room, Walk> room(
      StateMachineConfig<Room, Walk> config, Gate gate, Room room) {
    return config.configure(room).onEntry(() -> gate.entered++).onExit(() -> gate.left++);
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired<>(new StateMachine<>(Place.LOCKED, turnstiles(gate)), Input.COIN, Input.PUSH);
  }

  @Override
  public Automaton towers(Gate gate) {
    return new Fired<>(new StateMachine<>(Room.LEFT_DESK, houses(gate)), Walk.STEP, Walk.CROSS);
  }

  @Override
  public Object make(Gate gate) {
    return new StateMachine<>(Place.LOCKED, SHARED);
  }

  @Override
  public String where(Object made) {
    return String.valueOf(((StateMachine<?, ?>) made).getState());
  }

  private static final class Fired<S, E> implements Automaton {

    private final StateMachine<S, E> machine;
    private final E first;
    private final E second;

    Fired(StateMachine<S, E> machine, E first, E second) {
      this.machine = machine;
      this.first = first;
      this.second = second;
      machine.onUnhandledTrigger((state, event) -> {}); // it throws otherwise
    }

    @Override
    public void first() {
      machine.fire(first);
    }

    @Override
    public void second() {
      machine.fire(second);
    }

    @Override
    public String where() {
      return String.valueOf(machine.getState());
    }
  }
}
