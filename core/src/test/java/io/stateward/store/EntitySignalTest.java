package io.stateward.store;

import io.stateward.collection.EntityTable;
import io.stateward.signal.SignalContract;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;

@DisplayName("An entity in a table")
final class EntitySignalTest extends SignalContract {

  private record Counter(String id, int count) {}

  @Override
  public Subject create(int initial) {
    Store<EntityTable<String, Counter>> store =
        Store.of(EntityTable.of(Counter::id).set(new Counter("other", 0)));
    IntConsumer change = value -> store.update(table -> table.set(new Counter("mine", value)));
    change.accept(initial);
    return new Subject(
        store.entities(table -> table).at("mine").map(counter -> counter.count()), change);
  }
}
