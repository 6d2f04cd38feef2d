package io.stateward.cache;

import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a cache, the nearest to memory first, and what is done in all of them.
 *
 * <p>That goes from the deepest one up, one after the other. So when a layer has dropped a key, the
 * ones behind it have too, and whoever is given its lease from then on finds nothing older there. A
 * layer that does not answer keeps none of the others from being asked; it is what the whole fails
 * with.
 *
 * <p>Thread safety: safe for any number of threads. Nothing here blocks.
 */
final class Chain {

  private final List<Link> links;

  Chain(List<Link> links) {
    this.links = List.copyOf(links);
  }

  /**
   * The layers of a cache to be.
   *
   * @param nearest is told of each invalidation in the layer that memory follows
   */
  static Chain of(
      CacheBuilder<?, ?> built, Counters counters, Events events, Repairs.Heard nearest) {
    int all = built.layers.size();
    List<Link> links = new ArrayList<>();
    for (CacheBuilder.Shared<?> it : built.layers) {
      int number = links.size();
      String form = form(it.codec().schema(), number, all);
      Repairs.Heard heard = number == 0 ? nearest : invalidation -> {};
      links.add(new Link(built, number, it.layer(), form, counters, events, heard));
    }
    return new Chain(links);
  }

  /**
   * The form of values in one of several layers. It says which one it is: an instance that has
   * another number of layers, or another order, would leave old values in some of them.
   */
  static String form(String schema, int number, int all) {
    return all == 1 ? schema : "%s, layer %d of %d".formatted(schema, number + 1, all);
  }

  List<Link> links() {
    return links;
  }

  /** Sets what is done whenever one of them has answered a beat, or to an open connection. */
  void onAnswer(Runnable action) {
    links.forEach(link -> link.onAnswer(action));
  }

  /** Opens all of them; fails if others use another form of one. */
  void start() {
    try {
      links.forEach(Link::start);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  void close() {
    links.forEach(Link::close);
  }

  /** Invalidates. Completes with the stamp of the nearest layer. */
  CompletionStage<Stamp> invalidate(Invalidation what) {
    return invalidate(0, what);
  }

  private CompletionStage<Stamp> invalidate(int level, Invalidation what) {
    Link link = links.get(level);
    return after(
        isDeepest(level) ? null : invalidate(level + 1, what),
        deeper ->
            link.<Stamp>ask("invalidate", session -> session.invalidate(what))
                .thenApply(stamp -> link.heard(stamp, what)));
  }

  /**
   * Announces a write. Completes with the intents of all layers, the nearest first; if one does not
   * answer, none is left.
   */
  CompletionStage<List<Intent>> begin(String key, Duration limit) {
    return begin(0, key, limit);
  }

  private CompletionStage<List<Intent>> begin(int level, String key, Duration limit) {
    Link link = links.get(level);
    CompletionStage<List<Intent>> deeper =
        isDeepest(level)
            ? CompletableFuture.completedFuture(List.of())
            : begin(level + 1, key, limit);
    return deeper.thenCompose(
        begun ->
            link.<Intent>ask("begin", session -> session.begin(key, limit))
                .handle(
                    (intent, failure) ->
                        failure == null
                            ? CompletableFuture.completedFuture(heard(link, intent, key, begun))
                            : takenBack(level + 1, key, begun, failure))
                .thenCompose(Function.identity()));
  }

  private static List<Intent> heard(Link link, Intent intent, String key, List<Intent> begun) {
    link.heard(intent.stamp(), new Invalidation.Key(key));
    List<Intent> all = new ArrayList<>(List.of(intent));
    all.addAll(begun);
    return List.copyOf(all);
  }

  private CompletableFuture<List<Intent>> takenBack(
      int level, String key, List<Intent> begun, Throwable failure) {
    CompletableFuture<List<Intent>> failed = new CompletableFuture<>();
    Throwable cause = Stages.cause(failure);
    if (begun.isEmpty()) {
      failed.completeExceptionally(cause);
    } else {
      Stages.onEnd(
          complete(level, key, begun, nothing(begun)),
          (done, other) -> {
            suppress(cause, other);
            failed.completeExceptionally(cause);
          });
    }
    return failed;
  }

  /** Entries of a write that is not to be stored. */
  static List<@Nullable LayerEntry> nothing(List<Intent> begun) {
    List<@Nullable LayerEntry> nothing = new ArrayList<>();
    begun.forEach(intent -> nothing.add(null));
    return nothing;
  }

  /**
   * Ends a write. Above a layer that does not store what was written, it is not stored either.
   *
   * @param key the key
   * @param intents what {@link #begin} gave
   * @param entries what was written, for each layer; null to invalidate
   * @return completes with what the nearest layer did
   */
  CompletionStage<Completed> complete(
      String key, List<Intent> intents, List<@Nullable LayerEntry> entries) {
    return complete(0, key, intents, entries);
  }

  private CompletionStage<Completed> complete(
      int level, String key, List<Intent> intents, List<@Nullable LayerEntry> entries) {
    Link link = links.get(level);
    int at = level - (links.size() - intents.size());
    return after(
        isDeepest(level) ? null : complete(level + 1, key, intents, entries),
        deeper -> {
          boolean stored = isDeepest(level) || (deeper != null && deeper.stored());
          LayerEntry entry = stored ? entries.get(at) : null;
          long version = entry == null ? 0 : entry.version();
          return link.<Completed>ask(
                  "complete", session -> session.complete(key, intents.get(at), entry))
              .thenApply(
                  completed -> {
                    link.heard(completed.stamp(), new Invalidation.Key(key, version));
                    return completed;
                  });
        });
  }

  private boolean isDeepest(int level) {
    return level == links.size() - 1;
  }

  /** Does something after that was done which is deeper, and fails if one of them does. */
  private static <T> CompletionStage<T> after(
      @Nullable CompletionStage<T> deeper, Function<@Nullable T, CompletionStage<T>> next) {
    if (deeper == null) {
      return next.apply(null);
    }
    return deeper
        .handle(
            (done, failure) -> {
              CompletionStage<T> own = next.apply(done);
              return failure == null ? own : failing(own, Stages.cause(failure));
            })
        .thenCompose(Function.identity());
  }

  private static <T> CompletionStage<T> failing(CompletionStage<T> own, Throwable cause) {
    CompletableFuture<T> failed = new CompletableFuture<>();
    Stages.onEnd(
        own,
        (done, other) -> {
          suppress(cause, other);
          failed.completeExceptionally(cause);
        });
    return failed;
  }

  private static void suppress(Throwable cause, @Nullable Throwable other) {
    if (other != null && Stages.cause(other) != cause) {
      cause.addSuppressed(Stages.cause(other));
    }
  }
}
