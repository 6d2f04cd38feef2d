package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Delivery;
import io.stateward.store.Store;
import io.stateward.testkit.Failures;
import io.stateward.testkit.Gate;
import io.stateward.testkit.ManualExecutor;
import io.stateward.testkit.Recorder;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestingTest {

  // tag: recorder
  @Test
  void filter_equalText_tellsNobody() {
    Store<App> store = Store.of("app", App.empty());

    try (Recorder<String> filter = Recorder.of(store.select(App::filter))) {
      store.update(app -> app.withFilter("milk"));
      store.update(app -> app.withFilter("milk"));

      assertThat(filter.values()).containsExactly("milk");
      assertThat(filter.last().was()).isEmpty();
    }
  }

  // end

  // tag: virtual
  @Test
  void search_typingPauses_runsOnce() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Store<String> text = Store.of("text", "");
    Delivery afterAPause = Delivery.debounce(Duration.ofMillis(300)).timekeeper(time);

    try (Recorder<String> searches = Recorder.of(text, afterAPause)) {
      text.set("m");
      time.advance(Duration.ofMillis(200));
      text.set("milk");
      time.advance(Duration.ofMillis(299));
      assertThat(searches.values()).isEmpty();

      time.advance(Duration.ofMillis(1));
      assertThat(searches.values()).containsExactly("milk");
    }
  }

  // end

  // tag: executor
  @Test
  void title_busyUiThread_isShownOnce() {
    ManualExecutor uiThread = new ManualExecutor();
    Store<String> title = Store.of("title", "one");

    try (Recorder<String> shown = Recorder.of(title, Delivery.latest().on(uiThread))) {
      title.set("two");
      title.set("three");
      uiThread.runAll();

      assertThat(shown.values()).containsExactly("three");
    }
  }

  // end

  // tag: failures
  @Test
  void subscriber_throws_isReportedByName() {
    Store<Integer> store = Store.of("stock", 1);
    store.subscribe(
        Delivery.every().named("audit"),
        change -> {
          throw new IllegalStateException("disk full");
        });

    try (Failures failures = Failures.about("stock")) {
      store.set(2);

      assertThat(failures.list()).singleElement().asString().contains("audit", "disk full");
    }
  }

  // end

  // tag: gate
  @Test
  void writer_whileASubscriberIsHeld_goesOn() throws InterruptedException {
    Gate gate = Gate.closed();
    Store<Integer> store = Store.of("stock", 1);
    store.subscribe(change -> gate.pass());
    Thread writer = new Thread(() -> store.set(2));

    writer.start();
    gate.awaitHeld(1); // the writer is in the callback now
    store.set(3);
    assertThat(store.get()).isEqualTo(3);

    gate.open();
    writer.join();
  }
  // end
}
