package io.stateward.store;

import io.stateward.collection.DiffVisitor;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.signal.Function3;
import io.stateward.signal.Function4;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.KeyIndex;
import io.stateward.signal.internal.Mapped;
import io.stateward.signal.internal.Node;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a store offers besides being written: made of a node alone, so slices have it too. */
final class Selections {

  private Selections() {}

  static <S, T extends @Nullable Object> Signal<T> one(
      Node<S> node, Function<? super S, ? extends T> selector) {
    return new Mapped<>(node, Objects.requireNonNull(selector, "selector"), "selection");
  }

  static <S, A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
      Signal<T> of(
          Node<S> node,
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          BiFunction<? super A, ? super B, ? extends T> combiner) {
    LastCall<T> last = new LastCall<>();
    return one(
        node,
        state -> {
          A a = first.apply(state);
          B b = second.apply(state);
          return last.call(() -> combiner.apply(a, b), a, b);
        });
  }

  static <
          S,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          T extends @Nullable Object>
      Signal<T> of(
          Node<S> node,
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          Function<? super S, ? extends C> third,
          Function3<? super A, ? super B, ? super C, ? extends T> combiner) {
    LastCall<T> last = new LastCall<>();
    return one(
        node,
        state -> {
          A a = first.apply(state);
          B b = second.apply(state);
          C c = third.apply(state);
          return last.call(() -> combiner.apply(a, b, c), a, b, c);
        });
  }

  static <
          S,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          T extends @Nullable Object>
      Signal<T> of(
          Node<S> node,
          Function<? super S, ? extends A> first,
          Function<? super S, ? extends B> second,
          Function<? super S, ? extends C> third,
          Function<? super S, ? extends D> fourth,
          Function4<? super A, ? super B, ? super C, ? super D, ? extends T> combiner) {
    LastCall<T> last = new LastCall<>();
    return one(
        node,
        state -> {
          A a = first.apply(state);
          B b = second.apply(state);
          C c = third.apply(state);
          D d = fourth.apply(state);
          return last.call(() -> combiner.apply(a, b, c, d), a, b, c, d);
        });
  }

  static <S, K, V> Keyed<K, V> entities(
      Node<S> node, Function<? super S, EntityTable<K, V>> table) {
    Node<EntityTable<K, V>> tables = new Mapped<>(node, table, "entities");
    return new KeyIndex<>(tables, new TableAccess<K, V>())::at;
  }

  static <S, K, V> Keyed<K, V> entries(Node<S> node, Function<? super S, ? extends Map<K, V>> map) {
    Node<Map<K, V>> maps = new Mapped<>(node, map, "entries");
    return new KeyIndex<>(maps, new MapAccess<K, V>())::at;
  }

  private record TableAccess<K, V>() implements KeyIndex.Access<EntityTable<K, V>, K, V> {
    @Override
    public @Nullable V get(EntityTable<K, V> table, K id) {
      return table.get(id);
    }

    @Override
    public void compare(
        EntityTable<K, V> before, EntityTable<K, V> after, Consumer<? super K> changed) {
      EntityTable.diff(before, after, new Keys<>(changed));
    }
  }

  private record MapAccess<K, V>() implements KeyIndex.Access<Map<K, V>, K, V> {
    @Override
    public @Nullable V get(Map<K, V> map, K key) {
      return map.get(key);
    }

    @Override
    public void compare(Map<K, V> before, Map<K, V> after, Consumer<? super K> changed) {
      if (before instanceof PersistentMap<K, V> was && after instanceof PersistentMap<K, V> now) {
        PersistentMap.diff(was, now, new Keys<>(changed));
      } else {
        compareForeign(before, after, changed);
      }
    }

    private void compareForeign(Map<K, V> before, Map<K, V> after, Consumer<? super K> changed) {
      before.forEach(
          (key, was) -> {
            if (!Objects.equals(was, after.get(key))) {
              changed.accept(key);
            }
          });
      for (K key : after.keySet()) {
        if (!before.containsKey(key)) {
          changed.accept(key);
        }
      }
    }
  }

  private record Keys<K, V>(Consumer<? super K> changed) implements DiffVisitor<K, V> {
    @Override
    public void added(K key, V now) {
      changed.accept(key);
    }

    @Override
    public void removed(K key, V was) {
      changed.accept(key);
    }

    @Override
    public void changed(K key, V was, V now) {
      changed.accept(key);
    }
  }
}
