package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class WatchingTest {

  @Test
  void watch_oneCommit_tellsWhatHappened() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Store<Integer> store = Store.of("watched store", 1);
    store.map(count -> count > 5).named("many").subscribe(change -> {});

    try (Subscription watching = Watching.watch(lines::add)) {
      assertThat(watching).isNotNull();
      store.set(2);
      store.set(7);
    }
    store.set(8);

    assertThat(lines)
        .containsExactly(
            "watched store took version 1",
            "many ran, as before",
            "watched store told 0",
            "watched store took version 2",
            "many ran, new",
            "watched store told 1");
  }
}
