package io.stateward.collection;

import java.util.Comparator;
import java.util.function.Function;

/**
 * A total order over the entities of a table: the user's comparator and, where it cannot decide,
 * the ids. So the order of a table depends on what it holds and not on how that came about.
 */
final class EntityOrder<K, V> implements Comparator<V> {

  private final Function<? super V, ? extends K> idOf;
  private final Comparator<? super V> comparator;

  EntityOrder(Function<? super V, ? extends K> idOf, Comparator<? super V> comparator) {
    this.idOf = idOf;
    this.comparator = comparator;
  }

  @Override
  public int compare(V one, V other) {
    int order = comparator.compare(one, other);
    return order != 0 ? order : compareIds(idOf.apply(one), idOf.apply(other));
  }

  boolean sameId(V one, V other) {
    return one == other || idOf.apply(one).equals(idOf.apply(other));
  }

  /** Groups ids by class; within a class their natural order if they have one, else their hash. */
  @SuppressWarnings("unchecked")
  private static int compareIds(Object one, Object other) {
    if (one.getClass() != other.getClass()) {
      return one.getClass().getName().compareTo(other.getClass().getName());
    }
    return one instanceof Comparable
        ? ((Comparable<Object>) one).compareTo(other)
        : Integer.compare(one.hashCode(), other.hashCode());
  }
}
