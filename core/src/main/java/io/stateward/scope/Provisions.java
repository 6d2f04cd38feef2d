package io.stateward.scope;

import io.stateward.collection.PersistentMap;
import io.stateward.signal.Signal;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What one scope provides: a store of signals by key, so that lookups are derived signals like any
 * other, and glitch-free with the rest.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Provisions {

  private final Store<PersistentMap<ScopeKey<?>, Signal<?>>> store;
  private final Keyed<ScopeKey<?>, Signal<?>> byKey;

  Provisions(String path) {
    store = Store.of("scope " + path, PersistentMap.of());
    byKey = store.entries(provided -> provided);
  }

  PersistentMap<ScopeKey<?>, Signal<?>> current() {
    return store.get();
  }

  /** Returns who provides a key here, now and later; null while nobody does. */
  Signal<@Nullable Signal<?>> at(ScopeKey<?> key) {
    return byKey.at(key);
  }

  void put(ScopeKey<?> key, Signal<?> signal) {
    store.update(provided -> provided.plus(key, signal));
  }

  /** Removes a key and tells whether it was there. */
  boolean remove(ScopeKey<?> key) {
    boolean[] there = {false}; // an updater runs once
    store.update(
        provided -> {
          there[0] = provided.containsKey(key);
          return provided.minus(key);
        });
    return there[0];
  }

  void close() {
    store.close();
  }
}
