package io.stateward.examples.nodes;

import io.stateward.cache.CacheFigures;
import io.stateward.cache.LayeredCache;
import io.stateward.cache.Loaded;
import io.stateward.cache.Policy;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.codec.Codec;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node with an instance of the layered cache. */
final class CachedNode implements Node {

  static final String CACHE = "two-nodes";
  static final Codec<String> CODEC = Codec.text();
  static final Duration BOUND = Duration.ofSeconds(3);

  private final Database database;
  private final LayeredCache<String, String> prices;

  CachedNode(
      Database database,
      CacheLayer layer,
      Backplane backplane,
      Supplier<Dials> dials,
      Executor executor,
      Timekeeper timekeeper) {
    this.database = database;
    // excerpt: node
    Policy policy =
        Policy.ttl(Dials.LONG)
            .failSafe(Duration.ofHours(1)) // what is stale will do while the source fails
            .heartbeat(Duration.ofSeconds(1)) // asks so often whether a message was lost
            .bound(BOUND); // 3 s; serves memory for no longer without an answer
    prices =
        LayeredCache.named(CACHE)
            .layer(layer, CODEC)
            .backplane(backplane)
            .policy(policy)
            .executor(executor)
            .timekeeper(timekeeper)
            .<String, String>buildWith(
                load ->
                    Loaded.of(database.read(load.key()))
                        .tagged(Menu.tagOf(load.key()))
                        .freshFor(dials.get().fresh()));
    // end of excerpt
  }

  @Override
  public Found read(String key, @Nullable Stamp atLeast) {
    // excerpt: read
    ReadOptions options = atLeast == null ? ReadOptions.cached() : ReadOptions.atLeast(atLeast);
    Result<String> result = prices.get(key, options);
    return result.fold(
        value -> found(result, value, ""),
        () -> found(result, "", "There is no such row."),
        failure -> found(result, "", String.valueOf(failure.getMessage())));
    // end of excerpt
  }

  private static Found found(Result<String> result, String value, String failure) {
    return new Found(
        value,
        words(result.source()),
        words(result.reason()),
        result.age().toMillis(),
        result.stamp().toString(),
        failure);
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Stamp write(String key, String value, WriteMode mode) {
    // excerpt: write
    return switch (mode) {
      case AFTER -> {
        database.write(key, value);
        yield prices.invalidate(key);
      }
      case INTENT -> prices.invalidate(key, () -> database.write(key, value));
      case THROUGH ->
          prices.write(
              key,
              () -> {
                database.write(key, value);
                return value;
              },
              Menu.tagOf(key));
    };
    // end of excerpt
  }

  @Override
  public void invalidateTag(String tag) {
    prices.invalidateTag(tag);
  }

  @Override
  public void clear() {
    prices.clear();
  }

  @Override
  public List<Cell> memory() {
    return Menu.KEYS.stream().map(this::cell).flatMap(Optional::stream).toList();
  }

  private Optional<Cell> cell(String key) {
    return prices.peek(key).filter(result -> result.valueOrNull() != null).map(it -> cell(key, it));
  }

  private static Cell cell(String key, Result<String> result) {
    String note = result.source() == Result.Source.STALE ? "outlived" : "";
    return new Cell(key, result.value(), result.age().toSeconds(), note);
  }

  CacheFigures figures() {
    return prices.figures().get();
  }

  @Override
  public void close() {
    prices.close();
  }
}
