package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Changes that are easily lost between nodes that are read, watched and passed through. */
final class DeliveryGraphTest {

  private record Pair(int left, int right) {
    Pair withLeft(int value) {
      return new Pair(value, right);
    }

    Pair withRight(int value) {
      return new Pair(left, value);
    }
  }

  @Test
  void subscribe_toDerivedThatWasOnlyPassedThrough_hearsOfReturnToAnEarlierValue() {
    Store<Integer> source = Store.of(0);
    Signal<Integer> middle = Signal.derive(from -> from.get(source));
    Signal<Integer> end = Signal.derive(from -> from.get(middle) + 100);
    end.subscribe(change -> {});
    source.set(1);
    List<String> seen = new ArrayList<>();

    middle.subscribe(change -> seen.add(change.was() + ">" + change.now()));
    source.set(0);

    assertThat(seen).containsExactly("1>0");
  }

  @Test
  void subscribe_toMapOfDerivedThatWasOnlyPassedThrough_hearsOfReturnToAnEarlierValue() {
    Store<Integer> source = Store.of(0);
    Signal<Integer> middle = Signal.derive(from -> from.get(source));
    Signal<Integer> end = Signal.derive(from -> from.get(middle) + 100);
    end.subscribe(change -> {});
    source.set(1);
    List<String> seen = new ArrayList<>();

    middle.map(n -> n * 10).subscribe(change -> seen.add(change.was() + ">" + change.now()));
    source.set(0);

    assertThat(seen).containsExactly("10>0");
  }

  @Test
  void subscribe_whileAnOlderChangeIsStillToBeDelivered_hearsWhatComesAfterItsStart() {
    Store<Integer> source = Store.of(0);
    Signal<Integer> derived = Signal.derive(from -> from.get(source));
    Signal<Integer> mapped = derived.map(n -> n + 10);
    List<String> seen = new ArrayList<>();
    derived.subscribe(change -> {});
    mapped.subscribe(change -> {});
    source.subscribe(
        change -> {
          if (change.now() == 1) {
            source.set(2);
            assertThat(derived.get()).isEqualTo(2);
            derived.subscribe(c -> seen.add(c.was() + ">" + c.now()));
            mapped.subscribe(c -> seen.add(c.was() + ">" + c.now()));
            source.set(0);
          }
        });

    source.set(1);

    assertThat(seen).containsExactly("2>0", "12>10");
  }

  /** The change is delivered, to the end, after the newcomer has read and before it is attached. */
  @Test
  void subscribe_whileAChangeIsDeliveredToOthers_isToldOfIt() {
    Store<Integer> source = Store.of(1);
    Signal<Integer> derived = Signal.derive(from -> from.get(source));
    derived.subscribe(change -> {});
    AtomicBoolean armed = new AtomicBoolean(true);
    Signal<Integer> mapped =
        derived.map(
            n -> {
              if (armed.getAndSet(false)) {
                CompletableFuture.runAsync(() -> source.set(2)).join();
              }
              return n * 10;
            });
    List<String> seen = new ArrayList<>();

    mapped.subscribe(change -> seen.add(change.was() + ">" + change.now()));

    assertThat(seen).containsExactly("10>20");
    source.set(1);
    assertThat(seen).containsExactly("10>20", "20>10");
  }

  @Test
  void close_afterAnAbandonedTransactionReadOtherDependencies_keepsTheOthersLinked() {
    Store<Boolean> useLeft = Store.of(true);
    Store<Integer> left = Store.of(1);
    Store<Integer> right = Store.of(2);
    Signal<Integer> chosen =
        Signal.derive(from -> from.get(useLeft) ? from.get(left) : from.get(right));
    List<Integer> seen = new ArrayList<>();
    chosen.subscribe(change -> seen.add(change.now()));
    Subscription other = chosen.subscribe(change -> {});
    assertThatThrownBy(
            () ->
                Store.atomically(
                    () -> {
                      useLeft.set(false);
                      assertThat(chosen.get()).isEqualTo(2);
                      throw new IllegalStateException("abandoned");
                    },
                    useLeft))
        .hasMessage("abandoned");

    other.close();
    left.set(5);

    assertThat(seen).containsExactly(5);
  }

  @Test
  void latest_overtakenByACommitThatLeavesItsPartAlone_isToldAllTheSame() {
    Store<Pair> store = Store.of(new Pair(0, 0));
    List<String> seen = new ArrayList<>();
    store.subscribe(
        change -> {
          if (change.now().right() == 0) {
            store.update(pair -> pair.withRight(1));
          }
        });
    store
        .select(Pair::left)
        .subscribe(Delivery.latest(), change -> seen.add(change.was() + ">" + change.now()));

    store.update(pair -> pair.withLeft(7));

    assertThat(seen).containsExactly("0>7");
  }

  @Test
  void latest_overtakenByAnEqualValue_isToldAllTheSame() {
    Store<Pair> store = Store.of(new Pair(0, 0));
    List<Pair> seen = new ArrayList<>();
    store.subscribe(
        change -> {
          if (store.version() == 1) {
            store.set(new Pair(7, 0));
          }
        });
    store.subscribe(Delivery.latest(), change -> seen.add(change.now()));

    store.set(new Pair(7, 0));

    assertThat(seen).containsExactly(new Pair(7, 0));
  }

  @Test
  void latest_overtakenAndSetBack_isToldNothing() {
    Store<Pair> store = Store.of(new Pair(0, 0));
    List<String> seen = new ArrayList<>();
    store.subscribe(
        change -> {
          if (change.now().left() == 7) {
            store.update(pair -> pair.withLeft(0));
          }
        });
    store
        .select(Pair::left)
        .subscribe(Delivery.latest(), change -> seen.add(change.was() + ">" + change.now()));

    store.update(pair -> pair.withLeft(7));

    assertThat(seen).isEmpty();
  }

  @Test
  void version_readWhileOlderChangesAreToldOf_isNeverBehindThem() {
    Store<Integer> store = Store.of(0);
    Signal<Integer> part = store.select(n -> n % 2);
    List<String> seen = new ArrayList<>();
    store.subscribe(
        change -> {
          if (change.now() == 10) {
            store.set(11);
            store.set(12);
            assertThat(part.get()).isZero();
          }
        });
    part.subscribe(
        change -> {
          seen.add(change.was() + ">" + change.now());
          assertThat(part.version()).isGreaterThanOrEqualTo(change.version());
          seen.add("checked");
        });

    store.set(10);

    assertThat(seen).containsExactly("0>1", "checked", "1>0", "checked");
  }
}
