package io.stateward.benchmarks.statemachine;

import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.StateAction;

/** Ours, with states that are constants; but a radio, which has regions, is by types. */
final class StatewardAutomata implements Automata {

  static final Machine<Place, Input> TURNSTILE =
      Machine.define("turnstile", Place.class, Input.class, Gate.class)
          .initial(Place.LOCKED)
          .in(
              Place.LOCKED,
              s ->
                  s.on(Input.COIN)
                      .when("open", (gate, coin) -> gate.open)
                      .run("count", (gate, coin) -> gate.passed++)
                      .to(Place.UNLOCKED))
          .in(
              Place.UNLOCKED,
              s ->
                  s.on(Input.PUSH)
                      .when("open", (gate, push) -> gate.open)
                      .run("count", (gate, push) -> gate.passed++)
                      .to(Place.LOCKED))
          .build();

  private static final StateAction<Gate> ENTER = gate -> gate.entered++;
  private static final StateAction<Gate> LEAVE = gate -> gate.left++;

  private static final Machine<Room, Walk> TOWERS =
      Machine.define("towers", Room.class, Walk.class, Gate.class)
          .initial(Room.LEFT)
          .group(Room.LEFT_HALL, Room.LEFT_DESK, Room.LEFT_DOOR)
          .group(Room.LEFT, Room.LEFT_HALL)
          .group(Room.RIGHT_HALL, Room.RIGHT_DESK, Room.RIGHT_DOOR)
          .group(Room.RIGHT, Room.RIGHT_HALL)
          .in(Room.LEFT, s -> s.entry("in", ENTER).exit("out", LEAVE).on(Walk.CROSS).to(Room.RIGHT))
          .in(Room.LEFT_HALL, s -> s.entry("in", ENTER).exit("out", LEAVE))
          .in(
              Room.LEFT_DESK,
              s -> s.entry("in", ENTER).exit("out", LEAVE).on(Walk.STEP).to(Room.LEFT_DOOR))
          .in(Room.LEFT_DOOR, s -> s.entry("in", ENTER).exit("out", LEAVE))
          .in(Room.RIGHT, s -> s.entry("in", ENTER).exit("out", LEAVE).on(Walk.CROSS).to(Room.LEFT))
          .in(Room.RIGHT_HALL, s -> s.entry("in", ENTER).exit("out", LEAVE))
          .in(
              Room.RIGHT_DESK,
              s -> s.entry("in", ENTER).exit("out", LEAVE).on(Walk.STEP).to(Room.RIGHT_DOOR))
          .in(Room.RIGHT_DOOR, s -> s.entry("in", ENTER).exit("out", LEAVE))
          .build();

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired<>(TURNSTILE.instance(gate), Input.COIN, Input.PUSH);
  }

  @Override
  public Automaton towers(Gate gate) {
    return new Fired<>(TOWERS.instance(gate), Walk.STEP, Walk.CROSS);
  }

  @Override
  public Automaton radio(Gate gate, Knobs knobs) {
    boolean both = knobs == Knobs.TOGETHER;
    Instance<Radio, Knob> radio = Radio.define(gate).instance();
    return new Fired<>(radio, both ? Knob.BOTH : Knob.LIGHT, both ? Knob.BOTH : Knob.SOUND);
  }

  @Override
  public Object make(Gate gate) {
    return TURNSTILE.instance(gate);
  }

  @Override
  public String where(Object made) {
    return StatewardAutomata.leaves(((Instance<?, ?>) made).snapshot());
  }

  static String leaves(Snapshot<?> snapshot) {
    return String.join(" ", snapshot.leaves());
  }

  /** An instance and the two events that are fired at it. */
  static final class Fired<E> implements Automaton {

    private final Instance<?, E> instance;
    private final E first;
    private final E second;

    Fired(Instance<?, E> instance, E first, E second) {
      this.instance = instance;
      this.first = first;
      this.second = second;
    }

    @Override
    public void first() {
      instance.fire(first);
    }

    @Override
    public void second() {
      instance.fire(second);
    }

    @Override
    public String where() {
      return leaves(instance.snapshot());
    }
  }
}
