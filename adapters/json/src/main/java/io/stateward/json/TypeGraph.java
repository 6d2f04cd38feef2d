package io.stateward.json;

import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stateward.collection.EntityTable;
import io.stateward.json.spi.JsonForm;
import io.stateward.json.spi.Tagging;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A walk over all types that a type is made of, which finds what could not be read back, before
 * anything is written.
 */
final class TypeGraph {

  private final SealedTypes names;
  private final Predicate<Class<?>> hasTable;
  private final Set<Type> seen = new HashSet<>();
  private final Set<Class<?>> open = new LinkedHashSet<>();

  private TypeGraph(SealedTypes names, Predicate<Class<?>> hasTable) {
    this.names = names;
    this.hasTable = hasTable;
  }

  /** Returns the open types among those, of which only the engine knows whether it reads them. */
  static Set<Class<?>> check(Type root, SealedTypes names, Predicate<Class<?>> hasTable) {
    TypeGraph graph = new TypeGraph(names, hasTable);
    graph.visit(root, root.getTypeName());
    return graph.open;
  }

  private void visit(Type type, String where) {
    if (!seen.add(type)) {
      return;
    }
    if (type instanceof Class<?> plain) {
      visitClass(plain, where);
    } else if (type instanceof ParameterizedType generic) {
      checkTable(generic, where);
      checkKey(generic, where);
      visit(generic.getRawType(), where);
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> visit(part, where));
    } else if (type instanceof GenericArrayType array) {
      visit(array.getGenericComponentType(), where);
    } else if (type instanceof WildcardType wildcard) {
      Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> visit(bound, where));
    }
  }

  private void visitClass(Class<?> type, String where) {
    if (type == Object.class) {
      throw new IllegalArgumentException(
          where + " is of type Object, which says nothing to read it by. Name its type.");
    }
    Tagging.check(type.getName(), type.getAnnotation(JsonTypeInfo.class));
    if (type.isArray()) {
      visit(type.getComponentType(), where);
    }
    Map<String, Class<?>> members = names.members(type);
    if (members.isEmpty() && isOpen(type)) {
      open.add(type);
    }
    members.values().forEach(member -> visit(member, member.getName()));
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        checkTag(type, component, !members.isEmpty());
        Tagging.check(
            type.getName() + "." + component.getName(),
            component.getAccessor().getAnnotation(JsonTypeInfo.class));
        visit(component.getGenericType(), type.getName() + "." + component.getName());
      }
    }
  }

  private static boolean isOpen(Class<?> type) {
    boolean container = Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    return Modifier.isAbstract(type.getModifiers())
        && !type.isPrimitive()
        && !type.isArray()
        && !type.isEnum()
        && !container;
  }

  private static void checkTag(Class<?> type, RecordComponent component, boolean tagged) {
    if (tagged && component.getName().equals(JsonForm.TAG)) {
      throw new IllegalArgumentException(
          "%s.%s has the key under which the name of the member is written. Rename the component."
              .formatted(type.getName(), component.getName()));
    }
  }

  private void checkTable(ParameterizedType generic, String where) {
    if (generic.getRawType() == EntityTable.class
        && generic.getActualTypeArguments()[1] instanceof Class<?> entity
        && !hasTable.test(entity)) {
      throw new IllegalArgumentException(
          ("%s is an EntityTable of %s, and how to read its ids is not known:"
                  + " call .table(%s.class, EntityTable.of(%2$s::id)).")
              .formatted(where, entity.getSimpleName(), entity.getSimpleName()));
    }
  }

  private static void checkKey(ParameterizedType generic, String where) {
    if (generic.getRawType() instanceof Class<?> map
        && Map.class.isAssignableFrom(map)
        && generic.getActualTypeArguments().length == 2
        && generic.getActualTypeArguments()[0] instanceof Class<?> key
        && !isKey(key)) {
      throw new IllegalArgumentException(
          ("%s is a map with keys of type %s, which have no string form. Give the record a"
                  + " @JsonValue method and a @JsonCreator, or use an EntityTable or a list.")
              .formatted(where, key.getSimpleName()));
    }
  }

  private static boolean isKey(Class<?> key) {
    if (key.isEnum()) {
      return true;
    }
    boolean compound = key.isRecord() || key.isSealed() || key.isArray() || key == Object.class;
    return !compound || Stream.concat(elements(key), components(key)).anyMatch(TypeGraph::isMarked);
  }

  private static Stream<AnnotatedElement> elements(Class<?> type) {
    return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getFields()));
  }

  private static Stream<AnnotatedElement> components(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components == null ? Stream.of() : Arrays.stream(components);
  }

  private static boolean isMarked(AnnotatedElement element) {
    return element.isAnnotationPresent(JsonValue.class)
        || element.isAnnotationPresent(JsonKey.class);
  }
}
