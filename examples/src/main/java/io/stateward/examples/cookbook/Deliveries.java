package io.stateward.examples.cookbook;

import io.stateward.signal.Delivery;
import io.stateward.signal.Overflow;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Choosing which changes a subscriber is told of, when and where. */
final class Deliveries {

  private Deliveries() {}

  static void choose(Signal<String> text, Executor worker, Consumer<String> act) {
    // tag: choose
    text.subscribe(change -> act.accept("every, inline: " + change.now()));
    text.subscribe(
        Delivery.latest().on(worker), change -> act.accept("latest, on a worker: " + change.now()));
    text.subscribe(
        Delivery.every().on(worker).queue(10_000, Overflow.CLOSE).named("audit"),
        change -> act.accept("every, on a worker: " + change.now()));
    // end
  }

  static void timed(Signal<String> text, Timekeeper time, Consumer<String> act) {
    // tag: timed
    text.subscribe(
        Delivery.debounce(Duration.ofMillis(300)).timekeeper(time),
        change -> act.accept("search " + change.now()));
    text.subscribe(
        Delivery.throttle(Duration.ofSeconds(1)).timekeeper(time),
        change -> act.accept("save " + change.now()));
    // end
  }

  static void withCurrent(Signal<String> text, Consumer<String> act) {
    // tag: current
    text.subscribe(Delivery.latest().withCurrent(), change -> act.accept("now " + change.now()));
    // end
  }
}
