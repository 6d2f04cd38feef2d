package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the layer was not told of, each time that it may answer again. One sending is under
 * way at a time. What may have arrived, or not, is sent again: an invalidation too many costs a
 * load.
 */
final class Backlog {

  private static final int AT_ONCE = 256;

  private final Events events;
  private final Timekeeper time;
  private final Unsent unsent;
  private final Function<Invalidation, CompletionStage<?>> sender;
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicInteger sent = new AtomicInteger(); // since all was sent last
  private volatile long sinceNanos; // when the first was put in; a race tells of another one

  /** The sender's stages complete when the layer, and this instance, know of it. */
  Backlog(
      Events events,
      Timekeeper time,
      Unsent unsent,
      Function<Invalidation, CompletionStage<?>> sender) {
    this.events = events;
    this.time = time;
    this.unsent = unsent;
    this.sender = sender;
  }

  void add(Invalidation what) {
    boolean first = unsent.isEmpty();
    if (first) {
      sinceNanos = time.nanoTime();
    }
    if (unsent.add(what)) {
      events.emit(new CacheEvent.QueueOverflowed(Unsent.MOST));
    } else if (first || events.areWanted()) {
      events.emit(new CacheEvent.WriteQueued(unsent.size()));
    }
  }

  /** Sends what there is, unless somebody is at it. */
  void send() {
    if (!unsent.isEmpty() && sending.compareAndSet(false, true)) {
      Stages.onEnd(Stages.repeat(this::sendSome), (done, failure) -> ended(failure));
    }
  }

  /** Sends some; completes with whether there are more. */
  private CompletableFuture<Boolean> sendSome() {
    List<Unsent.Item> some = unsent.first(AT_ONCE);
    CompletableFuture<?>[] answers =
        some.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(answers).thenApply(done -> !unsent.isEmpty());
  }

  private CompletableFuture<?> send(Unsent.Item item) {
    return Stages.ask(() -> sender.apply(item.what))
        .thenRun(
            () -> {
              unsent.known(item);
              sent.incrementAndGet();
            })
        .toCompletableFuture();
  }

  private void ended(@Nullable Throwable failure) {
    if (failure == null) {
      Duration after = Duration.ofNanos(time.nanoTime() - sinceNanos);
      events.emit(new CacheEvent.QueueSent(sent.getAndSet(0), after));
    }
    sending.set(false); // the next beat goes on with what is left
  }

  void close() {
    if (!unsent.isEmpty()) {
      events.emit(new CacheEvent.QueueLost(unsent.size()));
    }
  }
}
