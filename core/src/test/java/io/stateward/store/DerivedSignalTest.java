package io.stateward.store;

import io.stateward.signal.Signal;
import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A derived signal")
final class DerivedSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Integer> one = Store.of(initial);
    Store<Boolean> direct = Store.of(true);
    Signal<Integer> same = one.map(value -> value);
    return new Subject(
        Signal.derive(from -> from.get(direct) ? from.get(one) : from.get(same)),
        value ->
            Store.atomically(
                () -> {
                  one.set(value);
                  direct.set(value % 2 == 0);
                },
                one,
                direct));
  }

  @Override
  public boolean tellsEveryCommit() {
    return false; // of several sources: what is overtaken is skipped
  }
}
