package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A selection")
final class SelectionSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Sample> store = Store.of(Sample.of(7, initial));
    return new Subject(
        store.select(Sample::right), value -> store.update(state -> state.withRight(value)));
  }
}
