package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerSubjects.invalidated;
import static io.stateward.cache.spi.LayerSubjects.now;
import static io.stateward.cache.spi.LayerSubjects.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.Stamp;
import io.stateward.signal.Concurrently;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 7: each step is atomic. Stress; a flaw may go unnoticed by chance. */
interface LayerThreadRules extends LayerSubjects {

  /** Runs work on several threads that begin together. */
  private static void together(List<Runnable> works) {
    CountDownLatch start = new CountDownLatch(works.size());
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (Runnable work : works) {
      running.add(
          Concurrently.start(
              () -> {
                start.countDown();
                while (start.getCount() > 0) {
                  Thread.yield();
                }
                work.run();
              }));
    }
    running.forEach(LayerSubjects::now);
  }

  @Test
  @DisplayName("7.1 of many that ask for a lease at once one is given it")
  default void rule7_1_oneLease() {
    for (int round = 0; round < rounds(); round++) {
      String key = "k" + round;
      AtomicInteger given = new AtomicInteger();
      LayerSession session = open();
      Runnable ask =
          () -> {
            if (now(session.acquire(key, null, moments(100))) instanceof Acquired.Leased) {
              given.incrementAndGet();
            }
          };

      together(List.of(ask, ask, ask));

      assertThat(given).hasValue(1);
    }
  }

  @Test
  @DisplayName("7.2 a fill and an invalidation at once leave nothing")
  default void rule7_2_fillAndInvalidation() {
    LayerSession session = open();
    for (int round = 0; round < rounds(); round++) {
      String key = "k" + round;
      Lease lease = lease(session, key);

      together(
          List.of(
              () -> now(session.fill(key, lease, entry(lease, "old"))),
              () -> invalidated(session, key)));

      assertThat(text(session, key)).isNull();
    }
  }

  @Test
  @DisplayName("7.3 numbers have no gaps and none is given twice, and all are in the log")
  default void rule7_3_numbersOfManyThreads() {
    LayerSession session = open();
    int bucket = session.bucketOf("a");
    Head start = now(session.heads()).get(bucket);
    ConcurrentLinkedQueue<Stamp> stamps = new ConcurrentLinkedQueue<>();
    int each = logBound() > 0 ? Math.max(1, logBound() / 3) : rounds();
    Runnable invalidate =
        () -> {
          for (int i = 0; i < each; i++) {
            stamps.add(invalidated(session, "a"));
          }
        };

    together(List.of(invalidate, invalidate, invalidate));

    List<Long> expected = LongStream.rangeClosed(1, 3L * each).boxed().toList();
    assertThat(stamps).extracting(Stamp::sequence).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(now(session.log(bucket, start, 3 * each)).entries())
        .extracting(LogPage.Logged::sequence)
        .containsExactlyElementsOf(expected);
  }

  @Test
  @DisplayName("7.4 writers at once leave what was written last, or nothing")
  default void rule7_4_writersAtOnce() {
    LayerSession session = open();
    for (int round = 0; round < rounds(); round++) {
      String key = "k" + round;
      AtomicInteger source = new AtomicInteger();
      Runnable write =
          () -> {
            Intent intent = now(session.begin(key, moments(100)));
            int written = source.incrementAndGet();
            now(session.complete(key, intent, entry(intent, "v" + written)));
          };

      together(List.of(write, write));

      String left = text(session, key);
      assertThat(left == null || left.equals("v" + source.get())).isTrue();
    }
  }
}
