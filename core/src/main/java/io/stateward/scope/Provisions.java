package io.stateward.scope;

import io.stateward.collection.Diff;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.KeyIndex;
import io.stateward.signal.internal.Root;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one scope provides: signals by key in a source of their own, so that lookups are derived
 * signals like any other, and glitch-free with the rest. It stands on what stores are made of, not
 * on stores, since those may use scopes.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Provisions {

  private final Root<PersistentMap<ScopeKey<?>, Signal<?>>> source;
  private final KeyIndex<PersistentMap<ScopeKey<?>, Signal<?>>, ScopeKey<?>, Signal<?>> byKey;

  Provisions(String path) {
    source = new Root<>("store", PersistentMap.of());
    source.named("scope " + path);
    byKey = new KeyIndex<>(source, new ByKey());
  }

  PersistentMap<ScopeKey<?>, Signal<?>> current() {
    return source.get();
  }

  /** Returns who provides a key here, now and later; null while nobody does. */
  Signal<@Nullable Signal<?>> at(ScopeKey<?> key) {
    return byKey.at(key);
  }

  void put(ScopeKey<?> key, Signal<?> signal) {
    source.update(provided -> provided.plus(key, signal));
  }

  /** Removes a key and tells whether it was there. */
  boolean remove(ScopeKey<?> key) {
    boolean[] there = {false}; // an updater runs once
    source.update(
        provided -> {
          there[0] = provided.containsKey(key);
          return provided.minus(key);
        });
    return there[0];
  }

  void close() {
    source.close();
  }

  private record ByKey()
      implements KeyIndex.Access<PersistentMap<ScopeKey<?>, Signal<?>>, ScopeKey<?>, Signal<?>> {

    @Override
    public @Nullable Signal<?> get(
        PersistentMap<ScopeKey<?>, Signal<?>> provided, ScopeKey<?> key) {
      return provided.get(key);
    }

    @Override
    public void compare(
        PersistentMap<ScopeKey<?>, Signal<?>> before,
        PersistentMap<ScopeKey<?>, Signal<?>> after,
        Consumer<? super ScopeKey<?>> changed) {
      Diff.between(before, after).forEach(change -> changed.accept(change.key()));
    }
  }
}
