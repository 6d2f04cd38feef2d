package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.codec.Codec;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cache to be.
 *
 * <pre>{@code
 * LayeredCache<UserId, User> users = LayeredCache.named("users")
 *     .memory(10_000).keys(UserId::text).layer(layer, codec)
 *     .policy(Policy.ttl(Duration.ofHours(1)))
 *     .build(db::findUser);
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <K> what the keys are, as far as it is known
 * @param <V> what the values are, as far as it is known
 * @since 0.1
 */
public final class CacheBuilder<K, V> {

  final String name;
  long memory = 10_000;
  final List<Shared<V>> layers = new ArrayList<>();
  @Nullable Backplane backplane;
  Policy policy = Policy.ttl(Duration.ofMinutes(10));
  Function<? super K, String> keys = CacheBuilder::plainText;
  @Nullable ToLongFunction<? super V> versions;
  private int bulkMost = 1_000;
  private Duration bulkWindow = Duration.ZERO;
  Executor executor = ForkJoinPool.commonPool();
  Timekeeper timekeeper = Timekeeper.system();
  @Nullable Consumer<? super Invalidation> onInvalidate;

  /**
   * A layer.
   *
   * @param layer the layer
   * @param codec how values are encoded in it
   */
  record Shared<V>(CacheLayer layer, Codec<V> codec) {}

  CacheBuilder(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A cache has a name that is not blank; logs say it.");
    }
    this.name = name;
  }

  /**
   * Sets how many entries memory has. Without it, 10,000.
   *
   * @param maxEntries at most so many, about; at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public CacheBuilder<K, V> memory(long maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException(
          "Memory has room for at least 1 entry, not for %d.".formatted(maxEntries));
    }
    memory = maxEntries;
    return this;
  }

  /**
   * Adds a layer behind memory, or behind the one that was added before. Instances share all of
   * their layers: a cache has the same ones, in the same order, in each of them.
   *
   * @param <V1> the type of the values
   * @param shared the layer
   * @param values how values are encoded in it
   * @return this
   * @throws IllegalArgumentException if the cache has this layer already
   */
  @SuppressWarnings("unchecked") // it is that of the narrower type from now on
  public <V1 extends V> CacheBuilder<K, V1> layer(CacheLayer shared, Codec<V1> values) {
    Objects.requireNonNull(shared, "shared");
    Objects.requireNonNull(values, "values");
    if (layers.stream().anyMatch(it -> it.layer == shared)) {
      throw new IllegalArgumentException(
          "Cache '%s' has this layer already, and would wait for itself behind it. Add another one, or none."
              .formatted(name));
    }
    CacheBuilder<K, V1> self = (CacheBuilder<K, V1>) this;
    self.layers.add(new Shared<>(shared, values));
    return self;
  }

  /**
   * Adds what tells instances at once of each other's invalidations. Without it they hear of them
   * by their heartbeat.
   *
   * @param messages the backplane
   * @return this
   */
  public CacheBuilder<K, V> backplane(Backplane messages) {
    backplane = Objects.requireNonNull(messages, "messages");
    return this;
  }

  /**
   * Sets the policy. Without it, values are fresh for 10 minutes.
   *
   * @param lifetimes the policy
   * @return this
   */
  public CacheBuilder<K, V> policy(Policy lifetimes) {
    policy = Objects.requireNonNull(lifetimes, "lifetimes");
    return this;
  }

  /**
   * Says what keys are as text, in layers and for prefixes. Without it they are strings, numbers,
   * UUIDs, enum constants, characters or booleans.
   *
   * @param <K1> the type of the keys
   * @param text gives different texts for different keys, and the same in every process
   * @return this
   */
  @SuppressWarnings("unchecked") // it is that of the narrower type from now on
  public <K1 extends K> CacheBuilder<K1, V> keys(Function<? super K1, String> text) {
    CacheBuilder<K1, V> self = (CacheBuilder<K1, V>) this;
    self.keys = Objects.requireNonNull(text, "text");
    return self;
  }

  /**
   * Limits the calls of a loader that loads several keys at once. Without it, a call has 1,000 keys
   * at most, and single reads do not wait for each other.
   *
   * @param most how many keys a call has at most; at least 1
   * @param window how long a single read waits for others, to be loaded with them in one call; zero
   *     not to wait. A window that has as many keys as a call may have is over
   * @return this
   * @throws IllegalArgumentException if the number is less than 1, or the time negative
   */
  public CacheBuilder<K, V> bulk(int most, Duration window) {
    if (most < 1 || window.isNegative()) {
      throw new IllegalArgumentException(
          "A call of the loader has at least 1 key, and waits for no negative time; this says %d and %s."
              .formatted(most, window));
    }
    bulkMost = most;
    bulkWindow = window;
    return this;
  }

  /**
   * Says which version of the source's value a value is, for a source whose replicas lag: what is
   * older than a version that was invalidated or stored is not stored any more.
   *
   * @param <V1> the type of the values
   * @param version gives the version, of two values of a key the greater one for the newer; 0 if
   *     there is none
   * @return this
   */
  @SuppressWarnings("unchecked") // it is that of the narrower type from now on
  public <V1 extends V> CacheBuilder<K, V1> versions(ToLongFunction<? super V1> version) {
    CacheBuilder<K, V1> self = (CacheBuilder<K, V1>) this;
    self.versions = Objects.requireNonNull(version, "version");
    return self;
  }

  /**
   * Sets where loaders run that do not run on the thread that asks. Without it, in the {@linkplain
   * ForkJoinPool#commonPool common pool}; one with virtual threads suits loaders that block.
   *
   * @param workers where; {@code Runnable::run} is legal
   * @return this
   */
  public CacheBuilder<K, V> executor(Executor workers) {
    executor = Objects.requireNonNull(workers, "workers");
    return this;
  }

  /**
   * Sets what is told of each invalidation by this instance, after it is done in memory and in all
   * layers: to purge a CDN, for example. Those of other instances are theirs to tell.
   *
   * <p>It runs on the {@linkplain #executor executor}, one call at a time, in order, and no write
   * waits for it. What it throws is reported through {@link io.stateward.signal.Probe}, and harms
   * nothing. If more than 10,000 calls wait, they become one of {@link Invalidation.All}. An
   * invalidation that failed is not told; one that {@linkplain WritePolicy#QUEUE waits} is told
   * when the layer knows of it. An outbox may tell one twice.
   *
   * @param listener is told
   * @return this
   */
  public CacheBuilder<K, V> onInvalidate(Consumer<? super Invalidation> listener) {
    onInvalidate = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets whose time it goes by. Without it, real time.
   *
   * @param time the timekeeper
   * @return this
   */
  public CacheBuilder<K, V> timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Builds the cache of a function that finds a value. If there is a layer, this waits for its
   * answer; one that does not answer is asked again later.
   *
   * @param <K1> the type of the keys
   * @param <V1> the type of the values
   * @param source loads a value; null if there is none
   * @return the cache
   * @throws UnequalFormException if instances with another codec use the cache
   */
  public <K1 extends K, V1 extends V> LayeredCache<K1, V1> build(
      Finder<? super K1, ? extends V1> source) {
    Objects.requireNonNull(source, "source");
    return buildWith(load -> Loaded.ofNullable(source.find(load.key())));
  }

  /**
   * Builds the cache of a loader.
   *
   * @param <K1> the type of the keys
   * @param <V1> the type of the values
   * @param source the loader
   * @return the cache
   * @throws UnequalFormException if instances with another codec use the cache
   */
  @SuppressWarnings("unchecked") // the narrower types are what the caller says they are
  public <K1 extends K, V1 extends V> LayeredCache<K1, V1> buildWith(Loader<K1, V1> source) {
    Objects.requireNonNull(source, "source");
    CacheBuilder<K1, V1> self = (CacheBuilder<K1, V1>) this;
    return new BuiltCache<>(new CacheEngine<>(self, cache -> new LoaderCalls<>(cache, source)));
  }

  /**
   * Builds the cache of a function that finds several values at once.
   *
   * @param <K1> the type of the keys
   * @param <V1> the type of the values
   * @param source finds values; a key that is not in its answer has none
   * @return the cache
   * @throws UnequalFormException if instances with another codec use the cache
   */
  public <K1 extends K, V1 extends V> LayeredCache<K1, V1> buildBulk(BulkFinder<K1, V1> source) {
    Objects.requireNonNull(source, "source");
    return buildBulkWith(loads -> found(source, loads));
  }

  private static <K1, V1> Map<K1, Loaded<V1>> found(
      BulkFinder<K1, V1> source, List<Load<K1, V1>> loads) throws Exception {
    List<K1> keys = loads.stream().map(Load::key).toList();
    Map<K1, V1> found = source.findAll(keys);
    Objects.requireNonNull(found, "A finder of values returned null; an empty map says: none.");
    Map<K1, Loaded<V1>> answer = new HashMap<>();
    keys.forEach(key -> answer.put(key, Loaded.ofNullable(found.get(key))));
    return answer;
  }

  /**
   * Builds the cache of a loader that loads several keys at once. What {@link LayeredCache#getAll}
   * has to load is loaded in as few calls as {@link #bulk} allows; a single read is a call of one
   * key, unless {@link #bulk} says that it waits for others.
   *
   * @param <K1> the type of the keys
   * @param <V1> the type of the values
   * @param source the loader
   * @return the cache
   * @throws UnequalFormException if instances with another codec use the cache
   */
  @SuppressWarnings("unchecked") // the narrower types are what the caller says they are
  public <K1 extends K, V1 extends V> LayeredCache<K1, V1> buildBulkWith(
      BulkLoader<K1, V1> source) {
    Objects.requireNonNull(source, "source");
    CacheBuilder<K1, V1> self = (CacheBuilder<K1, V1>) this;
    return new BuiltCache<>(
        new CacheEngine<>(self, cache -> new LoaderCalls<>(cache, source, bulkMost, bulkWindow)));
  }

  private static String plainText(Object key) {
    if (key instanceof String text) {
      return text;
    }
    if (key instanceof Number
        || key instanceof UUID
        || key instanceof Enum<?>
        || key instanceof Character
        || key instanceof Boolean) {
      return key.toString();
    }
    throw new IllegalArgumentException(
        "A key of %s has no text that is sure to be the same everywhere. Say what it is with keys(...)."
            .formatted(key.getClass()));
  }
}
