package io.stateward.merge;

import io.stateward.collection.EntityTable;
import io.stateward.collection.EntryChange;
import io.stateward.collection.MapBuilder;
import io.stateward.collection.PersistentMap;
import io.stateward.collection.TableBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps and tables: what mine changed is done to theirs, key by key. A key that mine did not change
 * is as theirs has it and is not looked at.
 */
final class KeyedMerge<K, V> {

  private final Merge<V> rule;
  private final Deletion deletion;

  KeyedMerge(Merge<V> rule, Deletion deletion) {
    this.rule = Objects.requireNonNull(rule, "rule");
    this.deletion = Objects.requireNonNull(deletion, "deletion");
  }

  MergeResult<PersistentMap<K, V>> merge(
      @Nullable PersistentMap<K, V> base, PersistentMap<K, V> mine, PersistentMap<K, V> theirs) {
    PersistentMap<K, V> was = base == null ? PersistentMap.of() : base;
    MapBuilder<K, V> merged = theirs.toBuilder();
    Entries<K, V> entries = new Entries<>(rule, deletion, (key, value) -> true);
    for (EntryChange<K, V> change : mine.diff(was)) {
      K key = change.key();
      V value = entries.decide(key, change.was(), change.now(), theirs.get(key));
      if (value == null) {
        merged.remove(key);
      } else {
        merged.put(key, value);
      }
    }
    return MergeResult.of(merged.build(), entries.conflicts());
  }

  MergeResult<EntityTable<K, V>> mergeTables(
      @Nullable EntityTable<K, V> base, EntityTable<K, V> mine, EntityTable<K, V> theirs) {
    PersistentMap<K, V> was = base == null ? PersistentMap.of() : base.byId();
    TableBuilder<K, V> merged = theirs.toBuilder();
    EntityTable<K, V> empty = theirs.clear();
    Entries<K, V> entries =
        new Entries<>(rule, deletion, (id, value) -> empty.set(value).contains(id));
    for (EntryChange<K, V> change : mine.byId().diff(was)) {
      K id = change.key();
      V value = entries.decide(id, change.was(), change.now(), theirs.get(id));
      if (value == null) {
        merged.remove(id);
      } else {
        merged.set(value);
      }
    }
    return MergeResult.of(merged.build(), entries.conflicts());
  }

  MergeResult<Map<K, V>> mergeMaps(@Nullable Map<K, V> base, Map<K, V> mine, Map<K, V> theirs) {
    Map<K, V> was = base == null ? Collections.emptyMap() : base;
    requireValues(was, "Base");
    requireValues(mine, "Mine");
    requireValues(theirs, "Theirs");
    Set<K> keys = new LinkedHashSet<>(mine.keySet());
    keys.addAll(was.keySet());
    Map<K, V> merged = new LinkedHashMap<>(theirs);
    Entries<K, V> entries = new Entries<>(rule, deletion, (key, value) -> true);
    for (K key : keys) {
      V value = entries.decide(key, was.get(key), mine.get(key), theirs.get(key));
      if (value == null) {
        merged.remove(key);
      } else {
        merged.put(key, value);
      }
    }
    return MergeResult.of(
        merged.equals(theirs) ? theirs : Collections.unmodifiableMap(merged), entries.conflicts());
  }

  private static void requireValues(Map<?, ?> map, String side) {
    map.forEach(
        (key, value) -> {
          if (ValueRules.isMissing(value)) {
            throw new IllegalArgumentException(
                "%s has null under the key %s. Maps that are merged hold no null; leave the entry out."
                    .formatted(side, key));
          }
        });
  }
}
