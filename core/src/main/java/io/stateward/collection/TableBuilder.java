package io.stateward.collection;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes many changes to an {@link EntityTable} at once; the order, if there is one, is brought up
 * to date once, by {@link #build}.
 *
 * <pre>{@code
 * TableBuilder<Long, Todo> builder = todos.toBuilder();
 * builder.removeAll(finished).setAll(received);
 * EntityTable<Long, Todo> later = builder.build();
 * }</pre>
 *
 * <p>The operations follow the rules of {@link EntityTable}. The builder may go on after {@link
 * #build}; no table it ever returned changes.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Failure.</b> An operation that throws has changed nothing, or, if it takes several
 * entities, has dealt with those before the one that it failed at.
 *
 * @param <K> the type of the ids
 * @param <V> the type of the entities
 * @since 0.1
 */
public final class TableBuilder<K, V> {

  private final EntityTable<K, V> origin;
  private final MapBuilder<K, V> byId;

  TableBuilder(EntityTable<K, V> origin) {
    this.origin = origin;
    this.byId = origin.byId().toBuilder();
  }

  /**
   * Returns the entity under an id.
   *
   * @param id the id
   * @return the entity so far, or {@code null} if there is none
   */
  public @Nullable V get(K id) {
    return byId.get(id);
  }

  /**
   * Returns the number of entities.
   *
   * @return the number so far
   */
  public int size() {
    return byId.size();
  }

  /**
   * Adds an entity unless its id is taken.
   *
   * @param entity the entity
   * @return this builder
   */
  public TableBuilder<K, V> add(V entity) {
    return byId.get(origin.idOf(entity)) == null ? set(entity) : this;
  }

  /**
   * Puts an entity under its id, in place of another if there is one.
   *
   * @param entity the entity
   * @return this builder
   */
  public TableBuilder<K, V> set(V entity) {
    K id = origin.idOf(entity);
    V first = origin.get(id);
    // An equal entity stays the object it is: the index of the origin finds entities by identity.
    byId.put(id, first != null && first.equals(entity) ? first : entity);
    return this;
  }

  /**
   * Puts entities under their ids, in place of others if there are any.
   *
   * @param entities the entities; of several with one id the last counts
   * @return this builder
   */
  public TableBuilder<K, V> setAll(Iterable<? extends V> entities) {
    entities.forEach(this::set);
    return this;
  }

  /**
   * Adds an entity, or merges it into the one that is under its id.
   *
   * @param entity the entity
   * @param merge maps the entity now and {@code entity} to the entity then
   * @return this builder
   */
  public TableBuilder<K, V> upsert(V entity, BinaryOperator<V> merge) {
    K id = origin.idOf(entity);
    return byId.get(id) == null ? set(entity) : update(id, now -> merge.apply(now, entity));
  }

  /**
   * Changes the entity under an id by a function, if there is one.
   *
   * @param id the id
   * @param change maps the entity now to the entity then
   * @return this builder
   * @throws IllegalArgumentException if the changed entity has the id of another
   */
  public TableBuilder<K, V> update(K id, UnaryOperator<V> change) {
    V was = byId.get(id);
    if (was == null) {
      return this;
    }
    V now = change.apply(was);
    K idNow = origin.idOf(now);
    if (!idNow.equals(id)) {
      requireFree(byId.get(idNow), id, idNow);
      byId.remove(id);
    }
    return set(now);
  }

  /**
   * Changes the entities under some ids by a function.
   *
   * @param ids the ids; one that is not there or comes again does not matter
   * @param change maps an entity now to the entity then
   * @return this builder
   * @throws IllegalArgumentException if two entities end up with one id; nothing is changed then
   */
  public TableBuilder<K, V> updateAll(Iterable<? extends K> ids, UnaryOperator<V> change) {
    Map<K, V> changed = new LinkedHashMap<>();
    for (K id : ids) {
      V was = byId.get(id);
      if (was != null && !changed.containsKey(id)) {
        changed.put(id, Checks.present(change.apply(was), "The changed entity"));
      }
    }
    requireDistinct(changed);
    changed.forEach(this::removeIfRenamed);
    return setAll(changed.values());
  }

  private void requireDistinct(Map<K, V> changed) {
    Map<K, K> oldIds = new LinkedHashMap<>();
    changed.forEach(
        (id, entity) -> {
          K idNow = origin.idOf(entity);
          if (!idNow.equals(id) && !changed.containsKey(idNow)) {
            requireFree(byId.get(idNow), id, idNow);
          }
          K rival = oldIds.putIfAbsent(idNow, id);
          if (rival != null) {
            throw new IllegalArgumentException(
                "The entities with the ids %s and %s would both get the id %s, and one would be lost."
                        .formatted(rival, id, idNow)
                    + " Give them different ids, or remove one of them first.");
          }
        });
  }

  private void removeIfRenamed(K id, V entity) {
    if (!origin.idOf(entity).equals(id)) {
      byId.remove(id);
    }
  }

  /**
   * Removes the entity under an id, if there is one.
   *
   * @param id the id
   * @return this builder
   */
  public TableBuilder<K, V> remove(K id) {
    byId.remove(id);
    return this;
  }

  /**
   * Removes the entities under some ids.
   *
   * @param ids the ids; those that are not there do not matter
   * @return this builder
   */
  public TableBuilder<K, V> removeAll(Iterable<? extends K> ids) {
    byId.removeAll(ids);
    return this;
  }

  /**
   * Makes the table hold the given entities and no others.
   *
   * @param entities the entities; of several with one id the last counts
   * @return this builder
   */
  public TableBuilder<K, V> replaceAll(Iterable<? extends V> entities) {
    Set<K> kept = new HashSet<>();
    for (V entity : entities) {
      set(entity);
      kept.add(origin.idOf(entity));
    }
    for (K id : byId.build().keySet()) {
      if (!kept.contains(id)) {
        byId.remove(id);
      }
    }
    return this;
  }

  /**
   * Returns how the content so far differs from the table that the builder began with.
   *
   * @return the change set
   */
  public Diff<K, V> changes() {
    return byId.changes();
  }

  /**
   * Returns the content so far as a table.
   *
   * @return the table; the one the builder began with if nothing has changed
   */
  public EntityTable<K, V> build() {
    return origin.with(byId.build());
  }

  static <K> void requireFree(@Nullable Object occupant, K id, K idNow) {
    if (occupant != null) {
      throw new IllegalArgumentException(
          "The update changes the id %s to %s, but there is an entity with the id %s already: %s."
                  .formatted(id, idNow, idNow, occupant)
              + " One of the two would be lost; remove the other first, or give this one a free id.");
    }
  }
}
