package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A store, as a signal")
final class StoreSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Integer> store = Store.of(initial);
    return new Subject(store, store::set);
  }
}
