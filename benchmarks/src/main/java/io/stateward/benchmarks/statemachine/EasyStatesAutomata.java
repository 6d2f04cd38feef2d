package io.stateward.benchmarks.statemachine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jeasy.states.api.AbstractEvent;
import org.jeasy.states.api.FiniteStateMachine;
import org.jeasy.states.api.FiniteStateMachineException;
import org.jeasy.states.api.State;
import org.jeasy.states.api.Transition;
import org.jeasy.states.core.FiniteStateMachineBuilder;
import org.jeasy.states.core.TransitionBuilder;

/** The machines of Easy States. It has no guards, so that its turnstile is always open. */
final class EasyStatesAutomata implements Automata {

  private static final State LOCKED = new State("LOCKED");
  private static final State UNLOCKED = new State("UNLOCKED");
  private static final Set<State> STATES = new LinkedHashSet<>(List.of(LOCKED, UNLOCKED));

  private static final class Coin extends AbstractEvent {}

  private static final class Push extends AbstractEvent {}

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired(machine(gate));
  }

  private static FiniteStateMachine machine(Gate gate) {
    Transition unlock =
        new TransitionBuilder()
            .sourceState(LOCKED)
            .eventType(Coin.class)
            .eventHandler(coin -> gate.passed++)
            .targetState(UNLOCKED)
            .build();
    Transition lock =
        new TransitionBuilder()
            .sourceState(UNLOCKED)
            .eventType(Push.class)
            .eventHandler(push -> gate.passed++)
            .targetState(LOCKED)
            .build();
    return new FiniteStateMachineBuilder(STATES, LOCKED)
        .registerTransition(unlock)
        .registerTransition(lock)
        .build();
  }

  @Override
  public Object make(Gate gate) {
    return machine(gate);
  }

  @Override
  public String where(Object made) {
    return ((FiniteStateMachine) made).getCurrentState().getName();
  }

  private static final class Fired implements Automaton {

    private final FiniteStateMachine machine;
    private final Coin coin = new Coin();
    private final Push push = new Push();

    Fired(FiniteStateMachine machine) {
      this.machine = machine;
    }

    @Override
    public void first() {
      try {
        machine.fire(coin);
      } catch (FiniteStateMachineException e) {
        throw new IllegalStateException("a coin was not taken", e);
      }
    }

    @Override
    public void second() {
      try {
        machine.fire(push);
      } catch (FiniteStateMachineException e) {
        throw new IllegalStateException("a push was not taken", e);
      }
    }

    @Override
    public String where() {
      return machine.getCurrentState().getName();
    }
  }
}
