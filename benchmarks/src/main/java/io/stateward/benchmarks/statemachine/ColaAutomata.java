package io.stateward.benchmarks.statemachine;

import com.alibaba.cola.statemachine.StateMachine;
import com.alibaba.cola.statemachine.builder.StateMachineBuilder;
import com.alibaba.cola.statemachine.builder.StateMachineBuilderFactory;
import java.util.concurrent.atomic.AtomicLong;

/** The machines of COLA, which have no instances: whoever asks keeps the state. */
final class ColaAutomata implements Automata {

  private static final AtomicLong BUILT = new AtomicLong(); // ids are unique in a virtual machine

  @Override
  public Automaton turnstile(Gate gate) {
    StateMachineBuilder<Place, Input, Gate> builder = StateMachineBuilderFactory.create();
    builder
        .externalTransition()
        .from(Place.LOCKED)
        .to(Place.UNLOCKED)
        .on(Input.COIN)
        .when(given -> given.open)
        .perform((from, to, coin, given) -> given.passed++);
    builder
        .externalTransition()
        .from(Place.UNLOCKED)
        .to(Place.LOCKED)
        .on(Input.PUSH)
        .when(given -> given.open)
        .perform((from, to, push, given) -> given.passed++);
    return new Fired(builder.build("turnstile" + BUILT.incrementAndGet()), gate);
  }

  @Override
  public Object make(Gate gate) {
    throw new UnsupportedOperationException("It has no instances.");
  }

  @Override
  public String where(Object made) {
    throw new UnsupportedOperationException("It has no instances.");
  }

  private static final class Fired implements Automaton {

    private final StateMachine<Place, Input, Gate> machine;
    private final Gate gate;
    private Place place = Place.LOCKED;

    Fired(StateMachine<Place, Input, Gate> machine, Gate gate) {
      this.machine = machine;
      this.gate = gate;
    }

    @Override
    public void first() {
      place = machine.fireEvent(place, Input.COIN, gate);
    }

    @Override
    public void second() {
      place = machine.fireEvent(place, Input.PUSH, gate);
    }

    @Override
    public String where() {
      return place.name();
    }
  }
}
