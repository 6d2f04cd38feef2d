package io.stateward.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stateward.cache.spi.LayerSession;
import io.stateward.signal.Probe;
import io.stateward.time.Timekeeper;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of the versions that the source has: of each key the highest one, and
 * whether what was loaded last was refused. One that is forgotten costs freshness alone.
 *
 * <p>An invalidation raises the fence before the generation of its stripe; a load looks at the
 * fence after it noted the generation, and puts in only if that is the same still. So it either
 * finds the fence or is found out.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Fences<V> {

  private final String name;
  private final @Nullable ToLongFunction<? super V> versions;
  private final Cache<String, Fence> fences;

  Fences(
      String name, @Nullable ToLongFunction<? super V> versions, long maxEntries, Timekeeper time) {
    this.name = name;
    this.versions = versions;
    this.fences =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .executor(Runnable::run) // its upkeep is short, and there are no hidden threads
            .ticker(time::nanoTime)
            .expireAfterWrite(LayerSession.FENCED)
            .build();
  }

  private record Fence(long version, boolean refused) {}

  /** The version of a value; 0 if it has none, or there is no value; -1 if it cannot be told. */
  long of(@Nullable V value) {
    ToLongFunction<? super V> says = versions;
    if (says == null || value == null) {
      return 0;
    }
    try {
      long version = says.applyAsLong(value);
      if (version < 0) {
        throw new IllegalArgumentException(
            "A version is positive, or 0 if there is none; %d is neither.".formatted(version));
      }
      return version;
    } catch (Throwable t) { // foreign code
      Probe.report(
          "Cache '" + name + "'", "A value has no version that can be told; it is not stored.", t);
      return -1;
    }
  }

  /** The source is known to have a version of a key; 0 if none is known. */
  void raise(String key, long version) {
    if (version > 0) {
      put(key, version, false);
    }
  }

  /** Whether the source is known to have a higher version than this one; 0 is none. */
  boolean refuses(String key, long version) {
    Fence fence = version == 0 ? null : fences.getIfPresent(key);
    return fence != null && version < fence.version;
  }

  /** What was loaded of a key was refused, as there is something newer. */
  void refused(String key) {
    put(key, 0, true);
  }

  /** What was loaded of a key was stored. */
  void accepted(String key, long version) {
    if (version > 0 || fences.getIfPresent(key) != null) {
      put(key, version, false);
    }
  }

  /** Whether what was loaded last of a key was refused. */
  boolean isBehind(String key) {
    Fence fence = fences.getIfPresent(key);
    return fence != null && fence.refused;
  }

  private void put(String key, long version, boolean refused) {
    fences
        .asMap()
        .merge(
            key,
            new Fence(version, refused),
            (old, next) -> new Fence(Math.max(old.version, next.version), next.refused));
  }
}
