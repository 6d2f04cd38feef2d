package io.stateward.testkit.cache;

import io.stateward.cache.Finder;
import io.stateward.cache.LayeredCache;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The settings of an auditor to be.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public final class AuditorBuilder<K, V> {

  final Finder<? super K, ? extends V> source;
  final Map<String, Audited<? super K, V>> instances = new LinkedHashMap<>();
  Duration bound = Duration.ofSeconds(5);
  double checksPerSecond = 10;
  int queue = 10_000;
  BiPredicate<? super V, ? super V> equality = Objects::equals;
  Supplier<? extends Collection<? extends K>> keys = List::of;
  Consumer<? super StaleEntry<K, V>> onStale = stale -> {};
  Executor executor = ForkJoinPool.commonPool();
  Timekeeper timekeeper = Timekeeper.system();

  AuditorBuilder(Finder<? super K, ? extends V> source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * Adds the memory of an instance of a layered cache.
   *
   * @param name what it is called in findings; used once
   * @param cache the instance
   * @return this
   * @throws IllegalArgumentException if there is one of this name
   */
  public AuditorBuilder<K, V> instance(String name, LayeredCache<K, V> cache) {
    return instance(name, Audited.memoryOf(cache));
  }

  /**
   * Adds an instance of any cache, or a layer.
   *
   * @param name what it is called in findings; used once
   * @param audited what it has
   * @return this
   * @throws IllegalArgumentException if there is one of this name
   */
  public AuditorBuilder<K, V> instance(String name, Audited<? super K, V> audited) {
    Objects.requireNonNull(audited, "audited");
    if (instances.putIfAbsent(name, audited) != null) {
      throw new IllegalArgumentException(
          "There is an instance '%s' already; findings would not say which.".formatted(name));
    }
    return this;
  }

  /**
   * Sets for how long an entry may be stale. For a layered cache: its policy's bound, and what
   * passes between a commit of the source and the end of the invalidation. Without it, 5 seconds.
   *
   * @param longest how long; more than zero
   * @return this
   * @throws IllegalArgumentException if it is not more than zero
   */
  public AuditorBuilder<K, V> bound(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("A bound is more than zero, not " + longest + ".");
    }
    bound = longest;
    return this;
  }

  /**
   * Limits how often a key is compared; each time the source is read twice. Without it, 10.
   *
   * @param most checks per second; more than zero, at most 1,000
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public AuditorBuilder<K, V> checksPerSecond(double most) {
    if (!(most > 0 && most <= 1000)) {
      throw new IllegalArgumentException(
          "More than 0 checks and at most 1000 per second are possible, not %s.".formatted(most));
    }
    checksPerSecond = most;
    return this;
  }

  /**
   * Limits how many keys wait; more are skipped, and counted. Without it, 10,000.
   *
   * @param most how many; at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public AuditorBuilder<K, V> queue(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("At least 1 key waits, not %d.".formatted(most));
    }
    queue = most;
    return this;
  }

  /**
   * Sets when two values are the same. Without it, when they are equal.
   *
   * @param same tells it; asked with two values that are there
   * @return this
   */
  public AuditorBuilder<K, V> equality(BiPredicate<? super V, ? super V> same) {
    equality = Objects.requireNonNull(same, "same");
    return this;
  }

  /**
   * Says which keys to look at when none waits: a sample of those that were read or written lately.
   *
   * @param sample asked when the auditor has nothing else to do, at most once per check
   * @return this
   */
  public AuditorBuilder<K, V> keys(Supplier<? extends Collection<? extends K>> sample) {
    keys = Objects.requireNonNull(sample, "sample");
    return this;
  }

  /**
   * Listens to findings.
   *
   * @param listener called once for each entry that stayed stale for longer than the bound, on the
   *     executor
   * @return this
   */
  public AuditorBuilder<K, V> onStale(Consumer<? super StaleEntry<K, V>> listener) {
    onStale = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets where the source is read and instances are looked at, one check at a time. Without it, in
   * the {@linkplain ForkJoinPool#commonPool common pool}.
   *
   * @param workers where; {@code Runnable::run} is legal
   * @return this
   */
  public AuditorBuilder<K, V> executor(Executor workers) {
    executor = Objects.requireNonNull(workers, "workers");
    return this;
  }

  /**
   * Sets whose time it goes by. Without it, real time.
   *
   * @param time the timekeeper
   * @return this
   */
  public AuditorBuilder<K, V> timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Starts the auditor.
   *
   * @return it, to be closed when it has seen enough
   * @throws IllegalStateException if there is no instance
   */
  public CacheAuditor<K, V> start() {
    if (instances.isEmpty()) {
      throw new IllegalStateException("There is nothing to audit. Say what with instance(...).");
    }
    CacheAuditor<K, V> auditor = new CacheAuditor<>(this);
    auditor.scheduleTick();
    return auditor;
  }
}
