package io.stateward.testkit.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key that is to be looked at. Used by one check at a time; the queue hands it on. */
final class Suspect<K> {

  /**
   * An entry that was stale when it was looked at.
   *
   * @param mark of the entry
   * @param sinceNanos a time at which it was stale for sure
   * @param told whether it was told that it stayed so
   */
  record Suspicion(Object mark, long sinceNanos, boolean told) {}

  final K key;
  final Map<String, Suspicion> suspicions = new HashMap<>(); // by instance
  long waitNanos; // before it is looked at again
  long dueNanos;
  boolean underWay; // guarded by the lock of the queue, as the next
  boolean again;

  Suspect(K key) {
    this.key = key;
  }

  @Nullable Suspicion of(String instance) {
    return suspicions.get(instance);
  }
}
