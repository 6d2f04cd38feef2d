package io.stateward.testkit.cache;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Result;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Reading;
import io.stateward.codec.Codec;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor looks into: an instance of any cache, or a layer.
 *
 * <pre>{@code
 * Map<Long, User> naive = new ConcurrentHashMap<>();
 * Audited<Long, User> audited = id -> {
 *   User user = naive.get(id);
 *   return user == null ? null : AuditedEntry.of(user);
 * };
 * }</pre>
 *
 * <p><b>Thread safety.</b> Asked by one thread at a time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
@FunctionalInterface
public interface Audited<K, V> {

  /**
   * Looks at what it would serve, without loading anything.
   *
   * @param key the key
   * @return the entry; null if there is none, or none that it would serve as fresh
   * @throws Exception if that is not known
   */
  @Nullable AuditedEntry<V> look(K key) throws Exception;

  /**
   * Returns the memory of an instance of a layered cache. What its policy lets it serve though it
   * has outlived its time is not looked at.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param cache the instance
   * @return it, to be audited
   */
  static <K, V> Audited<K, V> memoryOf(LayeredCache<K, V> cache) {
    return key -> {
      Result<V> found = cache.peek(key).orElse(null);
      return found == null || found.failure() != null || found.source() == Result.Source.STALE
          ? null
          : new AuditedEntry<>(found.valueOrNull(), found);
    };
  }

  /**
   * Returns what a layer has of a cache. An entry that an invalidation by tag, prefix or of
   * everything may concern is not looked at.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @param session a session of the cache; it waits at most 10 seconds for an answer
   * @param codec how values are encoded in it
   * @param keys what keys are as text, as the cache has it
   * @return it, to be audited
   */
  static <K, V> Audited<K, V> layer(
      LayerSession session, Codec<V> codec, Function<? super K, String> keys) {
    return key -> {
      Reading reading =
          session.read(keys.apply(key)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      LayerEntry entry = reading.entry();
      if (entry == null
          || entry.fresh().isZero()
          || !entry.wide().equals(reading.wide())
          || entry.head().epoch() != reading.head().epoch()) {
        return null;
      }
      byte[] value = entry.value();
      return new AuditedEntry<>(value == null ? null : codec.decode(value), entry.token());
    };
  }
}
