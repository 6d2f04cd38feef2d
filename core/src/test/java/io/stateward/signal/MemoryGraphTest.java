package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.store.Store;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody observes is held by nothing, however often it was read or watched before. */
final class MemoryGraphTest {

  private static final int COLLECTIONS = 200;

  /** The ways to make one signal of another. */
  enum Kind {
    MAP(store -> store.map(n -> n + 1)),
    DISTINCT(store -> store.distinct(Integer::equals)),
    COMBINE(store -> Signal.combine(store, store.map(n -> n), Integer::sum)),
    DERIVE(store -> Signal.derive(from -> from.get(store) + 1)),
    CHAIN(store -> Signal.derive(from -> from.get(store)).map(n -> n).map(n -> n));

    private final Function<Store<Integer>, Signal<Integer>> maker;

    Kind(Function<Store<Integer>, Signal<Integer>> maker) {
      this.maker = maker;
    }
  }

  @ParameterizedTest
  @EnumSource
  void signal_readOnly_isCollected(Kind kind) {
    Store<Integer> store = Store.of(0);

    WeakReference<Signal<Integer>> signal = readOnce(kind, store);

    assertCollected(signal);
    store.set(1);
  }

  private static WeakReference<Signal<Integer>> readOnce(Kind kind, Store<Integer> store) {
    Signal<Integer> signal = kind.maker.apply(store);
    assertThat(signal.get()).isNotNull();
    store.update(n -> n + 1);
    assertThat(signal.get()).isNotNull();
    return new WeakReference<>(signal);
  }

  @ParameterizedTest
  @EnumSource
  void signal_noLongerWatched_isCollected(Kind kind) {
    Store<Integer> store = Store.of(0);

    WeakReference<Signal<Integer>> signal = watchOnce(kind, store);

    assertCollected(signal);
    store.set(5);
  }

  private static WeakReference<Signal<Integer>> watchOnce(Kind kind, Store<Integer> store) {
    Signal<Integer> signal = kind.maker.apply(store);
    List<Integer> seen = new ArrayList<>();
    Subscription subscription = signal.subscribe(change -> seen.add(change.now()));
    store.update(n -> n + 1);
    assertThat(seen).hasSize(1);
    subscription.close();
    return new WeakReference<>(signal);
  }

  @ParameterizedTest
  @EnumSource
  void signal_watched_isHeldByItsStore(Kind kind) {
    Store<Integer> store = Store.of(0);
    List<Integer> seen = new ArrayList<>();
    Subscription subscription = kind.maker.apply(store).subscribe(change -> seen.add(change.now()));

    System.gc();
    store.update(n -> n + 1);

    assertThat(seen).hasSize(1);
    subscription.close();
  }

  @ParameterizedTest
  @EnumSource
  void millionSignals_madeWatchedAndDropped_leaveNoGrowth(Kind kind) {
    Store<Integer> store = Store.of(0);
    makeAndDrop(kind, store, 10_000);
    long before = usedAfterCollection();

    makeAndDrop(kind, store, 1_000_000 / Kind.values().length);

    long grown = usedAfterCollection() - before;
    assertThat(grown).as("bytes grown").isLessThan(4_000_000L);
    store.set(-1);
  }

  private static void makeAndDrop(Kind kind, Store<Integer> store, int count) {
    for (int i = 0; i < count; i++) {
      Signal<Integer> signal = kind.maker.apply(store);
      if (i % 2 == 0) {
        assertThat(signal.get()).isNotNull();
      } else {
        signal.subscribe(change -> {}).close();
      }
    }
  }

  @Test
  void signal_onceReachedTogetherWithOneThatStays_isCollected() {
    Store<Integer> store = Store.of(0);
    List<Integer> seen = new ArrayList<>();
    Signal<Integer> stays = Signal.derive(from -> from.get(store));
    stays.subscribe(change -> seen.add(change.now()));

    WeakReference<Signal<Integer>> signal = watchOnce(Kind.DERIVE, store);

    assertCollected(signal);
    assertThat(stays.get()).isEqualTo(1);
    assertThat(seen).containsExactly(1);
  }

  @Test
  void state_thatWasReadLongAgo_isCollected() {
    Store<List<byte[]>> store = Store.of(List.of(new byte[0]));
    Signal<Integer> size = Signal.derive(from -> from.get(store).size());
    size.subscribe(change -> {});
    WeakReference<Object> old = commitLarge(store);

    store.set(List.of());
    store.set(List.of(new byte[1]));

    assertCollected(old);
    assertThat(size.get()).isEqualTo(1);
  }

  private static WeakReference<Object> commitLarge(Store<List<byte[]>> store) {
    byte[] large = new byte[1_000];
    store.set(List.of(large, large));
    return new WeakReference<>(large);
  }

  private static void assertCollected(WeakReference<?> reference) {
    for (int i = 0; i < COLLECTIONS && reference.get() != null; i++) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(reference.get()).as("still held").isNull();
  }

  private static long usedAfterCollection() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
