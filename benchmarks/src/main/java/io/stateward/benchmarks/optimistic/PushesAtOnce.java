package io.stateward.benchmarks.optimistic;

import io.stateward.benchmarks.Workload;
import io.stateward.collection.EntityTable;
import io.stateward.optimistic.OptimisticStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pushes that arrive while the store is busy. A command that waits keeps it busy until every push
 * stands in line.
 */
final class PushesAtOnce {

  private final AtomicLong executions = new AtomicLong();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final int pending;
  private final int pushes;
  private final OptimisticStore<EntityTable<Integer, Item>> store;

  private PushesAtOnce(int entities, int pending, int pushes) {
    this.pending = pending;
    this.pushes = pushes;
    this.store = OptimisticStore.of("items", Item.table(entities));
  }

  /**
   * Counts how often commands are executed because of pushes.
   *
   * @return executions of a command; as many as are under way if all pushes were folded at once
   */
  static long executions(int entities, int pending, int pushes) throws InterruptedException {
    return new PushesAtOnce(entities, pending, pushes).count();
  }

  private long count() throws InterruptedException {
    for (int i = 1; i < pending; i++) {
      mutate(i);
    }
    store.external(table -> table); // loads the classes, so that nobody waits for that later
    Thread blocker = start(this::mutateSlowly);
    busy.await();
    List<Thread> pushing = new ArrayList<>();
    for (int i = 0; i < pushes; i++) {
      pushing.add(start(() -> store.external(table -> Item.changed(table, 0))));
    }
    pushing.forEach(PushesAtOnce::awaitWaiting);
    long before = executions.get();
    released.countDown();
    blocker.join();
    for (Thread thread : pushing) {
      thread.join();
    }
    verify();
    return executions.get() - before;
  }

  private void mutate(Integer id) {
    store.mutate(
        table -> {
          executions.incrementAndGet();
          return Item.changed(table, id);
        },
        StatewardGuesses.about(id));
  }

  private void mutateSlowly() {
    Integer id = pending;
    store.mutate(
        table -> {
          executions.incrementAndGet();
          if (released.getCount() > 0) {
            busy.countDown();
            awaitUninterruptibly(released);
          }
          return Item.changed(table, id);
        },
        StatewardGuesses.about(id));
  }

  private void verify() {
    Workload.require("The confirmed sum", (long) pushes, Item.sum(store.confirmed().get()));
    Workload.require("The visible sum", (long) pushes + pending, Item.sum(store.visible().get()));
    store.close();
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Awaits that a thread stands in line for the store; before that, it has left its push. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      if (!thread.isAlive()) {
        throw new IllegalStateException("A push ended while the store was busy.");
      }
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while it waited for the pushes", e);
    }
  }
}
