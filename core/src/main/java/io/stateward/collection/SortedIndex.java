package io.stateward.collection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a sorted table in order: a vector that is searched by halving and changed in
 * place of the entities that changed.
 *
 * <p>Entities that even {@link EntityOrder} holds for equal (ids without a natural order and with
 * one hash) stand side by side in the order of their arrival.
 */
final class SortedIndex<K, V> {

  /** To change one entity costs about as much as to copy this many into a new vector. */
  private static final int COPIES_PER_CHANGE = 64;

  private final EntityOrder<K, V> order;
  private final PersistentVector<V> entities;

  SortedIndex(EntityOrder<K, V> order, PersistentVector<V> entities) {
    this.order = order;
    this.entities = entities;
  }

  PersistentVector<V> entities() {
    return entities;
  }

  SortedIndex<K, V> cleared() {
    return new SortedIndex<>(order, PersistentVector.of());
  }

  /** Returns the index after one entity came, went or took the place of another. */
  SortedIndex<K, V> moved(@Nullable V was, @Nullable V now) {
    PersistentVector<V> moved = entities;
    if (was != null) {
      int index = indexOf(was);
      if (now != null && belongsAt(index, now)) {
        return new SortedIndex<>(order, entities.with(index, now));
      }
      moved = moved.without(index);
    }
    SortedIndex<K, V> rest = new SortedIndex<>(order, moved);
    return now == null ? rest : new SortedIndex<>(order, moved.insert(rest.firstAfter(now), now));
  }

  private boolean belongsAt(int index, V entity) {
    return (index == 0 || order.compare(entities.get(index - 1), entity) < 0)
        && (index == entities.size() - 1 || order.compare(entity, entities.get(index + 1)) < 0);
  }

  /** Returns the index after the changes that lead from one version of the table to another. */
  SortedIndex<K, V> after(Diff<K, V> diff) {
    boolean few = (long) diff.size() * COPIES_PER_CHANGE < size();
    return few ? changedOneByOne(diff) : merged(diff);
  }

  private int size() {
    return entities.size();
  }

  private SortedIndex<K, V> changedOneByOne(Diff<K, V> diff) {
    SortedIndex<K, V> index = this;
    for (EntryChange<K, V> change : diff) {
      index = index.moved(change.was(), change.now());
    }
    return index;
  }

  /** Sorts only what is new and merges it with what stays, which is in order already. */
  private SortedIndex<K, V> merged(Diff<K, V> diff) {
    Set<V> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    List<V> arrived = new ArrayList<>();
    for (EntryChange<K, V> change : diff) {
      V was = change.was();
      V now = change.now();
      if (was != null) {
        gone.add(was);
      }
      if (now != null) {
        arrived.add(now);
      }
    }
    arrived.sort(order);
    return new SortedIndex<>(order, merge(arrived, gone));
  }

  private PersistentVector<V> merge(List<V> arrived, Set<V> gone) {
    List<V> merged = new ArrayList<>(size() - gone.size() + arrived.size());
    int next = 0;
    for (V entity : arrived) {
      int position = firstAfter(entity, next);
      copyStaying(next, position, gone, merged);
      merged.add(entity);
      next = position;
    }
    copyStaying(next, size(), gone, merged);
    return PersistentVector.copyOf(merged);
  }

  private void copyStaying(int from, int to, Set<V> gone, List<V> target) {
    for (V entity : entities.slice(from, to)) {
      if (!gone.contains(entity)) {
        target.add(entity);
      }
    }
  }

  private int indexOf(V entity) {
    int index = firstNotBefore(entity);
    while (index < size() && order.compare(entities.get(index), entity) == 0) {
      if (order.sameId(entities.get(index), entity)) {
        return index;
      }
      index++;
    }
    throw new IllegalStateException(
        "The entity "
            + entity
            + " is in the table but not where the comparator says it should be. Either the entity"
            + " was changed after it was added, or the comparator contradicts itself; entities have"
            + " to be immutable and the comparator consistent.");
  }

  private int firstNotBefore(V entity) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(entities.get(middle), entity) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int firstAfter(V entity) {
    return firstAfter(entity, 0, size());
  }

  /**
   * Looks near {@code from} first, in steps that double: neighbours are found in few comparisons.
   */
  private int firstAfter(V entity, int from) {
    int low = from;
    int step = 1;
    while (step <= size() - low && order.compare(entities.get(low + step - 1), entity) <= 0) {
      low += step;
      step *= 2;
    }
    return firstAfter(entity, low, Math.min(low + step, size()));
  }

  private int firstAfter(V entity, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(entities.get(middle), entity) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
