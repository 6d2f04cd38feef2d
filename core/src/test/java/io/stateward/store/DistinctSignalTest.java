package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A signal with an equality of its own")
final class DistinctSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Integer> store = Store.of(initial);
    return new Subject(store.distinct((one, other) -> one.intValue() == other), store::set);
  }
}
