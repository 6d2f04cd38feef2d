package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntitiesTest {

  @Test
  void table_afterTheRecipe_holdsOne() {
    assertThat(Entities.table()).containsExactly(new Todo(2, "oat milk", false));
  }

  @Test
  void many_atOnce_mergesReplacesUpdates() {
    EntityTable<Long, Todo> todos =
        EntityTable.<Long, Todo>of(Todo::id).add(new Todo(1, "tea", false));

    List<EntityTable<Long, Todo>> results =
        Entities.many(todos, List.of(new Todo(2, "milk", false)));

    assertThat(results.get(0).ids()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(results.get(1)).containsExactly(new Todo(2, "milk", false));
    assertThat(results.get(2)).containsExactly(new Todo(1, "tea", true));
  }

  @Test
  void rows_eachCommit_patchesWhatDiffers() {
    List<String> patches = new ArrayList<>();
    Store<App> store = Store.of("app", App.empty());
    Entities.rows(store, patches::add);

    store.update(app -> app.withTodos(app.todos().add(new Todo(1, "tea", false))));
    store.update(app -> app.withTodos(app.todos().update(1L, todo -> todo.withDone(true))));
    store.update(app -> app.withFilter("nothing to do with rows"));
    store.update(app -> app.withTodos(app.todos().remove(1L)));

    assertThat(patches).containsExactly("insert row 1", "update row 1", "delete row 1");
  }
}
