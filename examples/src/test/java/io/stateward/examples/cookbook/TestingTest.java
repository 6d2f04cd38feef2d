package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Delivery;
import io.stateward.store.Store;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestingTest {

  // tag: virtual
  @Test
  void search_typingPauses_runsOnce() {
    VirtualTimekeeper time = VirtualTimekeeper.create();
    Store<String> text = Store.of("text", "");
    List<String> searches = new ArrayList<>();
    text.subscribe(
        Delivery.debounce(Duration.ofMillis(300)).timekeeper(time),
        change -> searches.add(change.now()));

    text.set("m");
    time.advance(Duration.ofMillis(200));
    text.set("milk");
    time.advance(Duration.ofMillis(299));
    assertThat(searches).isEmpty();

    time.advance(Duration.ofMillis(1));
    assertThat(searches).containsExactly("milk");
  }
  // end
}
