package io.stateward.benchmarks.statemachine;

import com.tinder.StateMachine;
import com.tinder.StateMachine.GraphBuilder;
import com.tinder.StateMachine.Matcher;
import com.tinder.StateMachine.Transition.Valid;
import kotlin.Unit;

/**
 * The machines of Tinder. What decides where a transition leads may decide that it leads nowhere,
 * which is its guard; the action is a side effect, done by the listener to transitions.
 */
final class TinderAutomata implements Automata {

  /** Where a turnstile is. */
  private sealed interface Stile {}

  /** It takes a coin. */
  private record Locked() implements Stile {
    static final Locked IT = new Locked();
  }

  /** It lets somebody through. */
  private record Unlocked() implements Stile {
    static final Unlocked IT = new Unlocked();
  }

  /** What happens to it. */
  private sealed interface Deed {}

  /** Somebody pays. */
  private record Coin() implements Deed {}

  /** Somebody goes through. */
  private record Push() implements Deed {}

  /** What a transition does. */
  private enum Effect {
    COUNT
  }

  private static StateMachine<Stile, Deed, Effect> machine(Gate gate) {
    return StateMachine.Companion.create(
        graph -> {
          define(graph, gate);
          return Unit.INSTANCE;
        });
  }

  private static void define(GraphBuilder<Stile, Deed, Effect> graph, Gate gate) {
    graph.initialState(Locked.IT);
    graph.state(
        Matcher.Companion.<Stile, Locked>any(Locked.class),
        state -> {
          state.on(
              Matcher.Companion.<Deed, Coin>any(Coin.class),
              (locked, coin) ->
                  gate.open
                      ? state.transitionTo(locked, Unlocked.IT, Effect.COUNT)
                      : state.dontTransition(locked, null));
          return Unit.INSTANCE;
        });
    graph.state(
        Matcher.Companion.<Stile, Unlocked>any(Unlocked.class),
        state -> {
          state.on(
              Matcher.Companion.<Deed, Push>any(Push.class),
              (unlocked, push) ->
                  gate.open
                      ? state.transitionTo(unlocked, Locked.IT, Effect.COUNT)
                      : state.dontTransition(unlocked, null));
          return Unit.INSTANCE;
        });
    graph.onTransition(
        transition -> {
          if (transition instanceof Valid<?, ?, ?> valid && valid.getSideEffect() == Effect.COUNT) {
            gate.passed++;
          }
          return Unit.INSTANCE;
        });
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new Fired(machine(gate));
  }

  @Override
  public Object make(Gate gate) {
    return machine(gate);
  }

  @Override
  public String where(Object made) {
    return ((StateMachine<?, ?, ?>) made).getState() instanceof Locked ? "LOCKED" : "UNLOCKED";
  }

  private static final class Fired implements Automaton {

    private final StateMachine<Stile, Deed, Effect> machine;
    private final Coin coin = new Coin();
    private final Push push = new Push();

    Fired(StateMachine<Stile, Deed, Effect> machine) {
      this.machine = machine;
    }

    @Override
    public void first() {
      machine.transition(coin);
    }

    @Override
    public void second() {
      machine.transition(push);
    }

    @Override
    public String where() {
      return machine.getState() instanceof Locked ? "LOCKED" : "UNLOCKED";
    }
  }
}
