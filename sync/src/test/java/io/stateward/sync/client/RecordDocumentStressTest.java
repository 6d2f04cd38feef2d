package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Threads that write one record through two clients, on real threads: each sees its own writes as
 * soon as they return, in the signal as well; no increment is lost; what subscribers are told never
 * goes back, and ends with what everybody has.
 */
final class RecordDocumentStressTest {

  private static final int THREADS = 4;
  private static final int WRITES = 200;

  @Test
  void increment_fromManyThreads_isSeenByItsThreadAndNeverLost() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS + 2);
    MemoryNetwork network = MemoryNetwork.create(executor, Timekeeper.system(), 7);
    SyncHub hub =
        SyncHub.named("stress")
            .types(RecordType.standard())
            .authorizer(Authorizer.everybody())
            .executor(executor)
            .open();
    network.listen(hub::accept);
    SyncClient ada = SyncClient.over(network.transport("ada")).executor(executor).open();
    SyncClient bob = SyncClient.over(network.transport("bob")).executor(executor).open();
    try {
      RecordDocument<Tree> adas = ada.record("counts");
      RecordDocument<Tree> bobs = bob.record("counts");
      List<Long> told = new CopyOnWriteArrayList<>();
      adas.value().subscribe(change -> told.add(count(change.now(), "all")));
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        RecordDocument<Tree> document = i % 2 == 0 ? adas : bobs;
        String own = "own" + i;
        running.add(executor.submit(() -> write(document, own, start)));
      }
      start.countDown();
      for (Future<?> thread : running) {
        thread.get(60, TimeUnit.SECONDS);
      }
      ada.whenSettled().toCompletableFuture().get(60, TimeUnit.SECONDS);
      bob.whenSettled().toCompletableFuture().get(60, TimeUnit.SECONDS);

      long all = (long) THREADS * WRITES;
      awaitCount(adas, all);
      awaitCount(bobs, all);
      assertThat(adas.now()).isEqualTo(bobs.now());
      assertThat(told).isSorted().endsWith(all);
    } finally {
      ada.close();
      bob.close();
      ada.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
      bob.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
      hub.close();
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void write(RecordDocument<Tree> document, String own, CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 1; i <= WRITES; i++) {
      document.increment("/all", 1);
      document.increment("/" + own, 1);
      assertThat(count(document.value().get(), own)).isEqualTo(i);
      assertThat(count(document.now(), own)).isEqualTo(i);
    }
  }

  private static long count(@Nullable Tree record, String name) {
    return record == null ? 0 : record.find("/" + name).map(Tree::asLong).orElse(0L);
  }

  /** The other side's last changes may still be on their way to this one. */
  private static void awaitCount(RecordDocument<Tree> document, long all) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (count(Objects.requireNonNull(document.value().get()), "all") < all) {
      assertThat(System.nanoTime()).as("everything arrives in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
