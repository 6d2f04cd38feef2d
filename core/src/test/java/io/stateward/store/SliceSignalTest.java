package io.stateward.store;

import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A slice, as a signal")
final class SliceSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Integer> slice = Store.of(Sample.of(initial, 7)).slice(Sample::left, Sample::withLeft);
    return new Subject(slice, slice::set);
  }
}
