package io.stateward.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.collection.EntityTable;
import io.stateward.collection.TableBuilder;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What keeping the past of a large state costs, and that what is dropped is let go. */
final class HistoryCostTest {

  private static final int ENTITIES = 100_000;
  private static final int COMMITS = 10_000;
  private static final int COLLECTIONS = 200;

  /** An entity of a usual size. */
  record Item(Long id, String title, long changed, boolean done) {
    Item at(long when) {
      return new Item(id, title, when, !done);
    }
  }

  /** A state of one table. */
  record App(EntityTable<Long, Item> items) {
    App changed(long id, long when) {
      return new App(items.update(id, item -> item.at(when)));
    }
  }

  @Test
  void timeline_tenThousandCommits_retainLessThanThreeStates() {
    long empty = usedAfterCollection();
    Store<App> store = Store.of(new App(items()));
    long one = usedAfterCollection() - empty;

    Timeline<App, Void> timeline = Timeline.of(store);
    commit(store);
    long all = usedAfterCollection() - empty;

    assertThat(timeline.moments()).hasSize(COMMITS);
    assertThat(all).as("bytes, of which one state has %d", one).isLessThan(3 * one);
    assertThat(slowestOfFastestJumps(timeline))
        .as("nanoseconds of a jump")
        .isLessThan(Duration.ofMillis(5).toNanos());
    assertThat(timeline.moments().get(COMMITS / 2).entities(App::items).size()).isEqualTo(1);
  }

  @Test
  void history_tenThousandSteps_retainLessThanThreeStates() {
    long empty = usedAfterCollection();
    Store<App> store = Store.of(new App(items()));
    long one = usedAfterCollection() - empty;

    History<App> history =
        History.over(store)
            .steps(COMMITS)
            .retaining(COMMITS, StepSize.entities(App::items, item -> 1))
            .start();
    commit(store);
    long all = usedAfterCollection() - empty;

    assertThat(history.status().get().undoable()).isEqualTo(COMMITS);
    assertThat(history.status().get().retained()).isEqualTo(COMMITS);
    assertThat(all).as("bytes, of which one state has %d", one).isLessThan(3 * one);
  }

  @Test
  void whatIsDroppedClearedOrClosed_isCollected() {
    Store<List<byte[]>> store = Store.of(List.of());
    History<List<byte[]>> history = History.over(store).steps(1).start();
    Timeline<List<byte[]>, Void> timeline = Timeline.of(store, 1, Timekeeper.system());

    WeakReference<Object> dropped = commitLarge(store);
    store.set(List.of(new byte[1]));
    store.set(List.of(new byte[2]));
    assertCollected(dropped);

    WeakReference<Object> cleared = commitLarge(store);
    store.set(List.of(new byte[3]));
    history.clear();
    timeline.clear();
    assertCollected(cleared);

    WeakReference<Object> closed = commitLarge(store);
    store.set(List.of(new byte[4]));
    history.close();
    timeline.clear();
    timeline.close();
    assertCollected(closed);
    assertThat(store.get()).hasSize(1);
  }

  private static WeakReference<Object> commitLarge(Store<List<byte[]>> store) {
    byte[] large = new byte[1_000];
    store.set(List.of(large, large));
    return new WeakReference<>(large);
  }

  private static EntityTable<Long, Item> items() {
    TableBuilder<Long, Item> builder = EntityTable.<Long, Item>of(Item::id).toBuilder();
    for (long i = 0; i < ENTITIES; i++) {
      builder.set(new Item(i, "Item number " + i, 0, false));
    }
    return builder.build();
  }

  private static void commit(Store<App> store) {
    for (int i = 0; i < COMMITS; i++) {
      long id = i * 7_919L % ENTITIES;
      long when = i;
      store.update(app -> app.changed(id, when));
    }
  }

  /** Jumps to and fro; each jump counts at its fastest of several rounds, since others run too. */
  private static long slowestOfFastestJumps(Timeline<App, Void> timeline) {
    List<Long> fastest = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long start = System.nanoTime();
        timeline.jump(i * 7_919L % COMMITS);
        assertThat(timeline.view().get().items().size()).isEqualTo(ENTITIES);
        best = Math.min(best, System.nanoTime() - start);
        timeline.resume();
      }
      fastest.add(best);
    }
    return fastest.stream().mapToLong(Long::longValue).max().orElseThrow();
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
