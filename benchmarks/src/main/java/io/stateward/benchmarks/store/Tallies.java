package io.stateward.benchmarks.store;

import clojure.lang.AFn;
import clojure.lang.Atom;
import io.stateward.store.Store;
import kotlinx.coroutines.flow.MutableStateFlow;
import kotlinx.coroutines.flow.StateFlowKt;

/** The contenders that have an atomic update. */
final class Tallies {

  private Tallies() {}

  static Tally of(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardTally();
      case "stateflow" -> new StateFlowTally();
      case "clojure" -> new ClojureTally();
      default -> throw new IllegalArgumentException("No such contender here: " + contender);
    };
  }

  private static final class StatewardTally implements Tally {
    private final Store<Integer> store = Store.of(0);

    @Override
    public void increment() {
      store.update(n -> n + 1);
    }

    @Override
    public int value() {
      return store.get();
    }
  }

  private static final class StateFlowTally implements Tally {
    private final MutableStateFlow<Integer> state = StateFlowKt.MutableStateFlow(0);

    @Override
    public void increment() {
      StateFlowKt.update(state, n -> n + 1);
    }

    @Override
    public int value() {
      return state.getValue();
    }
  }

  private static final class ClojureTally implements Tally {
    private static final AFn INCREMENT =
        new AFn() {
          @Override
          public Object invoke(Object n) {
            return (Integer) n + 1;
          }
        };
    private final Atom state = new Atom(0);

    @Override
    public void increment() {
      state.swap(INCREMENT);
    }

    @Override
    public int value() {
      return (Integer) state.deref();
    }
  }
}
