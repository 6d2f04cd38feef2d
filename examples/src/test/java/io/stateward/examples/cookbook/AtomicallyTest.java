package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.cookbook.Atomically.Account;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AtomicallyTest {

  private final Store<Account> ada = Store.of("ada", new Account("Ada", 100));
  private final Store<Account> bob = Store.of("bob", new Account("Bob", 0));

  @Test
  void transfer_anyObserver_seesTheSameSum() {
    List<Long> sums = new ArrayList<>();
    Signal<Long> sum = Signal.combine(ada, bob, (one, other) -> one.cents() + other.cents());
    ada.subscribe(change -> sums.add(sum.get()));
    bob.subscribe(change -> sums.add(sum.get()));

    Atomically.transfer(ada, bob, 30);

    assertThat(sums).containsExactly(100L, 100L);
    assertThat(bob.get().cents()).isEqualTo(30);
  }

  @Test
  void transfer_tooMuch_changesNeither() {
    assertThatThrownBy(() -> Atomically.transfer(ada, bob, 130))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Ada has 100 cents, which is 30 too few.");

    assertThat(ada.get().cents()).isEqualTo(100);
    assertThat(bob.get().cents()).isEqualTo(0);
    assertThat(bob.version()).isEqualTo(0);
  }
}
