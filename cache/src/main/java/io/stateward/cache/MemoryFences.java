package io.stateward.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The highest version that the source is known to have, by key. Those that were raised longest ago
 * go when there are too many, and each goes when its time is over. One thread at a time.
 */
final class MemoryFences {

  private final int maximum;
  private final Map<String, Fence> fences; // raised last, last

  MemoryFences(int maximum) {
    this(maximum, Map.of());
  }

  private MemoryFences(int maximum, Map<String, Fence> fences) {
    this.maximum = maximum;
    this.fences = new LinkedHashMap<>(fences);
  }

  private record Fence(long version, long untilNanos) {

    long latest(long otherNanos) {
      return otherNanos - untilNanos > 0 ? otherNanos : untilNanos;
    }
  }

  MemoryFences copy() {
    return new MemoryFences(maximum, fences);
  }

  int size() {
    return fences.size();
  }

  /** Whether a version is lower than one that the source has; none is not. */
  boolean refuses(String key, long version, long now) {
    Fence fence = at(key, now);
    return version > 0 && fence != null && version < fence.version;
  }

  /** Notes that the source has a version, until a time; none is nothing to note. */
  void raise(String key, long version, long untilNanos, long now) {
    Fence before = at(key, now);
    if (version == 0 || (before != null && before.version > version)) {
      return;
    }
    long until = before == null ? untilNanos : before.latest(untilNanos);
    fences.remove(key);
    fences.put(key, new Fence(version, until));
    makeRoom(now);
  }

  private @Nullable Fence at(String key, long now) {
    Fence fence = fences.get(key);
    return fence == null || fence.untilNanos - now <= 0 ? null : fence;
  }

  private void makeRoom(long now) {
    Iterator<Map.Entry<String, Fence>> oldest = fences.entrySet().iterator();
    while (oldest.hasNext()
        && (oldest.next().getValue().untilNanos - now <= 0 || fences.size() > maximum)) {
      oldest.remove();
    }
  }

  @Override
  public String toString() {
    return fences.toString();
  }
}
