package io.stateward.signal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CommitLockTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final CommitLock lock = new CommitLock();
  private int counter; // guarded by lock

  @Test
  void tryLock_whileAnotherHasIt_isRefused() throws Exception {
    lock.lock();

    assertThat(elsewhere(lock::tryLock)).isFalse();
  }

  @Test
  void tryLock_byTheHolder_isGranted() throws Exception {
    lock.lock();

    assertThat(lock.tryLock()).isTrue();
    lock.unlock();

    assertThat(elsewhere(lock::tryLock)).isFalse();
  }

  @Test
  void unlock_onceForEachLock_setsFree() throws Exception {
    lock.lock();
    lock.lock();

    lock.unlock();
    assertThat(elsewhere(lock::tryLock)).isFalse();

    lock.unlock();
    assertThat(elsewhere(lock::tryLock)).isTrue();
  }

  @Test
  void unlock_withSomebodyWaiting_letsThemIn() throws Exception {
    lock.lock();
    FutureTask<Integer> waiting = start(this::count);
    while (!lock.hasQueuedThreads()) {
      Thread.onSpinWait();
    }

    lock.unlock();

    assertThat(result(waiting)).isEqualTo(1);
  }

  @Test
  void lock_byManyThreads_excludesAllButOne() throws Exception {
    CountDownLatch ready = new CountDownLatch(THREADS);
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(start(() -> countOften(ready)));
    }

    for (FutureTask<Boolean> task : tasks) {
      assertThat(result(task)).isTrue();
    }
    assertThat(counter).isEqualTo(THREADS * ROUNDS);
  }

  private boolean countOften(CountDownLatch ready) {
    ready.countDown();
    try {
      ready.await();
    } catch (InterruptedException e) {
      return false;
    }
    for (int i = 0; i < ROUNDS; i++) {
      count();
    }
    return true;
  }

  /** Counts under the lock, taken twice. */
  private int count() {
    lock.lock();
    try {
      lock.lock();
      try {
        return ++counter;
      } finally {
        lock.unlock();
      }
    } finally {
      lock.unlock();
    }
  }

  private static <T> T elsewhere(Supplier<T> work) throws Exception {
    return result(start(work));
  }

  private static <T> FutureTask<T> start(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "commit lock test");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> T result(FutureTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(30, TimeUnit.SECONDS);
  }
}
