package io.stateward.statemachine.runtime;

import io.stateward.signal.Signal;
import io.stateward.statemachine.Snapshot;
import io.stateward.store.Store;

/** The signals of an actor. */
record Shown<S>(Store<Snapshot<S>> store, Signal<Snapshot<S>> snapshots, Signal<S> state) {

  static <S> Shown<S> of(String name, Snapshot<S> snapshot) {
    Store<Snapshot<S>> store = Store.of(name, snapshot);
    Signal<Snapshot<S>> snapshots = store.distinct(Object::equals).named(name + " snapshots");
    return new Shown<>(store, snapshots, store.<S>map(Snapshot::state).named(name + " state"));
  }
}
