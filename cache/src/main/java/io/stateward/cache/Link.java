package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.cache.spi.WideMarks;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an instance follows a shared layer: it hears of invalidations by messages, by the heads that
 * come with each read, and by its heartbeat. {@link Repairs} take them in.
 *
 * <p>Thread safety: safe for any number of threads. Nothing here blocks.
 */
final class Link {

  /** An open session and what is known of its buckets, the wide one first. */
  private record Following(LayerSession session, List<View> views) {}

  final View wide;
  final String name;
  final int number; // 0 is the nearest to memory
  private final String form;
  private final CacheLayer layer;
  private final @Nullable Backplane backplane;
  private final Policy policy;
  private final Timekeeper time;
  private final Events events;
  private final Repairs repairs;
  private final Outage outage;
  private final AtomicReference<@Nullable Following> following = new AtomicReference<>();
  private final AtomicReference<@Nullable CompletableFuture<Void>> opening =
      new AtomicReference<>();
  private volatile @Nullable Timer beat;
  private volatile @Nullable LayerSession session; // from when it is open, before it is followed
  private volatile @Nullable Subscription messages;
  private volatile @Nullable Subscription connection;
  private volatile boolean closed;
  private volatile Runnable onAnswer = () -> {};
  private volatile boolean refused;

  Link(
      CacheBuilder<?, ?> built,
      int number,
      CacheLayer layer,
      String form,
      Counters counters,
      Events events,
      Repairs.Heard heard) {
    this.name = built.name;
    this.number = number;
    this.form = form;
    this.layer = layer;
    this.backplane = number == 0 ? built.backplane : null; // memory follows the nearest layer
    this.policy = built.policy;
    this.time = built.timekeeper;
    this.events = events;
    this.outage = new Outage(number, policy.bound(), time, events);
    this.repairs = new Repairs(this, built.timekeeper, counters, events, heard);
    this.wide = new View(LayerSession.WIDE, new Head(Long.MIN_VALUE, 0), time.nanoTime());
  }

  /** Opens the session; fails if others use another form, otherwise tries again with each beat. */
  void start() {
    try {
      Stages.await(open());
    } catch (UnequalFormException e) {
      close();
      throw e;
    } catch (RuntimeException e) {
      outage.began(e);
    }
    scheduleBeat();
  }

  /** Sets what is done whenever the layer has answered a beat, or to an open connection. */
  void onAnswer(Runnable action) {
    onAnswer = action;
  }

