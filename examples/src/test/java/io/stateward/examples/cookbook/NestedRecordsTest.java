package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import org.junit.jupiter.api.Test;

final class NestedRecordsTest {

  private final Store<App> store = Store.of("app", App.empty());

  @Test
  void withers_andLens_changeTheInnermost() {
    NestedRecords.withers(store);

    assertThat(store.get().user().address()).isEqualTo(new Address("12 Byron Street", "Rome"));
    assertThat(store.version()).isEqualTo(2);
  }

  @Test
  void several_components_changeTogether() {
    assertThat(NestedRecords.several(new Todo(7, "milk", false)))
        .isEqualTo(new Todo(7, "oat milk", true));
  }

  @Test
  void table_entity_changesById() {
    store.update(app -> app.withTodos(app.todos().set(new Todo(7, "milk", false))));

    NestedRecords.table(store);

    assertThat(store.get().todos().get(7L)).isEqualTo(new Todo(7, "milk", true));
  }
}
