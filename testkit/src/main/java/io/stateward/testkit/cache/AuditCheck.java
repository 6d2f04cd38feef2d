package io.stateward.testkit.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at a key in all instances, between two reads of the source. One thread. */
final class AuditCheck<K, V> {

  private record Look<V>(@Nullable AuditedEntry<V> entry, long atNanos) {}

  final List<StaleEntry<K, V>> found = new ArrayList<>();
  Duration longest = Duration.ZERO;
  int healed; // entries that had been found and are gone
  int failed;
  boolean fresh; // whether there is a new suspicion
  private final AuditorBuilder<K, V> settings;
  private final Suspect<K> suspect;
  private final Map<String, Look<V>> looks = new LinkedHashMap<>();
  private @Nullable V before;
  private @Nullable V after;
  private long sureNanos; // when both reads were over

  AuditCheck(AuditorBuilder<K, V> settings, Suspect<K> suspect) {
    this.settings = settings;
    this.suspect = suspect;
  }

  void run() throws Exception {
    before = settings.source.find(suspect.key);
    for (Map.Entry<String, Audited<? super K, V>> instance : settings.instances.entrySet()) {
      long at = settings.timekeeper.nanoTime();
      looks.put(instance.getKey(), new Look<>(instance.getValue().look(suspect.key), at));
    }
    after = settings.source.find(suspect.key);
    sureNanos = settings.timekeeper.nanoTime();
  }

  /** Draws the conclusions, and says whether the key is to be looked at again. */
  boolean judge() {
    looks.forEach(this::judge);
    return !suspect.suspicions.isEmpty() || !same(before, after);
  }

  private void judge(String instance, Look<V> look) {
    AuditedEntry<V> entry = look.entry();
    Suspect.Suspicion known = suspect.of(instance);
    if (entry == null || !isStale(entry)) {
      heal(known);
      suspect.suspicions.remove(instance);
    } else if (known != null && known.mark().equals(entry.mark())) {
      stayed(instance, entry, known, look.atNanos());
    } else {
      heal(known);
      fresh = true;
      suspect.suspicions.put(instance, new Suspect.Suspicion(entry.mark(), sureNanos, false));
    }
  }

  private void heal(Suspect.@Nullable Suspicion known) {
    if (known != null && known.told()) {
      healed++;
    }
  }

  private boolean isStale(AuditedEntry<V> entry) {
    return !same(entry.value(), before) && !same(entry.value(), after);
  }

  private void stayed(
      String instance, AuditedEntry<V> entry, Suspect.Suspicion known, long atNanos) {
    Duration staleFor = Duration.ofNanos(atNanos - known.sinceNanos());
    if (staleFor.compareTo(settings.bound) <= 0) {
      return;
    }
    longest = longest.compareTo(staleFor) < 0 ? staleFor : longest;
    if (!known.told()) {
      found.add(new StaleEntry<>(suspect.key, instance, entry.value(), after, staleFor));
      suspect.suspicions.put(
          instance, new Suspect.Suspicion(known.mark(), known.sinceNanos(), true));
    }
  }

  private boolean same(@Nullable V one, @Nullable V other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return settings.equality.test(one, other);
  }
}