  private CompletableFuture<Void> open() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    if (closed) {
      return CompletableFuture.completedFuture(null); // there is nothing to be done any more
    }
    if (!opening.compareAndSet(null, mine)) {
      CompletableFuture<Void> other = opening.get();
      return other == null ? CompletableFuture.completedFuture(null) : other;
    }
    Stages.ask(() -> layer.open(name, form))
        .thenCompose(this::follow)
        .whenComplete(
            (done, failure) -> {
              if (failure != null || closed) {
                leave(); // the next beat opens another one
              }
              opening.set(null);
              if (failure == null) {
                onAnswer.run();
                mine.complete(null);
              } else {
                mine.completeExceptionally(Stages.cause(failure));
              }
            });
    return mine;
  }

  /** Takes up a session. Whoever closes this meanwhile closes what is there; the rest is here. */
  private CompletionStage<Void> follow(LayerSession opened) {
    session = opened;
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    Backplane sending = backplane;
    if (sending != null && messages == null) {
      messages = sending.listen(name, this::hear);
    }
    connection = opened.onConnection(connected -> connectionIs(connected));
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    long sent = time.nanoTime();
    return Stages.ask(opened::heads)
        .thenCombine(
            Stages.ask(opened::wideMarks),
            (heads, marks) -> {
              begin(opened, heads, marks, sent);
              return null;
            });
  }

  private void begin(LayerSession session, List<Head> heads, WideMarks marks, long sent) {
    View[] views = new View[heads.size()];
    views[0] = wide;
    for (int bucket = 1; bucket < views.length; bucket++) {
      views[bucket] = new View(bucket, heads.get(bucket), sent);
    }
    wide.reset(marks, sent);
    wide.confirm(marks.head(), sent);
    if (!closed) {
      following.set(new Following(session, List.of(views)));
    }
  }

  /** The session; fails if there is none yet. */
  <T extends @Nullable Object> CompletionStage<T> ask(
      String what, Function<LayerSession, CompletionStage<T>> question) {
    Following now = following.get();
    CompletionStage<T> answer =
        now == null
            ? CompletableFuture.failedFuture(new LayerUnavailableException(name, what, null))
            : Stages.ask(() -> question.apply(now.session));
    return answer.whenComplete((value, failure) -> outage.answered(failure));
  }

  /** The view of a key's bucket; null while the layer was never reached. */
  @Nullable View viewOf(String key) {
    Following now = following.get();
    return now == null ? null : now.views.get(now.session.bucketOf(key));
  }

  /** The view of a bucket; null if there is none such, or the layer was never reached. */
  @Nullable View view(int bucket) {
    Following now = following.get();
    return now == null || bucket < 0 || bucket >= now.views.size() ? null : now.views.get(bucket);
  }

  private void connectionIs(boolean connected) {
    if (connected && !closed && following.get() != null) {
      askForHeads();
    }
  }

  private void scheduleBeat() {
    if (!closed) {
      Timer next = time.schedule(policy.heartbeat(), this::onBeat);
      beat = next;
      if (closed) {
        next.cancel();
      }
    }
  }

  private void onBeat() {
    if (closed) {
      return;
    }
    if (following.get() == null) {
      Stages.onEnd(
          open(),
          (done, failure) -> {
            if (failure instanceof UnequalFormException) {
              refused(failure);
            }
          });
    } else {
      askForHeads();
    }
    scheduleBeat();
  }

  /** Says once that others use another form; they may stop, so it is tried again. */
  private void refused(Throwable failure) {
    if (!refused) {
      refused = true;
      events.emit(new CacheEvent.FormRefused(number, failure));
    }
  }

  private void askForHeads() {
    long sent = time.nanoTime();
    this.<List<Head>>ask("heads", LayerSession::heads)
        .thenAccept(
            heads -> {
              for (int bucket = 0; bucket < heads.size(); bucket++) {
                View view = view(bucket);
                if (view != null) {
                  observe(view, heads.get(bucket), sent);
                }
              }
              onAnswer.run();
            });
  }

  /** Takes note of a head that was asked for at a time. */
  void observe(View view, Head head, long sentAtNanos) {
    if (!view.confirm(head, sentAtNanos)) {
      view.moves(time.nanoTime()); // before it is known what it was
      repairs.repair(view);
    }
  }

  private void hear(Backplane.Message message) {
    View view = view(message.bucket());
    if (view != null) {
      take(view, message.head(), message.invalidation());
    }
  }

  /** Takes in an invalidation, of this instance or of others. */
  void take(View view, Head head, Invalidation invalidation) {
    repairs.take(view, head, invalidation);
  }

  /** Reads what was missed. Completes when it is taken in, or it cannot be. */
  CompletionStage<@Nullable Object> repair(View view) {
    return repairs.repair(view);
  }

  /** Takes in an invalidation of this instance, and tells others. */
  Stamp heard(Stamp stamp, Invalidation what) {
    View view = view(stamp.bucket());
    if (view != null) {
      Head head = new Head(stamp.epoch(), stamp.sequence());
      take(view, head, what);
      if (!(what instanceof Invalidation.Key)) { // a key is dropped by whoever invalidates it
        repairs.beginAnew(view, head);
      }
    }
    tell(stamp, what);
    return stamp;
  }

  /** Says to the others what this instance invalidated. */
  void tell(Stamp stamp, Invalidation invalidation) {
    Backplane sending = backplane;
    if (sending == null) {
      return;
    }
    try {
      Head head = new Head(stamp.epoch(), stamp.sequence());
      sending.send(name, new Backplane.Message(stamp.bucket(), head, invalidation));
    } catch (Throwable t) { // foreign code; the others find it in the log
      events.emit(new CacheEvent.BackplaneFailed(t));
    }
  }

  boolean isOpen() {
    return following.get() != null;
  }

  /** Whether something was invalidated within a time that may concern a key. */
  boolean movedWithin(String key, long nanos, long nowNanos) {
    View view = viewOf(key);
    return wide.movedWithin(nanos, nowNanos) || (view != null && view.movedWithin(nanos, nowNanos));
  }

  /** How long ago it was known of every bucket that nothing was missed. */
  long unconfirmedNanos(long nowNanos) {
    Following now = following.get();
    return now == null
        ? wide.unconfirmedNanos(nowNanos)
        : now.views.stream().mapToLong(view -> view.unconfirmedNanos(nowNanos)).max().orElse(0);
  }

  void close() {
    closed = true;
    Timer next = beat;
    if (next != null) {
      next.cancel();
    }
    leave();
  }

  /** Leaves the session if there is one; messages are heard until this is closed. */
  private void leave() {
    for (Subscription listening :
        new @Nullable Subscription[] {closed ? messages : null, connection}) {
      if (listening != null) {
        listening.close();
      }
    }
    LayerSession left = session;
    if (left != null) {
      left.close();
    }
  }
}
