package io.stateward.redis.cache;

import io.stateward.cache.CacheFigures;
import io.stateward.cache.Result;
import io.stateward.cache.spi.LayerUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Reads and writes at random, and says what it saw. Values count up, so that of two of a key the
 * greater one is the newer.
 *
 * <pre>
 *   W key value nanos   an invalidation of that value had ended by that time
 *   R key value nanos   that value was read, and the read began at that time
 * </pre>
 *
 * <p>Of reads of one thread that saw the same value one after the other only the last one is said:
 * none of the others began later.
 */
final class SoakChild {

  private static final int THREADS = 3;
  private final CacheChild child;
  private final Consumer<String> said;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong unstored = new AtomicLong();

  SoakChild(CacheChild child, Consumer<String> said) {
    this.child = child;
    this.said = said;
  }

  /** Runs for so many milliseconds, from a seed, with so many keys. */
  String run(String[] words) throws InterruptedException {
    CacheFigures before = child.cache.figures().get();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[0]));
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(Long.parseLong(words[1]) * THREADS + i);
      Thread thread = new Thread(() -> run(end, random, Integer.parseInt(words[2])));
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    CacheFigures did = child.cache.figures().get().since(before);
    return "%d %d %d %d %d %d %d"
        .formatted(
            reads.get(),
            did.memoryHits(),
            writes.get(),
            did.rejectedFills() + unstored.get(),
            did.offlineLoads(),
            did.repairs() + did.flushes(),
            failures.get());
  }

  private void run(long end, Random random, int keys) {
    long[] values = new long[keys];
    long[] starts = new long[keys];
    while (System.nanoTime() < end) {
      int key = random.nextInt(keys);
      if (random.nextInt(100) < 4) {
        write(key, random.nextInt(3));
      } else {
        read(key, values, starts);
      }
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextInt(1_000_000)); // others have two cores between them
      }
    }
    for (int key = 0; key < keys; key++) {
      sayRead(key, values[key], starts[key]);
    }
  }

  private void read(int key, long[] values, long[] starts) {
    long start = System.nanoTime();
    Result<String> read = child.cache.get("s" + key);
    reads.incrementAndGet();
    if (read.failure() != null) {
      failures.incrementAndGet();
      return;
    }
    if (read.reason() == Result.Reason.WRITING) {
      unstored.incrementAndGet();
    }
    String text = read.valueOrNull();
    long value = text == null ? 0 : Long.parseLong(text);
    if (value != values[key]) {
      sayRead(key, values[key], starts[key]);
    }
    values[key] = value;
    starts[key] = start;
  }

  private void sayRead(int key, long value, long start) {
    if (start != 0) {
      said.accept("R %d %d %d".formatted(key, value, start));
    }
  }

  private void write(int key, int how) {
    String name = "s" + key;
    long[] written = {0};
    try {
      if (how == 0) {
        child.cache.invalidate(name, () -> written[0] = child.increment(name));
      } else if (how == 1) {
        child.cache.write(name, () -> "" + (written[0] = child.increment(name)));
      } else {
        written[0] = child.increment(name);
        child.cache.invalidate(name);
      }
    } catch (LayerUnavailableException e) {
      if (written[0] == 0) {
        return; // nothing was written
      }
      invalidate(name);
    }
    writes.incrementAndGet();
    said.accept("W %d %d %d".formatted(key, written[0], System.nanoTime()));
  }

  /** As whoever is told that the invalidation failed does: again. */
  private void invalidate(String name) {
    while (true) {
      try {
        child.cache.invalidate(name);
        return;
      } catch (LayerUnavailableException e) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /** Reads each key once. */
  String check(int keys) {
    for (int key = 0; key < keys; key++) {
      long start = System.nanoTime();
      String read = child.cache.get("s" + key).valueOrNull();
      sayRead(key, read == null ? 0 : Long.parseLong(read), start);
    }
    return "checked";
  }
}
