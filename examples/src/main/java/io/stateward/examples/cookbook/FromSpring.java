package io.stateward.examples.cookbook;

import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import java.util.function.Consumer;

/** The turnstile of Spring Statemachine's documentation, and a row with a status column. */
final class FromSpring {

  private FromSpring() {}

  // tag: enums
  enum State {
    LOCKED,
    UNLOCKED
  }

  enum Event {
    COIN,
    PUSH
  }

  record Turnstile(int coins, int guests) {
    Turnstile coin() {
      return new Turnstile(coins + 1, guests);
    }

    Turnstile guest() {
      return new Turnstile(coins, guests + 1);
    }
  }

  // end

  static Machine<State, Event> turnstile(Consumer<Turnstile> display) {
    // tag: machine
    Machine<State, Event> turnstile =
        Machine.define("turnstile", State.class, Event.class, Turnstile.class)
            .initial(State.LOCKED) // states.initial(...)
            .in(
                State.LOCKED,
                s ->
                    s.on(Event.COIN) // withExternal().source(LOCKED).event(COIN)
                        .when("working", (data, coin) -> data.coins() < 1_000) // .guard(...)
                        .assign((data, coin) -> data.coin()) // the extended state
                        .to(State.UNLOCKED)) // .target(UNLOCKED)
            .in(
                State.UNLOCKED,
                s ->
                    s.entry("show", display::accept) // states.state(UNLOCKED, entryAction)
                        .on(Event.PUSH)
                        .assign((data, push) -> data.guest())
                        .to(State.LOCKED)
                        .on(Event.COIN)
                        .ignore()) // said, not forgotten
            .build();
    // end
    return turnstile;
  }

  static State turned(Machine<State, Event> turnstile, Turnstile data) {
    // tag: run
    Instance<State, Event> one = turnstile.instance(data); // no factory, no pool, no thread
    String told =
        one.fire(Event.COIN)
            .fold(
                moved -> "in " + moved.entered(),
                updated -> "changed",
                ignored -> "ignored",
                rejected -> "refused by " + rejected.guards(), // what Spring keeps to itself
                deferred -> "later",
                failed -> "failed: " + failed.cause());
    State state = one.state();
    // end
    return told.isEmpty() ? State.LOCKED : state;
  }

  static State stored(Machine<State, Event> turnstile, State column, Turnstile data) {
    // tag: column
    Instance<State, Event> row = turnstile.resume(turnstile.at(column, data)); // a row of a table
    row.fire(Event.PUSH);
    State next = row.state(); // to be written back
    // end
    return next;
  }
}
