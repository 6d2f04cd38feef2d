package io.stateward.cache;

import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LogPage;
import io.stateward.cache.spi.WideMarks;
import io.stateward.time.Timekeeper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the invalidations that a link hears of, and reads in the log what it did not hear of.
 *
 * <p>Thread safety: safe for any number of threads. Nothing here blocks. One repair of a bucket is
 * under way at a time; who finds that it began too early asks for another.
 */
final class Repairs {

  private static final int PAGE = 1_000;
  private static final int REPAIRS = 8; // so many in a row, then the next heartbeat goes on

  private final Link link;
  private final Timekeeper time;
  private final Counters counters;
  private final Events events;
  private final Heard heard;
  private final ConcurrentMap<Integer, CompletableFuture<@Nullable Object>> underWay =
      new ConcurrentHashMap<>();

  /** Is told of each invalidation before the view has it, so that loads under way are detached. */
  interface Heard {
    void of(Invalidation invalidation);
  }

  Repairs(Link link, Timekeeper time, Counters counters, Events events, Heard heard) {
    this.link = link;
    this.time = time;
    this.counters = counters;
    this.events = events;
    this.heard = heard;
  }

  /** Takes in an invalidation, of this instance or of others. */
  void take(View view, Head head, Invalidation invalidation) {
    if (apply(view, head, invalidation) == View.Step.GAP) {
      repair(view);
    }
  }

  /**
   * Flushes a bucket whose layer has begun anew, as an invalidation of this instance says, unless
   * that is known: a repair may fail, and what was invalidated here is not to be served until then.
   */
  void beginAnew(View view, Head head) {
    if (view.head().epoch() != head.epoch()) {
      heard.of(new Invalidation.All());
      counters.flushes.increment();
      view.flush(head, time.nanoTime());
    }
  }

  private View.Step apply(View view, Head head, Invalidation invalidation) {
    if (!view.has(head)) {
      heard.of(invalidation);
      counters.invalidations.increment();
    }
    return view.take(head, invalidation, time.nanoTime());
  }

  /** Reads what was missed. Completes when it is taken in, or it cannot be. */
  CompletionStage<@Nullable Object> repair(View view) {
    if (!link.isOpen()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Object> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Object> other = underWay.putIfAbsent(view.bucket, mine);
    if (other != null) {
      return other;
    }
    repair(view, 0)
        .whenComplete(
            (done, failure) -> {
              underWay.remove(view.bucket);
              mine.complete(null);
            });
    return mine;
  }

  private CompletionStage<@Nullable Void> repair(View view, int round) {
    Head known = view.head();
    long sent = time.nanoTime();
    return link.<LogPage>ask("log", session -> session.log(view.bucket, known, PAGE))
        .thenCompose(page -> repaired(view, known, page, sent, round));
  }

  private CompletionStage<@Nullable Void> repaired(
      View view, Head known, LogPage page, long sent, int round) {
    if (!page.complete()) {
      return flush(view, page.head(), sent);
    }
    for (LogPage.Logged logged : page.entries()) {
      apply(view, new Head(known.epoch(), logged.sequence()), logged.invalidation());
    }
    if (!page.entries().isEmpty()) {
      counters.repairs.increment();
      events.emit(new CacheEvent.Repaired(link.number, view.bucket, page.entries().size()));
    }
    return view.confirm(page.head(), sent) || round == REPAIRS
        ? CompletableFuture.completedFuture(null)
        : repair(view, round + 1);
  }

  private CompletionStage<@Nullable Void> flush(View view, Head head, long sent) {
    heard.of(new Invalidation.All()); // what is under way may have been read before
    counters.flushes.increment();
    events.emit(new CacheEvent.Flushed(link.number, view.bucket));
    if (view.bucket != LayerSession.WIDE) {
      view.flush(head, sent);
      view.confirm(head, sent);
      return CompletableFuture.completedFuture(null);
    }
    return link.<WideMarks>ask("wideMarks", LayerSession::wideMarks)
        .thenApply(
            marks -> {
              view.reset(marks, sent);
              view.confirm(marks.head(), sent);
              return null;
            });
  }
}
