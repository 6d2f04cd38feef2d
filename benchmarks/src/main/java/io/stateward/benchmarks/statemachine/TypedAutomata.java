package io.stateward.benchmarks.statemachine;

import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;

/** Ours, with states that are types; each move makes a new state with a new number. */
final class TypedAutomata implements Automata {

  /** Where a turnstile is. */
  sealed interface Stile {}

  /**
   * It takes a coin.
   *
   * @param moves how often it was moved
   */
  record LOCKED(long moves) implements Stile {}

  /**
   * It lets somebody through.
   *
   * @param moves how often it was moved
   */
  record UNLOCKED(long moves) implements Stile {}

  /** What happens to it. */
  sealed interface Deed {}

  /** Somebody pays. */
  record Coin() implements Deed {}

  /** Somebody goes through. */
  record Push() implements Deed {}

  static Machine<Stile, Deed> turnstiles(Gate gate) {
    return Machine.define("turnstile", Stile.class, Deed.class)
        .initial(new LOCKED(0))
        .in(
            LOCKED.class,
            s ->
                s.on(Coin.class)
                    .when("open", (locked, coin) -> gate.open)
                    .run("count", (locked, coin) -> gate.passed++)
                    .to(UNLOCKED.class, (locked, coin) -> new UNLOCKED(locked.moves() + 1)))
        .in(
            UNLOCKED.class,
            s ->
                s.on(Push.class)
                    .when("open", (unlocked, push) -> gate.open)
                    .run("count", (unlocked, push) -> gate.passed++)
                    .to(LOCKED.class, (unlocked, push) -> new LOCKED(unlocked.moves() + 1)))
        .build();
  }

  @Override
  public Automaton turnstile(Gate gate) {
    return new StatewardAutomata.Fired<>(turnstiles(gate).instance(), new Coin(), new Push());
  }

  private static final Machine<Stile, Deed> SHARED = turnstiles(new Gate());

  @Override
  public Object make(Gate gate) {
    return SHARED.instance();
  }

  @Override
  public String where(Object made) {
    return StatewardAutomata.leaves(((Instance<?, ?>) made).snapshot());
  }
}
