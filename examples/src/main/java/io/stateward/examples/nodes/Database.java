package io.stateward.examples.nodes;

import io.stateward.collection.PersistentMap;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source: a table of prices, as slow and as broken as the person wants it. Each side has one of
 * its own, with the same in it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class Database {

  /** How long a held read waits at most; shorter than a lease holds. */
  static final Duration LONGEST_HOLD = Duration.ofSeconds(15);

  private final Store<PersistentMap<String, String>> rows;
  private final Store<Held> held = Store.of("held", new Held(false, 0, new CountDownLatch(1)));
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Supplier<Dials> dials;

  /**
   * What is held.
   *
   * @param next whether the next read is
   * @param waiting how many reads wait
   * @param gate what they wait for
   */
  private record Held(boolean next, int waiting, CountDownLatch gate) {}

  Database(Side side, Supplier<Dials> dials) {
    rows = Store.of("source-" + side.id(), PersistentMap.copyOf(Menu.PRICES));
    this.dials = dials;
  }

  /** Reads a row, as an application does: it takes its time, and may fail. */
  String read(String key) throws IOException, InterruptedException {
    closing.await(dials.get().latency().toMillis(), TimeUnit.MILLISECONDS);
    if (dials.get().failing()) {
      throw new IOException("The database does not answer.");
    }
    String value = now(key);
    CountDownLatch gate = takeHold();
    if (gate != null) {
      await(gate); // what was read is in its hands, and may be old when it is let go
    }
    return value;
  }

  private void await(CountDownLatch gate) throws InterruptedException {
    try {
      gate.await(LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      held.update(now -> now.gate() == gate ? new Held(now.next(), now.waiting() - 1, gate) : now);
    }
  }

  private @Nullable CountDownLatch takeHold() {
    if (!held.get().next()) {
      return null;
    }
    @Nullable CountDownLatch[] gate = new @Nullable CountDownLatch[1];
    held.update(
        now -> {
          gate[0] = now.next() ? now.gate() : null;
          return now.next() ? new Held(false, now.waiting() + 1, now.gate()) : now;
        });
    return gate[0];
  }

  /** Holds the next read, after it has read. */
  void holdNext() {
    held.update(now -> new Held(true, now.waiting(), now.gate()));
  }

  /** Lets go what is held, and holds nothing any more. */
  void release() {
    CountDownLatch gate = held.get().gate();
    held.update(now -> new Held(false, 0, new CountDownLatch(1)));
    gate.countDown();
  }

  int waiting() {
    return held.get().waiting();
  }

  boolean holding() {
    return held.get().next();
  }

  /** Tells how many reads are held, whenever that changes. */
  Signal<Integer> held() {
    return held.map(Held::waiting);
  }

  void write(String key, String value) {
    rows.update(before -> before.plus(key, value));
  }

  /** Looks at a row at once, as only an observer can. */
  String now(String key) {
    return Objects.requireNonNull(rows.get().get(key));
  }

  Signal<PersistentMap<String, String>> rows() {
    return rows;
  }

  void close() {
    closing.countDown();
    release();
    rows.close();
    held.close();
  }
}
