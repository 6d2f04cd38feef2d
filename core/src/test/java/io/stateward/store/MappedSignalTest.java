package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A mapped signal")
final class MappedSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<String> store = Store.of(Integer.toString(initial));
    return new Subject(
        store.map(String::strip).map(Integer::valueOf),
        value -> store.set(Integer.toString(value)));
  }
}
