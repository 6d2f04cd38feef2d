package io.stateward.examples.board;

import io.stateward.signal.Subscription;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the processes again and again, each time in one commit. */
final class Refresher {

  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Store<Machine> machine;
  private final ProcessSource source;
  private final Timekeeper time;
  private final Executor executor;
  private final Runnable afterwards;
  private long readAtNanos; // confined to the executor, after the first reading
  private volatile @Nullable Timer next;
  private volatile boolean stopped;

  /** The timekeeper says when, the executor does the reading, and afterwards comes after each. */
  Refresher(
      Store<Machine> machine,
      ProcessSource source,
      Timekeeper time,
      Executor executor,
      Runnable afterwards) {
    this.machine = machine;
    this.source = source;
    this.time = time;
    this.executor = executor;
    this.afterwards = afterwards;
  }

  /** Reads at once, then once per second until the subscription is closed. */
  Subscription start() {
    readAtNanos = time.nanoTime();
    refresh();
    return () -> {
      stopped = true;
      Timer pending = next;
      if (pending != null) {
        pending.cancel();
      }
    };
  }

  private void refresh() {
    if (stopped) {
      return;
    }
    try {
      List<ProcessRow> reading = source.read();
      long now = time.nanoTime();
      Duration elapsed = Duration.ofNanos(now - readAtNanos);
      readAtNanos = now;
      machine.update(before -> before.refreshed(reading, elapsed));
      afterwards.run();
    } catch (RuntimeException e) {
      if (!stopped) { // the store may have been closed meanwhile
        LOG.warn("The processes could not be read; the next try is in {}.", PAUSE, e);
      }
    } finally {
      scheduleNext();
    }
  }

  private void scheduleNext() {
    Timer timer = time.schedule(PAUSE, () -> executor.execute(this::refresh));
    next = timer;
    if (stopped) { // then what stopped it may not have seen this timer
      timer.cancel();
    }
  }
}
