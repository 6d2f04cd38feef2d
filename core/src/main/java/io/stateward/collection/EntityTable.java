package io.stateward.collection;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A persistent table of entities, each under the id that it carries, in an order if one is given.
 *
 * <pre>{@code
 * EntityTable<Long, Todo> todos = EntityTable.sorted(Todo::id, comparing(Todo::title));
 * todos = todos.set(new Todo(7L, "milk", false)).update(7L, Todo::asDone);
 * todos.get(7L);                          // Todo[id=7, title=milk, done=true]
 * for (Todo todo : todos) { show(todo); } // by title
 * }</pre>
 *
 * <p>Entities are immutable values, records above all. An operation that ends where it began, by
 * identity or by {@code equals}, returns the same table; so does one that names an id that is not
 * there. Within one call with several entities the last of those with one id counts.
 *
 * <p><b>Renames.</b> An update may change the id: the entity then moves from the old id to the new.
 * If another entity is under the new id already, the update is refused with an {@link
 * IllegalArgumentException}, for one of the two would be lost: remove the other first. {@link
 * #updateAll} judges this after all updates of the call, so two entities may exchange their ids.
 *
 * <p><b>Thread safety.</b> Immutable, and safe to publish through a data race.
 *
 * <p><b>Ordering.</b> A sorted table iterates as its comparator says; entities that compare as
 * equal follow the natural order of their ids, or their hash codes if the ids have no such order.
 * Without a comparator the order is that of {@link PersistentMap}. Tables are equal if they hold
 * equal entities, in whatever order.
 *
 * <p><b>Cost.</b> With {@code n} entities, {@link #get} takes about log32(n) steps; changing one
 * copies that many nodes and, if sorted, calls the comparator about log2(n) times per entity. Many
 * at once sort what is new and merge it; what was sorted is never sorted again.
 *
 * @param <K> the type of the ids
 * @param <V> the type of the entities
 * @since 0.1
 */
public final class EntityTable<K, V> implements Iterable<V> {

  private final Function<? super V, ? extends K> idOf;
  private final PersistentMap<K, V> byId;
  private final @Nullable SortedIndex<K, V> index;

  EntityTable(
      Function<? super V, ? extends K> idOf,
      PersistentMap<K, V> byId,
      @Nullable SortedIndex<K, V> index) {
    this.idOf = idOf;
    this.byId = byId;
    this.index = index;
  }

  /**
   * Returns an empty table without an order of its own.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param idOf reads the id of an entity: a pure function that never returns {@code null}
   * @return the table
   */
  public static <K, V> EntityTable<K, V> of(Function<? super V, ? extends K> idOf) {
    return new EntityTable<>(idOf, PersistentMap.of(), null);
  }

  /**
   * Returns an empty table that keeps its entities in order.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param idOf reads the id of an entity: a pure function that never returns {@code null}
   * @param comparator the order; entities that it holds for equal are ordered by id
   * @return the table
   */
  public static <K, V> EntityTable<K, V> sorted(
      Function<? super V, ? extends K> idOf, Comparator<? super V> comparator) {
    var order = new EntityOrder<K, V>(idOf, comparator);
    return new EntityTable<>(
        idOf, PersistentMap.of(), new SortedIndex<>(order, PersistentVector.of()));
  }

  /**
   * Returns a builder that begins with this table, for many changes at once.
   *
   * @return a new builder; this table is not affected by it
   */
  public TableBuilder<K, V> toBuilder() {
    return new TableBuilder<>(this);
  }

  /**
   * Returns the entity under an id.
   *
   * @param id the id
   * @return the entity, or {@code null} if there is none
   */
  public @Nullable V get(K id) {
    return byId.get(id);
  }

  /**
   * Returns whether there is an entity under an id.
   *
   * @param id the id
   * @return whether there is one
   */
  public boolean contains(K id) {
    return byId.containsKey(id);
  }

  /**
   * Returns the number of entities.
   *
   * @return the number
   */
  public int size() {
    return byId.size();
  }

  /**
   * Returns whether the table is empty.
   *
   * @return whether there is no entity
   */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /**
   * Returns the entities as a map, for comparing versions above all.
   *
   * @return the map behind this table, in O(1)
   */
  public PersistentMap<K, V> byId() {
    return byId;
  }

  /**
   * Returns the ids in the order of the table.
   *
   * @return an unmodifiable view; {@code contains} is as fast as {@link #contains}
   */
  public Set<K> ids() {
    return index == null ? byId.keySet() : TableViews.ids(this);
  }

  /**
   * Returns the entities in the order of the table.
   *
   * @return an unmodifiable view, a {@link PersistentVector} if the table is sorted
   */
  public Collection<V> values() {
    return index == null ? byId.values() : index.entities();
  }

  /**
   * Returns the entities in the order of the table, by position.
   *
   * @return the list, in O(1) if the table is sorted, else in O(n)
   */
  public PersistentVector<V> toList() {
    return PersistentVector.copyOf(values());
  }

  @Override
  public Iterator<V> iterator() {
    return values().iterator();
  }

  @Override
  public void forEach(Consumer<? super V> action) {
    values().forEach(action);
  }

  /**
   * Adds an entity unless its id is taken.
   *
   * @param entity the entity
   * @return the changed table, or this one if there is an entity under that id
   */
  public EntityTable<K, V> add(V entity) {
    return contains(idOf(entity)) ? this : set(entity);
  }

  /**
   * Adds those entities whose ids are not taken.
   *
   * @param entities the entities; of several with one id the last counts
   * @return the changed table, or this one if every id is taken
   */
  public EntityTable<K, V> addAll(Iterable<? extends V> entities) {
    TableBuilder<K, V> builder = toBuilder();
    for (V entity : entities) {
      if (!contains(idOf(entity))) {
        builder.set(entity);
      }
    }
    return builder.build();
  }

  /**
   * Puts an entity under its id, in place of another if there is one.
   *
   * @param entity the entity
   * @return the changed table, or this one if it holds an equal entity
   */
  public EntityTable<K, V> set(V entity) {
    K id = idOf(entity);
    V was = byId.get(id);
    return Objects.equals(was, entity) ? this : with(byId.plus(id, entity), was, entity);
  }

  /**
   * Puts entities under their ids, in place of others if there are any.
   *
   * @param entities the entities; of several with one id the last counts
   * @return the changed table, or this one if it holds equal entities
   */
  public EntityTable<K, V> setAll(Iterable<? extends V> entities) {
    return toBuilder().setAll(entities).build();
  }

  /**
   * Adds an entity, or merges it into the one that is under its id.
   *
   * @param entity the entity
   * @param merge maps the entity now and {@code entity} to the entity then; see the class comment
   *     for a result with another id
   * @return the changed table, or this one if it ends where it began
   */
  public EntityTable<K, V> upsert(V entity, BinaryOperator<V> merge) {
    K id = idOf(entity);
    return contains(id) ? update(id, now -> merge.apply(now, entity)) : set(entity);
  }

  /**
   * Adds entities one after the other, or merges them into those that are under their ids.
   *
   * @param entities the entities; those with one id are merged in their order
   * @param merge maps the entity now and the one given to the entity then
   * @return the changed table, or this one if it ends where it began
   */
  public EntityTable<K, V> upsertAll(Iterable<? extends V> entities, BinaryOperator<V> merge) {
    TableBuilder<K, V> builder = toBuilder();
    entities.forEach(entity -> builder.upsert(entity, merge));
    return builder.build();
  }

  /**
   * Changes the entity under an id by a function, if there is one.
   *
   * @param id the id
   * @param change maps the entity now to the entity then; see the class comment for a change of id
   * @return the changed table, or this one if there is no such entity or it stays equal
   * @throws IllegalArgumentException if the changed entity has the id of another
   */
  public EntityTable<K, V> update(K id, UnaryOperator<V> change) {
    V was = byId.get(id);
    if (was == null) {
      return this;
    }
    V now = change.apply(was);
    K idNow = idOf(now);
    if (idNow.equals(id)) {
      return set(now);
    }
    TableBuilder.requireFree(byId.get(idNow), id, idNow);
    return with(byId.minus(id).plus(idNow, now), was, now);
  }

  /**
   * Changes the entities under some ids by a function.
   *
   * @param ids the ids; one that is not there or comes again does not matter
   * @param change maps an entity now to the entity then; see the class comment for a change of id
   * @return the changed table, or this one if all entities stay equal
   * @throws IllegalArgumentException if two entities end up with one id
   */
  public EntityTable<K, V> updateAll(Iterable<? extends K> ids, UnaryOperator<V> change) {
    return toBuilder().updateAll(ids, change).build();
  }

  /**
   * Changes every entity by a function.
   *
   * @param change maps an entity now to the entity then; see the class comment for a change of id
   * @return the changed table, or this one if all entities stay equal
   * @throws IllegalArgumentException if two entities end up with one id
   */
  public EntityTable<K, V> updateAll(UnaryOperator<V> change) {
    return updateAll(byId.keySet(), change);
  }

  /**
   * Removes the entity under an id.
   *
   * @param id the id
   * @return the changed table, or this one if there is no such entity
   */
  public EntityTable<K, V> remove(K id) {
    V was = byId.get(id);
    return was == null ? this : with(byId.minus(id), was, null);
  }

  /**
   * Removes the entities under some ids.
   *
   * @param ids the ids; those that are not there do not matter
   * @return the changed table, or this one if none of the ids is there
   */
  public EntityTable<K, V> removeAll(Iterable<? extends K> ids) {
    return toBuilder().removeAll(ids).build();
  }

  /**
   * Removes every entity, in O(1).
   *
   * @return the empty table with the same id function and order
   */
  public EntityTable<K, V> clear() {
    return isEmpty()
        ? this
        : new EntityTable<>(idOf, PersistentMap.of(), index == null ? null : index.cleared());
  }

  /**
   * Makes the table hold the given entities and no others. Entities that are equal to those here
   * stay the objects they are, so the difference to this table is as small as can be.
   *
   * @param entities the entities; of several with one id the last counts
   * @return the changed table, or this one if it holds equal entities
   */
  public EntityTable<K, V> replaceAll(Iterable<? extends V> entities) {
    return toBuilder().replaceAll(entities).build();
  }

  /**
   * Returns how this table differs from an earlier version.
   *
   * @param earlier the version to compare with
   * @return what happened between {@code earlier} and this table
   */
  public Diff<K, V> diff(EntityTable<K, V> earlier) {
    return byId.diff(earlier.byId);
  }

  /**
   * Tells a visitor how one version differs from another, without collecting anything.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param before the earlier version
   * @param after the later version
   * @param visitor told each difference once
   */
  public static <K, V> void diff(
      EntityTable<K, V> before, EntityTable<K, V> after, DiffVisitor<K, V> visitor) {
    PersistentMap.diff(before.byId, after.byId, visitor);
  }

  /** Returns the id that the entity carries. */
  K idOf(V entity) {
    Checks.present(entity, "The entity");
    K id = idOf.apply(entity);
    if (id == null) {
      throw new NullPointerException(
          "The id of " + entity + " is null. Give every entity an id before it enters a table.");
    }
    return id;
  }

  /** Returns a table with many entities changed at once. */
  EntityTable<K, V> with(PersistentMap<K, V> changed) {
    if (changed.equals(byId)) {
      return this;
    }
    SortedIndex<K, V> moved = index == null ? null : index.after(changed.diff(byId));
    return new EntityTable<>(idOf, changed, moved);
  }

  private EntityTable<K, V> with(PersistentMap<K, V> changed, @Nullable V was, @Nullable V now) {
    return new EntityTable<>(idOf, changed, index == null ? null : index.moved(was, now));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof EntityTable<?, ?> other && byId.equals(other.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
