package io.stateward.cache.spi;

import static io.stateward.cache.spi.LayerFlaw.*;

import io.stateward.cache.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a flawed layer knows of a cache, written as plainly as it can be. */
final class FlawedState {

  static final int BUCKETS = 4;
  static final int BOUND = 30;

  final LayerFlaw flaw;
  final Gap gap = new Gap();
  final Map<Integer, List<LogPage.Logged>> logs = new TreeMap<>();
  final Map<Integer, Long> sequences = new TreeMap<>();
  final Map<String, LayerEntry> entries = new HashMap<>();
  final Map<String, Long> stored = new HashMap<>(); // when, in nanoseconds, by key
  final Map<String, Held> leases = new HashMap<>();
  final Map<String, Map<String, Held>> intents = new HashMap<>();
  final Map<String, byte[]> fences = new HashMap<>();
  final Map<String, Long> versions = new HashMap<>(); // the highest that is known, by key
  final Map<String, Long> tags = new HashMap<>();
  final Map<String, Long> prefixes = new HashMap<>();
  long all;
  long epoch;
  long tokens;
  @Nullable String form;

  FlawedState(LayerFlaw flaw, long epoch) {
    this.flaw = flaw;
    this.epoch = epoch;
    for (int bucket = 0; bucket <= BUCKETS; bucket++) {
      logs.put(bucket, new ArrayList<>());
      sequences.put(bucket, flaw == SEQUENCES_BEGIN_AT_ONE ? 1L : 0L);
    }
  }

  record Held(String token, long connection, long until) {}

  FlawedState copy() {
    FlawedState copy = new FlawedState(flaw, epoch);
    logs.forEach((bucket, log) -> copy.logs.put(bucket, new ArrayList<>(log)));
    copy.sequences.putAll(sequences);
    copy.entries.putAll(entries);
    copy.stored.putAll(stored);
    copy.leases.putAll(leases);
    intents.forEach((key, held) -> copy.intents.put(key, new HashMap<>(held)));
    copy.versions.putAll(versions);
    copy.tags.putAll(tags);
    copy.prefixes.putAll(prefixes);
    copy.all = all;
    copy.tokens = tokens;
    copy.form = form;
    return copy;
  }

  Head head(int bucket) {
    return new Head(epoch, sequences.getOrDefault(bucket, 0L));
  }

  /** Appends to the log of a bucket. */
  Head append(int bucket, Invalidation invalidation, boolean silent) {
    int counted = flaw == ONE_COUNTER_FOR_ALL ? 1 : bucket;
    long next = head(counted).sequence() + 1;
    if (flaw == COUNTS_WITHOUT_A_LOCK) {
      gap.enter(next).countDown();
    }
    sequences.put(counted, next);
    if (flaw == ONE_COUNTER_FOR_ALL) {
      sequences.put(bucket, next);
    }
    if (!silent) {
      boolean changed = flaw == LOGS_KEYS_ONLY && bucket == 0;
      Invalidation logged = changed ? new Invalidation.All() : invalidation;
      logs.get(bucket).add(new LogPage.Logged(next, logged));
    }
    if (logs.get(bucket).size() > BOUND) {
      logs.get(bucket).remove(0);
    }
    return head(bucket);
  }

  private Invalidation logged(Invalidation.Key what) {
    return flaw == LOGS_NO_VERSIONS ? new Invalidation.Key(what.key()) : what;
  }

  LogPage page(int bucket, Head after, int most) {
    List<LogPage.Logged> log = logs.get(bucket);
    Head head = head(bucket);
    boolean unknown = after.epoch() != head.epoch() || after.sequence() > head.sequence();
    boolean trimmed = after.sequence() < head.sequence() - log.size();
    if (unknown && flaw != ANY_EPOCH_WILL_DO || trimmed && flaw != TRIMS_IN_SILENCE) {
      return new LogPage(head, false, List.of());
    }
    long known = after.sequence() - (flaw == LOGS_THE_KNOWN_AGAIN ? 1 : 0);
    List<LogPage.Logged> found = new ArrayList<>();
    log.stream().filter(logged -> logged.sequence() > known).forEach(found::add);
    if (flaw == LOGS_NEWEST_FIRST) {
      java.util.Collections.reverse(found);
    }
    int size = flaw == PAGES_HAVE_NO_END ? found.size() : Math.min(most, found.size());
    return new LogPage(head, true, found.subList(0, size));
  }

