package io.stateward.examples.nodes;

import io.stateward.cache.CacheFigures;
import io.stateward.examples.Json;
import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at all places again and again while somebody is there to see it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; it looks on one at a time.
 */
final class Look {

  private static final Duration PERIOD = Duration.ofMillis(400);

  private final Store<Places> cached = Store.of("places-cached", Places.NONE);
  private final Store<Places> naive = Store.of("places-naive", Places.NONE);
  private final Store<String> figures = Store.of("figures", "{}");
  private final AtomicInteger viewers = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Lab lab;
  private final Watcher watcher;
  private final Timekeeper timekeeper;
  private final Executor executor;
  private volatile boolean closed;

  Look(Lab lab, Timekeeper timekeeper, Executor executor) {
    this.lab = lab;
    this.watcher = new Watcher(lab.tier.layer());
    this.timekeeper = timekeeper;
    this.executor = executor;
    tick();
  }

  Signal<Places> places(Side side) {
    return of(side);
  }

  private Store<Places> of(Side side) {
    return side == Side.CACHED ? cached : naive;
  }

  /** The figures of both nodes, as JSON. */
  Signal<String> figures() {
    return figures;
  }

  void come() {
    viewers.incrementAndGet();
    now();
  }

  void leave() {
    viewers.decrementAndGet();
  }

  private void tick() {
    if (!closed) {
      timekeeper.schedule(PERIOD, this::tick);
      if (viewers.get() > 0) {
        now();
      }
    }
  }

  /** Looks, unless somebody does already. */
  void now() {
    if (looking.compareAndSet(false, true)) {
      executor.execute(this::look);
    }
  }

  private void look() {
    try {
      show(lab.cached, watcher.entries());
      show(lab.naive, plain());
      figures.set(
          Json.object().put("a", row(lab.figures("A"))).put("b", row(lab.figures("B"))).toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      looking.set(false);
    }
  }

  private Optional<List<Cell>> plain() {
    List<Cell> cells = new ArrayList<>();
    try {
      for (String key : Menu.KEYS) {
        String value = lab.tier.plain().get(key);
        if (value != null) {
          cells.add(new Cell(key, value, -1, ""));
        }
      }
      return Optional.of(cells);
    } catch (IllegalStateException e) { // it does not answer, which is shown
      return Optional.empty();
    }
  }

  private void show(Half half, Optional<List<Cell>> shared) {
    List<Cell> source =
        Menu.KEYS.stream().map(key -> new Cell(key, half.database.now(key), -1, "")).toList();
    Places now =
        new Places(
            shared.isPresent(),
            source,
            shared.orElse(List.of()),
            half.node("A").memory(),
            half.node("B").memory());
    if (!closed) {
      of(half.side).set(now);
    }
  }

  private static List<Long> row(CacheFigures figures) {
    return List.of(
        figures.memoryHits(),
        figures.layerHits().get(0),
        figures.loads(),
        figures.staleServed(),
        figures.rejectedFills(),
        figures.invalidations(),
        figures.repairs(),
        figures.flushes(),
        figures.confirmationAge().toMillis(),
        figures.bound().toMillis());
  }

  void close() {
    closed = true;
    watcher.close();
    cached.close();
    naive.close();
    figures.close();
  }
}
