package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SmokeTest {
  record Todo(long id, String title) {}

  record App(EntityTable<Long, Todo> todos, String filter) {
    App withTodos(EntityTable<Long, Todo> t) {
      return new App(t, filter);
    }

    App withFilter(String f) {
      return new App(todos, f);
    }
  }

  @Test
  void basics() {
    Store<App> store = Store.of(new App(EntityTable.of(Todo::id), "a"));
    var seen = new ArrayList<Object>();
    Signal<String> filter = store.select(App::filter);
    Signal<String> shout = filter.map(String::toUpperCase);
    Signal<String> both = Signal.combine(filter, shout, (a, b) -> a + b);
    Signal<String> derived = Signal.derive(from -> from.get(both) + from.get(shout));
    Subscription s1 = filter.subscribe(c -> seen.add("f" + c.was() + c.now()));
    both.subscribe(c -> seen.add("b" + c.was() + c.now()));
    derived.subscribe(c -> seen.add("d" + c.was() + c.now()));
    store.entities(App::todos).at(7L).subscribe(c -> seen.add(c));
    store.update(a -> a.withFilter("b"));
    assertThat(seen.toString()).isEqualTo("[fab, baAbB, daAAbBB]");
    seen.clear();
    store.update(a -> a.withTodos(a.todos().set(new Todo(7, "x"))));
    assertThat(seen).hasSize(1);
    s1.close();
    seen.clear();
    store.update(a -> a.withTodos(a.todos().set(new Todo(8, "x"))).withFilter("c"));
    assertThat(seen.toString()).isEqualTo("[bbBcC, dbBBcCC]");
  }

  @Test
  void atomically() {
    Store<Integer> a = Store.of(1);
    Store<Integer> b = Store.of(2);
    var seen = new ArrayList<Integer>();
    Signal<Integer> sum = Signal.combine(a, b, Integer::sum);
    sum.subscribe(c -> seen.add(c.now()));
    Store.atomically(
        () -> {
          a.update(x -> x - 1);
          assertThat(sum.get()).isEqualTo(2);
          b.update(x -> x + 1);
        },
        a,
        b);
    assertThat(seen).isEmpty();
    assertThat(List.of(a.get(), b.get(), sum.get())).containsExactly(0, 3, 3);
    b.set(5);
    assertThat(seen).containsExactly(5);
  }
}