  void mark(Invalidation invalidation, long sequence) {
    if (invalidation instanceof Invalidation.All) {
      all = sequence;
      tags.clear();
      prefixes.clear();
    } else if (flaw == MARKS_ARE_DROPPED && tags.size() >= BOUND) {
      tags.clear();
    } else if (invalidation instanceof Invalidation.Tag tag) {
      tags.merge(tag.tag(), sequence, flaw == MARKS_ARE_THE_FIRST ? Math::min : Math::max);
    } else if (invalidation instanceof Invalidation.Prefix prefix) {
      prefixes.put(prefix.prefix(), sequence);
    }
  }

  @Nullable LayerEntry entry(String key, long now) {
    LayerEntry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    Duration age = Duration.ofNanos(now - stored.getOrDefault(key, now));
    boolean over = entry.kept().compareTo(age) <= 0;
    if (over && flaw == FENCES_END_WITH_THE_ENTRY) {
      versions.remove(key);
    }
    if (over && flaw != ENTRIES_LIVE_FOR_EVER) {
      return null;
    }
    Duration left = entry.fresh().minus(age);
    Duration fresh = left.isNegative() ? Duration.ZERO : left;
    byte[] value = entry.value();
    return new LayerEntry(
        entry.token(),
        value == null || flaw == GIVES_ITS_OWN_ARRAY_AWAY ? value : value.clone(),
        entry.tags(),
        entry.head(),
        entry.wide(),
        entry.validator(),
        entry.version(),
        flaw == AGE_STANDS_STILL ? entry.age() : entry.age().plus(age),
        flaw == FRESHNESS_STANDS_STILL ? entry.fresh() : fresh,
        over || flaw == FRESHNESS_STANDS_STILL ? entry.kept() : entry.kept().minus(age));
  }

  void store(String key, LayerEntry entry, Head head, long now) {
    byte[] value = entry.value();
    if (value == null && flaw == NOTHING_IS_NO_ENTRY) {
      return;
    }
    stored.put(key, now);
    entries.put(
        key,
        new LayerEntry(
            entry.token(),
            value == null || flaw == KEEPS_THE_ARRAY_IT_WAS_GIVEN ? value : value.clone(),
            flaw == LOSES_TAGS ? java.util.Set.of() : entry.tags(),
            head,
            entry.wide(),
            entry.validator(),
            flaw == LOSES_VERSIONS ? 0 : entry.version(),
            flaw == AGE_BEGINS_ANEW ? Duration.ZERO : entry.age(),
            entry.fresh(),
            entry.kept()));
  }

  /** Returns the lease on a key that is not over; null if there is none. */
  @Nullable Held lease(String key, long now) {
    Held lease = leases.get(key);
    return lease != null && lease.until() > now ? lease : null;
  }

  /** Returns the intents of a key that are not over. */
  Map<String, Held> intents(String key, long now) {
    Map<String, Held> held = intents.computeIfAbsent(key, absent -> new HashMap<>());
    if (flaw != LATE_WRITES_STORE) {
      held.values().removeIf(intent -> intent.until() <= now);
    }
    return held;
  }

  /** Notes that the source has a version of a key. */
  void raise(String key, long version) {
    String fenced = flaw == ONE_FENCE_FOR_ALL ? "all" : key;
    if (flaw == FENCES_FALL) {
      versions.put(fenced, version);
    } else {
      versions.merge(fenced, version, Math::max);
    }
  }

  /** Whether the source has a higher version of a key than one. */
  boolean isFenced(String key, long version) {
    long fence = versions.getOrDefault(flaw == ONE_FENCE_FOR_ALL ? "all" : key, 0L);
    if (version == 0 || flaw == FENCES_ARE_IGNORED) {
      return version == 0 && fence > 0 && flaw == REFUSES_WHAT_HAS_NO_VERSION;
    }
    return flaw == VERSIONS_ARE_ROUNDED
        ? (double) version < (double) fence
        : version < fence || flaw == REFUSES_EQUAL_VERSIONS && version == fence;
  }

  /** Removes what an invalidation of a key removes, and counts it. */
  Stamp invalidate(int bucket, Invalidation.Key what, boolean silent) {
    String key = what.key();
    raise(key, what.version());
    boolean there = entries.containsKey(key);
    if (flaw != INVALIDATES_NOTHING) {
      entries.remove(key);
    }
    if (flaw == INVALIDATES_ALL_KEYS) {
      entries.clear();
    }
    if (flaw != INVALIDATIONS_KEEP_THE_LEASE) {
      leases.remove(key);
    }
    if (flaw == ANY_INVALIDATION_ENDS_ALL_LEASES) {
      leases.clear();
    }
    boolean counted = there || flaw != COUNTS_ONLY_WHAT_WAS_THERE;
    Head head = counted ? append(bucket, logged(what), silent) : head(bucket);
    return new Stamp(bucket, head.epoch(), head.sequence());
  }
}
