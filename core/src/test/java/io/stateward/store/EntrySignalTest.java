package io.stateward.store;

import io.stateward.collection.PersistentMap;
import io.stateward.signal.SignalContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("An entry of a map")
final class EntrySignalTest extends SignalContract {

  @Override
  public Subject create(int initial) {
    Store<PersistentMap<String, Integer>> store =
        Store.of(PersistentMap.of("mine", initial).plus("other", 0));
    return new Subject(
        store.entries(map -> map).at("mine"),
        value -> store.update(map -> map.plus("mine", value)));
  }
}
