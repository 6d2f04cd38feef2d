package io.stateward.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class WorkPoolTest {

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Submitted from outside and from within, while workers come and go: none is lost or doubled. */
  @Test
  void execute_byManyThreads_runsEachTaskOnce() throws Exception {
    WorkPool pool = new WorkPool("stress", 3);
    int submitters = 4;
    int each = 20_000;
    var ran = new ConcurrentHashMap<Integer, Integer>();
    var all = new CountDownLatch(2 * submitters * each);
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < submitters; s++) {
      int first = s * each;
      Thread thread =
          new Thread(
              () -> {
                for (int i = first; i < first + each; i++) {
                  int number = i;
                  pool.execute(
                      () -> {
                        ran.merge(2 * number, 1, Integer::sum);
                        all.countDown();
                        pool.execute(
                            () -> {
                              ran.merge(2 * number + 1, 1, Integer::sum);
                              all.countDown();
                            });
                      });
                  if (i % 100 == 0) {
                    Thread.yield(); // so that workers run dry now and then
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    await(all);

    assertThat(ran).hasSize(2 * submitters * each).allSatisfy((task, times) -> once(times));
    pool.close();
  }

  private static void once(int times) {
    assertThat(times).isEqualTo(1);
  }

  @Test
  void execute_whileManyTasksBlock_runsTheOthers() {
    WorkPool pool = new WorkPool("stuck", 2);
    var release = new CountDownLatch(1);
    var blocked = new CountDownLatch(30);
    for (int i = 0; i < 30; i++) {
      pool.execute(
          () -> {
            blocked.countDown();
            await(release);
          });
    }
    await(blocked);
    var after = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      pool.execute(after::countDown);
    }

    await(after);

    assertThat(pool.threads()).isBetween(31, 100);
    release.countDown();
    var last = new CountDownLatch(1);
    pool.execute(last::countDown);
    await(last);
    pool.close();
  }

  /** Tasks handed in meanwhile wait: were they given up, or run and given up, none could say. */
  @Test
  void execute_whereNoThreadCanBegin_throwsNothingAndRunsEachTaskOnceThereAreSome() {
    var none = new AtomicBoolean(true);
    var reported = new ConcurrentLinkedQueue<Probe.Failed>();
    WorkPool pool =
        new WorkPool(
            "starved",
            2,
            work -> {
              if (none.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return new Thread(work);
            });
    var ran = new ConcurrentHashMap<Integer, Integer>();
    var all = new CountDownLatch(10);
    try (Subscription ignored =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed && failed.where().equals("starved")) {
                reported.add(failed);
              }
            })) {
      for (int i = 0; i < 10; i++) {
        int number = i;
        pool.execute(
            () -> {
              ran.merge(number, 1, Integer::sum);
              all.countDown();
            });
      }
    }
    assertThat(ran).isEmpty();
    none.set(false);

    await(all);

    assertThat(ran).hasSize(10).allSatisfy((task, times) -> once(times));
    assertThat(reported).hasSize(1);
    var next = new CountDownLatch(1);
    pool.execute(next::countDown);
    await(next);
    pool.close();
  }

  /** Else it would be counted out once for that, and again when it has nothing more to do. */
  @Test
  void worker_thatBeganNoTaskYet_isNotStuckHoweverLateItBegins() {
    WorkPool pool = new WorkPool("late", 1);
    WorkPool.Worker worker = pool.new Worker();

    assertThat(worker.isStuck(System.nanoTime() + TimeUnit.HOURS.toNanos(1))).isFalse();
    pool.close();
  }

  @Test
  void task_thatThrows_isReportedAndTheNextIsRun() {
    var reported = new ConcurrentLinkedQueue<Probe.Failed>();
    WorkPool pool = new WorkPool("failing", 1);
    var next = new CountDownLatch(1);
    try (Subscription ignored =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed) {
                reported.add(failed);
              }
            })) {
      pool.execute(
          () -> {
            throw new IllegalStateException("thrown by a task");
          });
      pool.execute(next::countDown);
      await(next);
    }

    assertThat(reported).hasSize(1);
    pool.close();
  }

  @Test
  void execute_afterTheEnd_runsHere() {
    WorkPool pool = new WorkPool("closed", 2);
    pool.close();
    List<Thread> ran = new ArrayList<>();

    pool.execute(() -> pool.execute(() -> ran.add(Thread.currentThread())));

    assertThat(ran).containsExactly(Thread.currentThread());
  }
}
