package io.stateward;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads may use everything, and none is pinned while it waits for a lock of ours. */
@EnabledForJreRange(min = JRE.JAVA_21)
final class VirtualThreadsTest {

  private static final int THREADS = 2_000;
  private static final int UPDATES = 20;

  @Test
  void update_byManyVirtualThreads_losesNothingAndPinsNone(@TempDir Path folder) throws Exception {
    Store<Integer> store = Store.of("counter", 0);
    Signal<Integer> doubled = Signal.combine(store, store.map(n -> n), Integer::sum);
    AtomicInteger last = new AtomicInteger();
    List<Integer> seen = new ArrayList<>(); // not thread-safe on purpose: delivery is serial
    CountDownLatch told = new CountDownLatch(1);
    Path file = folder.resolve("pinned.jfr");

    ExecutorService virtual = VirtualThreads.executor();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      store.subscribe(change -> seen.add(change.now()));
      doubled.subscribe(
          Delivery.latest().on(virtual),
          change -> {
            last.set(change.now());
            if (change.now() == 2 * THREADS * UPDATES) {
              told.countDown();
            }
          });
      runOn(virtual, store);
      assertThat(told.await(30, TimeUnit.SECONDS)).as("the last change, got %s", last).isTrue();
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdownNow();
    }

    assertThat(store.get()).isEqualTo(THREADS * UPDATES);
    assertThat(seen).hasSize(THREADS * UPDATES).isSorted();
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private static void runOn(ExecutorService executor, Store<Integer> store) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(
          executor.submit(
              () -> {
                for (int n = 0; n < UPDATES; n++) {
                  store.update(value -> value + 1);
                }
              }));
    }
    for (Future<?> one : running) {
      one.get(60, TimeUnit.SECONDS);
    }
  }
}
