package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Concurrently;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An updater may close any subscription, and waits for no lock but its own. */
final class ClosingInUpdaterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void close_insideUpdatersOfEachOthersStore_endsBoth() {
    Store<Integer> left = Store.of("left", 0);
    Store<Integer> right = Store.of("right", 0);
    List<Integer> told = new ArrayList<>();
    Subscription ofLeft = left.subscribe(change -> told.add(change.now()));
    Subscription ofRight = right.subscribe(change -> told.add(change.now()));
    CountDownLatch bothInside = new CountDownLatch(2);

    Concurrently.together(
        PATIENCE,
        () -> left.update(value -> closing(ofRight, bothInside, value)),
        () -> right.update(value -> closing(ofLeft, bothInside, value)));
    left.set(2);
    right.set(2);

    assertThat(told).isEmpty();
  }

  @Test
  void close_insideAtomically_ends() {
    Store<Integer> store = Store.of("store", 0);
    Store<Integer> other = Store.of("other", 0);
    List<Integer> told = new ArrayList<>();
    Subscription ofOther = other.map(value -> value + 1).subscribe(c -> told.add(c.now()));

    Store.atomically(ofOther::close, store);
    other.set(1);

    assertThat(told).isEmpty();
  }

  private static int closing(Subscription other, CountDownLatch bothInside, int value) {
    bothInside.countDown();
    try {
      assertThat(bothInside.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    other.close();
    return value + 1;
  }
}
