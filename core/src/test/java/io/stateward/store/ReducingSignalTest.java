package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A reducing store, as a signal")
final class ReducingSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    ReducingStore<Integer, Integer> store =
        Store.reducing(initial, (state, action) -> action.equals(state) ? state : action);
    return new Subject(store, store::dispatch);
  }
}
