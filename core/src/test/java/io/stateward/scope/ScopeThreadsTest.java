package io.stateward.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Races between opening and closing, and what closed scopes leave behind. */
@Timeout(60)
final class ScopeThreadsTest {

  private static final ScopeKey<Integer> KEY = ScopeKey.of("key", Integer.class);

  @Test
  void close_whileOthersOpen_everythingIsClosedExactlyOnce() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    for (int round = 0; round < 100; round++) {
      Scope root = Scope.root("root");
      AtomicInteger opened = new AtomicInteger();
      AtomicInteger closed = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads - 1; i++) {
        running.add(
            executor.submit(
                () -> {
                  start.await();
                  openUntilClosed(root, opened, closed);
                  return null;
                }));
      }
      running.add(
          executor.submit(
              () -> {
                start.await();
                while (opened.get() < 20) {
                  Thread.onSpinWait();
                }
                root.close();
                return null;
              }));
      for (Future<?> each : running) {
        each.get(30, TimeUnit.SECONDS);
      }
      assertThat(closed).hasValue(opened.get());
    }
    executor.shutdownNow();
  }

  private static void openUntilClosed(Scope root, AtomicInteger opened, AtomicInteger closed) {
    try {
      while (true) {
        Scope child = root.child("child");
        opened.incrementAndGet();
        child.own(closed::incrementAndGet);
        opened.incrementAndGet();
        root.own(closed::incrementAndGet);
      }
    } catch (ClosedException e) {
      // the scope says that it is over; what was refused was closed
    }
  }

  @Test
  void subscribe_whileScopeCloses_isRefusedOrEnded() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    for (int round = 0; round < 2_000; round++) {
      Scope root = Scope.root("root").provide(KEY, 0);
      Scope child = root.child("child");
      Signal<Integer> value = child.lookup(KEY);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger late = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(2);
      Future<?> subscribing =
          executor.submit(
              () -> {
                start.await();
                try {
                  value.subscribe(
                      change -> {
                        if (over.get()) {
                          late.incrementAndGet();
                        }
                      });
                } catch (ClosedException e) {
                  // one of the two answers
                }
                return null;
              });
      Future<?> closing =
          executor.submit(
              () -> {
                start.await();
                child.close();
                return null;
              });
      subscribing.get(30, TimeUnit.SECONDS);
      closing.get(30, TimeUnit.SECONDS);
      over.set(true);
      root.provide(KEY, 1);
      assertThat(late).hasValue(0);
    }
    executor.shutdownNow();
  }

  @Test
  void close_inTwoThreadsFromCallbacksOfEachOther_doesNotBlock() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    CountDownLatch both = new CountDownLatch(2);
    Scope left = Scope.root("left");
    Scope right = Scope.root("right");
    left.onClose(() -> meetAndClose(both, right));
    right.onClose(() -> meetAndClose(both, left));

    Future<?> one = executor.submit(left::close);
    Future<?> other = executor.submit(right::close);

    one.get(30, TimeUnit.SECONDS);
    other.get(30, TimeUnit.SECONDS);
    assertThat(left.isClosed() && right.isClosed()).isTrue();
    executor.shutdownNow();
  }

  private static void meetAndClose(CountDownLatch both, Scope other) {
    both.countDown();
    try {
      assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    other.close();
  }

  @Test
  void close_aMillionChildren_leavesNothingBehind() {
    Scope root = Scope.root("root").provide(KEY, 0);
    Store<Integer> shared = Store.of("shared", 0);
    List<WeakReference<Object>> traces = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      try (Scope child = root.child("child")) {
        AutoCloseable resource = child.own(new Object()::hashCode);
        if (i % 1_000 == 0) {
          use(child, shared);
          traces.add(new WeakReference<>(child));
          traces.add(new WeakReference<>(resource));
        }
      }
    }

    assertThat(traces).hasSize(2_000);
    assertThat(root.lookup(KEY).get()).isZero(); // a signal remembers whose function read it last
    assertThat(countAfterCollection(traces)).isZero();
  }

  private static void use(Scope child, Store<Integer> shared) {
    child.lookup(KEY).subscribe(change -> {});
    child.subscribe(shared, change -> {});
    child.lookupOrNull(KEY).map(value -> 0).subscribe(change -> {});
    child.onClose(() -> {});
    child.child("inner").lookup(KEY).subscribe(change -> {});
  }

  private static long countAfterCollection(List<WeakReference<Object>> traces) {
    long left = traces.size();
    for (int tries = 0; tries < 50 && left > 0; tries++) {
      System.gc();
      left = traces.stream().filter(trace -> trace.get() != null).count();
    }
    return left;
  }
}
