package io.stateward.store;

import io.stateward.signal.SignalContract;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("An entry of a map that is not ours")
final class ForeignEntrySignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<Map<String, Integer>> store = Store.of(Map.of("mine", initial, "other", 0));
    return new Subject(
        store.entries(map -> map).at("mine"),
        value -> store.update(map -> Map.of("mine", value, "other", map.get("mine"))));
  }
}
