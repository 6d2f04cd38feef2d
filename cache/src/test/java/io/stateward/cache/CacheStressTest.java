package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stateward.cache.spi.Backplane;
import io.stateward.codec.Codec;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads against an oracle. Claimed: a read that begins after an invalidation by the same instance
 * has ended, or asks for its stamp, is not older than it; and when all is quiet, neither memory nor
 * the layer has anything stale, though a third of the messages is lost. Not claimed: an order
 * between writers of the source.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CacheStressTest {

  private static final int KEYS = 4;
  private static final int THREADS = 4;
  private static final int ROUNDS = Integer.getInteger("stateward.cache.stress.rounds", 150);

  /** Loses a third. */
  private static final class LossyWire implements Backplane {
    private final MemoryBackplane wire = MemoryBackplane.of();

    @Override
    public Subscription listen(String cache, Consumer<Message> listener) {
      return wire.listen(cache, listener);
    }

    @Override
    public void send(String cache, Message message) {
      if (ThreadLocalRandom.current().nextInt(3) > 0) {
        wire.send(cache, message);
      }
    }
  }

  private final AtomicLongArray source = new AtomicLongArray(KEYS);
  private final MemoryLayer layer =
      MemoryLayer.of(MemoryLayerOptions.standard().buckets(2).log(50));
  private final MemoryLayer behind =
      MemoryLayer.of(MemoryLayerOptions.standard().buckets(2).log(50));
  private final LossyWire wire = new LossyWire();
  private boolean chained; // the one layer behind the other
  private final ExecutorService workers = Executors.newCachedThreadPool();

  private LayeredCache<Integer, Long> instance() {
    var builder = LayeredCache.named("numbers").layer(layer, Codec.int64());
    return (chained ? builder.layer(behind, Codec.int64()) : builder)
        .backplane(wire)
        .policy(Policy.ttl(Duration.ofMinutes(5)).heartbeat(Duration.ofMillis(20)))
        .executor(workers)
        .build(this::slowRead);
  }

  private Long slowRead(Integer key) {
    long value = source.get(key);
    for (int spin = 0; spin < 20_000 && source.get(key) == value; spin++) {
      Thread.onSpinWait(); // the race: between the read and the fill
    }
    return value;
  }

  private void race(LayeredCache<Integer, Long> mine, LayeredCache<Integer, Long> other) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int round = 0; round < ROUNDS; round++) {
      int key = random.nextInt(KEYS);
      if (chained && random.nextInt(8) == 0) {
        layer.evict("numbers", Integer.toString(key)); // so that the one behind it is asked
      }
      if (random.nextInt(3) > 0) {
        mine.get(key).value();
        continue;
      }
      long written = source.incrementAndGet(key);
      Stamp stamp = random.nextBoolean() ? mine.invalidate(key) : mine.clear();
      assertThat(mine.get(key).value()).isGreaterThanOrEqualTo(written);
      assertThat(other.get(key, ReadOptions.atLeast(stamp)).value())
          .isGreaterThanOrEqualTo(written);
    }
  }

  @ParameterizedTest(name = "two layers: {0}")
  @ValueSource(booleans = {false, true})
  void race_ofReadersAndWriters_leavesNothingStale(boolean two) throws Exception {
    chained = two;
    try (LayeredCache<Integer, Long> a = instance();
        LayeredCache<Integer, Long> b = instance()) {
      do { // a test without a race tests nothing
        runAll(
            IntStream.range(0, THREADS)
                .<Callable<Void>>mapToObj(
                    thread ->
                        () -> {
                          race(thread % 2 == 0 ? a : b, thread % 2 == 0 ? b : a);
                          return null;
                        })
                .toList());
      } while (a.figures().get().rejectedFills() + b.figures().get().rejectedFills() == 0);
      long quiet = System.nanoTime();
      awaitConfirmed(a, quiet);
      awaitConfirmed(b, quiet);
      try (LayeredCache<Integer, Long> fresh = instance()) {
        for (int key = 0; key < KEYS; key++) {
          assertThat(fresh.get(key).value()).isEqualTo(source.get(key)); // what the layer has
          assertThat(a.get(key).value()).isEqualTo(source.get(key));
          assertThat(b.get(key).value()).isEqualTo(source.get(key));
        }
      }
    } finally {
      workers.shutdown();
    }
  }

  /** Until it has heard of all that was invalidated before a time. */
  private static void awaitConfirmed(LayeredCache<?, ?> cache, long sinceNanos) {
    while (cache.figures().get().confirmationAge().toNanos() >= System.nanoTime() - sinceNanos) {
      Thread.onSpinWait();
    }
  }

  @Test
  void stampede_onOneKeyOfTwoInstances_loadsOnce() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    Callable<LayeredCache<Integer, Long>> one =
        () ->
            LayeredCache.named("numbers")
                .layer(layer, Codec.int64())
                .executor(workers)
                .build(key -> (long) loads.incrementAndGet());
    try (LayeredCache<Integer, Long> a = one.call();
        LayeredCache<Integer, Long> b = one.call()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Callable<Void>> readers =
          IntStream.range(0, 32)
              .<Callable<Void>>mapToObj(
                  reader ->
                      () -> {
                        start.await();
                        assertThat((reader % 2 == 0 ? a : b).get(1).value()).isEqualTo(1);
                        return null;
                      })
              .toList();
      List<Future<Void>> running = readers.stream().map(workers::submit).toList();
      start.countDown();
      for (Future<Void> reader : running) {
        reader.get(30, TimeUnit.SECONDS);
      }
      assertThat(loads).hasValue(1);
    } finally {
      workers.shutdown();
    }
  }

  private void runAll(List<Callable<Void>> work) throws Exception {
    for (Future<Void> done : workers.invokeAll(work)) {
      done.get(30, TimeUnit.SECONDS);
    }
  }

  /** Counts the looks at the clock. */
  private static final class CountingTime implements Timekeeper {
    private final VirtualTimekeeper time = VirtualTimekeeper.create();
    long looks;

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      looks++;
      return time.nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return time.schedule(delay, task);
    }
  }

  @Test
  void hit_inMemory_looksAtTheClockOnce() {
    CountingTime time = new CountingTime();
    try (LayeredCache<Integer, Long> cache =
        LayeredCache.named("hits")
            .layer(layer, Codec.int64())
            .timekeeper(time)
            .build(this::slowRead)) {
      cache.get(1);
      long before = time.looks;

      cache.get(1);

      assertThat(time.looks - before).isEqualTo(1);
    }
  }

  @Test
  void hit_inMemory_allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (LayeredCache<Integer, Long> cache =
        LayeredCache.named("hits").layer(layer, Codec.int64()).build(this::slowRead)) {
      for (int i = 0; i < 50_000; i++) {
        cache.get(1); // until it is compiled, and Caffeine's buffers are there
      }
      long least = Long.MAX_VALUE;
      for (int trial = 0; trial < 20 && least > 0; trial++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
          cache.get(1);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least / 1_000).isZero();
    }
  }
}
