package io.stateward.examples.cookbook;

import io.stateward.signal.Delivery;
import io.stateward.signal.Overflow;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import io.stateward.signal.StatewardException;
import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What each bad input answers. */
final class Failures {

  private Failures() {}

  static void updaterThrows(Store<Integer> store, Consumer<String> show) {
    // tag: updater
    try {
      store.update(
          count -> {
            throw new IllegalArgumentException("no more than " + count);
          });
    } catch (IllegalArgumentException e) {
      show.accept(e.getMessage()); // the caller gets it; the store has not changed
    }
    // end
  }

  static String selectorThrows(Store<Integer> store) {
    // tag: selector
    Signal<Integer> share = store.select(count -> 100 / count).named("share");
    try {
      return share.get() + " percent";
    } catch (SignalFailedException e) {
      return e.signal() + " has no value"; // until the count changes
    }
    // end
  }

  static void nestedUpdate(Store<Integer> one, Store<Integer> other, Consumer<String> show) {
    // tag: nested
    try {
      one.update(count -> count + other.update(more -> more + 1));
    } catch (StatewardException e) {
      show.accept(e.getMessage()); // names both stores; neither has changed
    }
    // end
  }

  static void loop(Store<Integer> store) {
    // tag: loop
    store.subscribe(Delivery.every().named("counter"), change -> store.update(n -> n + 1));
    store.update(n -> n + 1); // returns; the update after the thousandth in a row is refused
    // end
  }

  static Subscription overflow(Store<Integer> store, Executor stuck, Consumer<Integer> audit) {
    // tag: overflow
    Subscription audited =
        store.subscribe(
            Delivery.every().on(stuck).queue(2, Overflow.CLOSE).named("audit"),
            change -> audit.accept(change.now()));
    // end
    return audited;
  }
}
