package io.stateward.examples.cookbook;

import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.List;
import java.util.function.Consumer;

/** Making one signal of others. */
final class Deriving {

  private Deriving() {}

  static void map(Store<App> store, Consumer<String> show) {
    // tag: map
    Signal<Integer> open =
        store
            .select(App::todos)
            .map(todos -> (int) todos.values().stream().filter(todo -> !todo.done()).count());
    open.subscribe(change -> show.accept(change.now() + " to do"));
    // end
    store.update(app -> app.withTodos(app.todos().add(new Todo(1, "milk", false))));
    store.update(app -> app.withTodos(app.todos().add(new Todo(2, "bread", true))));
  }

  static void combine(Consumer<String> show) {
    // tag: combine
    Store<Integer> price = Store.of("price", 3);
    Store<Integer> quantity = Store.of("quantity", 2);
    Signal<Integer> total = Signal.combine(price, quantity, (each, count) -> each * count);

    total.subscribe(change -> show.accept("total " + change.now()));
    price.set(4); // shows total 8
    quantity.set(5); // shows total 20
    Store.atomically(
        () -> {
          price.set(5);
          quantity.set(4);
        },
        price,
        quantity); // still 20: nobody is told, and nobody saw 25 or 16
    // end
  }

  static int combineAll(List<Store<Integer>> stores) {
    // tag: combineAll
    Signal<Integer> sum =
        Signal.combineAll(stores, values -> values.stream().mapToInt(Integer::intValue).sum());
    // end
    return sum.get();
  }

  static Signal<String> derive(Store<Boolean> useNick, Store<String> nick, Store<String> name) {
    // tag: derive
    Signal<String> shown =
        Signal.derive(from -> from.get(useNick) ? from.get(nick) : from.get(name));
    // end
    return shown.named("shown name");
  }

  static Signal<Integer> failing(Store<Integer> sum, Store<Integer> count) {
    // tag: failing
    Signal<Integer> mean = Signal.combine(sum, count, (total, n) -> total / n).named("mean");
    // end
    return mean;
  }
}
