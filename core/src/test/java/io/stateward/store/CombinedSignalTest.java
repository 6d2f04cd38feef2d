package io.stateward.store;

import io.stateward.signal.Signal;
import io.stateward.signal.SignalContract;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A combination of two stores that change atomically")
final class CombinedSignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Integer> one = Store.of(initial / 2);
    Store<Integer> two = Store.of(initial - initial / 2);
    IntConsumer change =
        value ->
            Store.atomically(
                () -> {
                  one.set(value / 2);
                  two.set(value - value / 2);
                },
                one,
                two);
    return new Subject(Signal.combine(one, two, Integer::sum), change);
  }

  @Override
  public boolean tellsEveryCommit() {
    return false; // of several sources: what is overtaken is skipped
  }
}
