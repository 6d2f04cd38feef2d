package io.stateward.benchmarks.statemachine;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;

/** Ours, as actors that are told events and do what is to be done before that returns. */
final class ActorAutomata implements Automata {

  private final Actors actors = Actors.on(Runnable::run).build();

  @Override
  public Automaton turnstile(Gate gate) {
    return new Told(actors.start(StatewardAutomata.TURNSTILE, gate));
  }

  @Override
  public Object make(Gate gate) {
    return actors.start(StatewardAutomata.TURNSTILE, gate);
  }

  @Override
  public String where(Object made) {
    return StatewardAutomata.leaves(((Actor<?, ?>) made).snapshot());
  }

  private record Told(Actor<Place, Input> actor) implements Automaton {

    @Override
    public void first() {
      actor.tell(Input.COIN);
    }

    @Override
    public void second() {
      actor.tell(Input.PUSH);
    }

    @Override
    public String where() {
      return StatewardAutomata.leaves(actor.snapshot());
    }
  }
}
