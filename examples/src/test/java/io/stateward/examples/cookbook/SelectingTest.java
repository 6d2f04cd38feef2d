package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectingTest {

  private final List<String> shown = new ArrayList<>();
  private final Store<App> store = Store.of("app", App.empty());

  @Test
  void plain_equalPart_tellsNobody() {
    Selecting.plain(store, shown::add);

    assertThat(shown).containsExactly("filter milk");
  }

  @Test
  void memoised_unrelatedCommit_givesTheSameList() {
    store.update(
        app ->
            app.withFilter("milk")
                .withTodos(
                    app.todos().add(new Todo(1, "milk", false)).add(new Todo(2, "tea", false))));
    Signal<List<Todo>> visible = Selecting.memoised(store);
    List<Todo> before = visible.get();

    store.update(app -> app.withUser(app.user().withName("Grace")));

    assertThat(before).containsExactly(new Todo(1, "milk", false));
    assertThat(visible.get()).isSameAs(before);
  }

  @Test
  void keyed_otherKeys_tellNobody() {
    Selecting.keyed(store, shown::add);

    assertThat(shown)
        .containsExactly(
            "null -> Todo[id=7, title=milk, done=false]",
            "Todo[id=7, title=milk, done=false] -> null");
  }

  @Test
  void distinct_sameSize_tellsNobody() {
    Signal<EntityTable<Long, Todo>> sized = Selecting.ownEquality(store);
    sized.subscribe(change -> shown.add("size " + change.now().size()));

    store.update(app -> app.withTodos(app.todos().set(new Todo(1, "milk", false))));
    store.update(app -> app.withTodos(app.todos().set(new Todo(1, "tea", false))));
    store.update(app -> app.withTodos(app.todos().set(new Todo(2, "milk", false))));

    assertThat(shown).containsExactly("size 1", "size 2");
  }
}
