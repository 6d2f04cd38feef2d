package io.stateward.examples.cookbook;

import io.stateward.signal.Subscription;
import io.stateward.signal.Versioned;
import io.stateward.store.Store;
import java.util.function.Consumer;

/** A first store: hold, read, change, be told, stop. */
final class FirstStore {

  private FirstStore() {}

  // tag: state
  record Counter(int count, int step) {

    Counter next() {
      return new Counter(count + step, step);
    }
  }

  // end

  static void useIt(Consumer<String> show) {
    // tag: use
    Store<Counter> store = Store.of("counter", new Counter(0, 1));

    Subscription shown =
        store.subscribe(
            change -> show.accept(change.was().count() + " -> " + change.now().count()));
    store.update(Counter::next); // shows 0 -> 1
    store.update(Counter::next); // shows 1 -> 2
    shown.close();
    store.update(Counter::next); // nobody is told; the count is 3
    // end
    show.accept("at the end " + store.get().count());
  }

  static void read(Store<Counter> store, Consumer<String> show) {
    // tag: read
    int count = store.get().count(); // never blocks
    Versioned<Counter> pair = store.versioned(); // the value and its version, as one
    show.accept(count + ", version " + pair.version());
    // end
  }

  static Counter write(Store<Counter> store) {
    // tag: write
    Counter after = store.update(counter -> new Counter(counter.count(), 10)); // what it is now
    store.set(new Counter(100, after.step())); // whatever it was
    store.update(counter -> counter); // the identical state: nothing is committed
    // end
    return store.get();
  }

  static Store<Counter> close(Consumer<String> show) {
    // tag: close
    Store<Counter> store = Store.of("counter", new Counter(0, 1));
    try (store) {
      store.subscribe(change -> show.accept("count " + change.now().count()));
      store.update(Counter::next); // shows count 1
    } // every subscription to it has ended; its last state can still be read
    // end
    return store;
  }
}
