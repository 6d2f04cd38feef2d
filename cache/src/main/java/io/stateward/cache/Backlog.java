package io.stateward.cache;

import io.stateward.cache.spi.Invalidation;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the layer was not told of, each time that it may answer again. One sending is under
 * way at a time. What may have arrived, or not, is sent again: an invalidation too many costs a
 * load.
 */
final class Backlog {

  private static final Logger LOG = LoggerFactory.getLogger("io.stateward.cache");
  private static final int AT_ONCE = 256;

  private final String name;
  private final Unsent unsent;
  private final Timekeeper time;
  private final Consumer<CacheEvent> events;
  private final Function<Invalidation, CompletionStage<?>> sender;
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicInteger sent = new AtomicInteger(); // since something waits
  private volatile long sinceNanos;

  /** The sender's stages complete when the layers, and this instance, know of it. */
  Backlog(
      CacheEngine<?, ?> cache, Unsent unsent, Function<Invalidation, CompletionStage<?>> sender) {
    this.name = cache.name();
    this.unsent = unsent;
    this.time = cache.time;
    this.events = cache.events::emit;
    this.sender = sender;
  }

  void add(Invalidation what) {
    if (unsent.isEmpty()) {
      sinceNanos = time.nanoTime();
    }
    if (unsent.add(what)) {
      LOG.warn(
          "Cache '{}': more than {} invalidations wait for its layer. All is invalidated instead.",
          name,
          Unsent.MOST);
    }
    events.accept(new CacheEvent.WriteQueued(unsent.size()));
  }

  /** Sends what there is, unless somebody is at it. */
  void send() {
    if (!unsent.isEmpty() && sending.compareAndSet(false, true)) {
      sendSome();
    }
  }

  private void sendSome() {
    List<Unsent.Item> some = unsent.first(AT_ONCE);
    CompletableFuture<?>[] answers =
        some.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
    Stages.onEnd(
        CompletableFuture.allOf(answers),
        (done, failure) -> {
          if (failure == null && !unsent.isEmpty()) {
            sendSome();
          } else {
            ended(failure);
          }
        });
  }

  private CompletableFuture<?> send(Unsent.Item item) {
    return Stages.ask(() -> sender.apply(item.what))
        .thenRun(() -> known(item))
        .toCompletableFuture();
  }

  private void known(Unsent.Item item) {
    unsent.known(item);
    sent.incrementAndGet();
  }

  private void ended(@Nullable Throwable failure) {
    if (failure == null) {
      Duration after = Duration.ofNanos(time.nanoTime() - sinceNanos);
      events.accept(new CacheEvent.QueueSent(sent.getAndSet(0), after));
    }
    sending.set(false); // the next beat goes on with what is left
  }

  void close() {
    if (!unsent.isEmpty()) {
      LOG.warn(
          "Cache '{}': it is closed before its layer was told of {} invalidations. Others may serve what they concern until its time is over.",
          name,
          unsent.size());
    }
  }
}
