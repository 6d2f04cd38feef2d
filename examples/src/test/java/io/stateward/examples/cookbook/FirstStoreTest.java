package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.FirstStore.Counter;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirstStoreTest {

  private final List<String> shown = new ArrayList<>();

  @Test
  void use_closedSubscription_isToldNoMore() {
    FirstStore.useIt(shown::add);

    assertThat(shown).containsExactly("0 -> 1", "1 -> 2", "at the end 3");
  }

  @Test
  void read_afterOneCommit_showsValueAndVersion() {
    Store<Counter> store = Store.of("counter", new Counter(5, 1));
    store.update(Counter::next);

    FirstStore.read(store, shown::add);

    assertThat(shown).containsExactly("6, version 1");
  }

  @Test
  void write_identicalState_commitsNothing() {
    Store<Counter> store = Store.of("counter", new Counter(5, 1));

    Counter last = FirstStore.write(store);

    assertThat(last).isEqualTo(new Counter(100, 10));
    assertThat(store.version()).isEqualTo(2);
  }

  @Test
  void close_endsTheStoreAndItsSubscriptions() {
    Store<Counter> store = FirstStore.close(shown::add);

    assertThat(shown).containsExactly("count 1");
    assertThat(store.isClosed()).isTrue();
    assertThat(store.get().count()).isEqualTo(1);
  }
}
