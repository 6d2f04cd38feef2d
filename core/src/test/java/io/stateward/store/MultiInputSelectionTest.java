package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A selection of several parts")
final class MultiInputSelectionTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Sample> store = Store.of(Sample.of(initial / 2, initial - initial / 2));
    return new Subject(
        store.select(Sample::left, Sample::right, Integer::sum),
        value -> store.set(Sample.of(value / 2, value - value / 2)));
  }
}
