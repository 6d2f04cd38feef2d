package io.stateward.examples.board;

import io.stateward.collection.EntityTable;
import io.stateward.scope.Cancellation;
import io.stateward.signal.Signal;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Searches all processes the way a remote service would: later, and the less it was told the later.
 * So the answer to what was typed first comes last.
 */
final class Lookup {

  private static final long SHORTEST_MILLIS = 400;
  private static final long LONGEST_MORE_MILLIS = 2_400;

  private final Signal<EntityTable<Long, ProcessRow>> processes;
  private final Timekeeper time;
  private final Executor executor;
  private volatile boolean broken;

  Lookup(Signal<EntityTable<Long, ProcessRow>> processes, Timekeeper time, Executor executor) {
    this.processes = processes;
    this.time = time;
    this.executor = executor;
  }

  /** Makes every search fail, or none. */
  void breakDown(boolean now) {
    broken = now;
  }

  /** Returns how long a search takes: 2.8 s for one character, 1 s for two, near 0.4 s for many. */
  static Duration latency(String query) {
    long length = Math.max(1, query.strip().length());
    return Duration.ofMillis(SHORTEST_MILLIS + LONGEST_MORE_MILLIS / (length * length));
  }

  /** Searches, unless it is cancelled before its time has come. */
  CompletableFuture<Answer> find(String query, Cancellation cancellation) {
    CompletableFuture<Answer> future = new CompletableFuture<>();
    Duration latency = latency(query);
    Timer timer = time.schedule(latency, () -> executor.execute(() -> end(future, query, latency)));
    cancellation.onCancel(timer::cancel);
    return future;
  }

  private void end(CompletableFuture<Answer> future, String query, Duration latency) {
    if (broken) {
      future.completeExceptionally(
          new IllegalStateException("The search is out of order, as you asked for."));
      return;
    }
    String word = query.strip().toLowerCase(Locale.ROOT);
    List<ProcessRow> hits =
        processes.get().values().stream()
            .filter(row -> row.mentions(word))
            .sorted(Comparator.comparingLong(ProcessRow::pid))
            .toList();
    List<ProcessRow> first = hits.subList(0, Math.min(Answer.MOST_HITS, hits.size()));
    future.complete(new Answer(query, first, hits.size(), latency.toMillis()));
  }
}
