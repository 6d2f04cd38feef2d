package io.stateward.json;

import io.stateward.codec.JsonLimits;
import io.stateward.collection.EntityTable;
import io.stateward.collection.PersistentMap;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.JsonProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an application said about its types. */
record Options(
    boolean isStrict,
    JsonLimits limits,
    int stringLength,
    SealedTypes names,
    PersistentMap<Class<?>, EntityTable<?, ?>> tables)
    implements JsonForm {

  static final Options STANDARD =
      new Options(
          true,
          JsonLimits.standard(),
          16 << 20,
          new SealedTypes(PersistentMap.of()),
          PersistentMap.of());

  Options withStrict(boolean strict) {
    return new Options(strict, limits, stringLength, names, tables);
  }

  Options withLimits(JsonLimits limits) {
    return new Options(
        isStrict, Objects.requireNonNull(limits, "limits"), stringLength, names, tables);
  }

  Options withStringLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("The longest string has at least 1 character; " + length);
    }
    return new Options(isStrict, limits, length, names, tables);
  }

  Options withName(Class<?> type, String name) {
    checkLine("stable name", "circle", name);
    String before = names.names().get(type);
    if (before != null && !before.equals(name)) {
      throw new IllegalArgumentException(
          "%s is named '%s' already and cannot be '%s' too."
              .formatted(type.getName(), before, name));
    }
    SealedTypes more = new SealedTypes(names.names().plus(type, name));
    return new Options(isStrict, limits, stringLength, more, tables);
  }

  Options withTable(Class<?> entity, EntityTable<?, ?> empty) {
    if (!empty.isEmpty()) {
      throw new IllegalArgumentException(
          "The table to begin with has %d entities of type %s; it must be empty."
              .formatted(empty.size(), entity.getSimpleName()));
    }
    return new Options(isStrict, limits, stringLength, names, tables.plus(entity, empty));
  }

  static void checkLine(String what, String example, String line) {
    if (line.isBlank() || line.lines().count() > 1) {
      throw new IllegalArgumentException(
          "A %s is one non-empty line, for example \"%s\"; it was \"%s\"."
              .formatted(what, example, line));
    }
  }

  @Override
  public Map<String, Class<?>> members(Class<?> type) {
    return names.members(type);
  }

  @Override
  public EntityTable<?, ?> table(Class<?> entity, Iterable<?> entities) {
    EntityTable<?, ?> empty = tables.get(entity);
    if (empty == null) {
      throw new IllegalArgumentException(
          "No table is registered for %s; call .table(%s.class, ...)."
              .formatted(entity.getName(), entity.getSimpleName()));
    }
    return filled(entity, empty, entities);
  }

  @SuppressWarnings("unchecked") // registered for the class of these entities
  private static <V> EntityTable<?, V> filled(
      Class<?> entity, EntityTable<?, V> empty, Iterable<?> read) {
    List<V> entities = new ArrayList<>();
    read.forEach(each -> entities.add((V) Objects.requireNonNull(each, "entity")));
    EntityTable<?, V> table = empty.setAll(entities);
    if (table.size() < entities.size()) {
      throw JsonProblem.duplicateEntity(entity, firstRepeated(table, entities));
    }
    return table;
  }

  private static <K, V> int firstRepeated(EntityTable<K, V> full, List<V> entities) {
    EntityTable<K, V> sofar = full.clear();
    int index = 0;
    for (V entity : entities) {
      EntityTable<K, V> next = sofar.set(entity);
      if (next.size() == sofar.size()) {
        return index;
      }
      sofar = next;
      index++;
    }
    return index;
  }
}
