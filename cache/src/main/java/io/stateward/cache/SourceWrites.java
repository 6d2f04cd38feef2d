package io.stateward.cache;

import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of the source: announced first, done by the host, and then stored, invalidated or
 * abandoned.
 *
 * <p>Nothing here blocks but who writes on his own thread, and waits for the layer around that.
 */
final class SourceWrites<K, V> {

  private static final String NO_STAGE =
      "A write returned null. Return the stage that completes when the source is written.";

  private final CacheEngine<K, V> cache;
  private final Writes<K, V> writes;

  SourceWrites(CacheEngine<K, V> cache, Writes<K, V> writes) {
    this.cache = cache;
    this.writes = writes;
  }

  /** Announces a write. Fails if that cannot be done, and must be. */
  private CompletionStage<Writing<V>> begin(K key) {
    Link link = cache.link;
    if (link == null) {
      return CompletableFuture.completedFuture(new LocalWriting<>(cache, writes, key));
    }
    Invalidation.Key what = new Invalidation.Key(cache.textOf(key));
    return cache
        .chain
        .begin(what.key(), cache.policy.lease())
        .handle(
            (intents, failure) -> {
              if (failure != null && !writes.mayWait(failure)) {
                throw new CompletionException(Stages.cause(failure));
              }
              List<Intent> announced = failure == null ? intents : List.of();
              cache.memory.invalidate(key, cache.stripeOf(key));
              return new SharedWriting<>(cache, writes, link, key, what, announced);
            });
  }

  /**
   * Writes on this thread.
   *
   * @param tags null if it is not known what was written
   */
  <X extends Exception> Stamp write(K key, WriteThrough<V, X> write, @Nullable Set<String> tags)
      throws X {
    Writing<V> writing = Stages.await(begin(key));
    V value;
    boolean written = false;
    try {
      value = write.run();
      written = true;
    } finally {
      if (!written) {
        Stages.settle(writing.abandon());
      }
    }
    return Stages.await(writing.end(value, tags));
  }

  CompletionStage<Stamp> invalidateAsync(K key, Supplier<? extends CompletionStage<?>> write) {
    return writeAsync(key, () -> ended(write.get()), null);
  }

  private CompletionStage<@Nullable V> ended(@Nullable CompletionStage<?> stage) {
    return Objects.requireNonNull(stage, NO_STAGE).thenApply(value -> null);
  }

  /**
   * Writes on the executor, and waits for it on no thread.
   *
   * @param tags null if it is not known what was written
   */
  CompletionStage<Stamp> writeAsync(
      K key,
      Supplier<? extends CompletionStage<? extends @Nullable V>> write,
      @Nullable Set<String> tags) {
    return begin(key)
        .thenCompose(
            writing ->
                start(key, write)
                    .handle((value, failure) -> end(writing, value, tags, failure))
                    .thenCompose(end -> end));
  }

  private CompletionStage<Stamp> end(
      Writing<V> writing,
      @Nullable V value,
      @Nullable Set<String> tags,
      @Nullable Throwable failure) {
    return failure == null
        ? writing.end(value, tags)
        : writing
            .abandon()
            .thenCompose(done -> CompletableFuture.failedFuture(Stages.cause(failure)));
  }

  private CompletableFuture<? extends @Nullable V> start(
      K key, Supplier<? extends CompletionStage<? extends @Nullable V>> write) {
    return CompletableFuture.completedFuture(key)
        .thenComposeAsync(
            it -> {
              CompletionStage<? extends @Nullable V> stage =
                  Objects.requireNonNull(write.get(), NO_STAGE);
              return stage.thenApply(value -> value);
            },
            cache.executor);
  }
}
