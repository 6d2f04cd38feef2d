package io.stateward.json;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.stateward.collection.PersistentMap;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stable names of the members of sealed types. A member is what can be instantiated: a class
 * below the sealed type that is not abstract.
 */
record SealedTypes(PersistentMap<Class<?>, String> names) {

  /** Returns the registered or annotated name of a class. */
  @Nullable String nameOf(Class<?> type) {
    String registered = names.get(type);
    if (registered != null) {
      return registered;
    }
    JsonTypeName annotated = type.getAnnotation(JsonTypeName.class);
    return annotated == null || annotated.value().isBlank() ? null : annotated.value();
  }

  Map<String, Class<?>> members(Class<?> type) {
    if (isSealed(type)) {
      return named(type, leaves(type));
    }
    Class<?> sealed = sealedAbove(type);
    return sealed == null ? Map.of() : named(sealed, Set.of(type));
  }

  private Map<String, Class<?>> named(Class<?> sealed, Set<Class<?>> leaves) {
    Map<String, Class<?>> members = new LinkedHashMap<>();
    for (Class<?> leaf : leaves) {
      String name = nameOf(leaf);
      if (name == null) {
        throw new IllegalArgumentException(
            ("%s is a member of the sealed %s and has no stable name. Class names are never"
                    + " written: annotate it with @JsonTypeName(\"...\") or call"
                    + " .named(%s.class, \"...\").")
                .formatted(leaf.getName(), sealed.getSimpleName(), leaf.getSimpleName()));
      }
      Class<?> other = members.put(name, leaf);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s have the same name '%s'; give each its own."
                .formatted(other.getName(), leaf.getName(), name));
      }
    }
    return members;
  }

  private static Set<Class<?>> leaves(Class<?> sealed) {
    Set<Class<?>> leaves = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(Set.of(sealed));
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      boolean isAbstract = Modifier.isAbstract(type.getModifiers());
      if (isAbstract && !type.isSealed()) {
        throw new IllegalArgumentException(
            "%s is below the sealed %s, but open: nobody knows its members. Make it sealed or final."
                .formatted(type.getName(), sealed.getSimpleName()));
      }
      if (!isAbstract || type.isEnum()) {
        leaves.add(type);
      }
      if (isSealed(type)) {
        open.addAll(List.of(type.getPermittedSubclasses()));
      }
    }
    return leaves;
  }

  /** Sealed types of the JDK, such as that above String, are not the application's. */
  private static boolean isSealed(Class<?> type) {
    return type.isSealed() && !type.isEnum() && !type.getName().startsWith("java.");
  }

  /** Returns a sealed type that permits a class, directly or through another. */
  private static @Nullable Class<?> sealedAbove(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    if (parent != null && isSealed(parent)) {
      return parent;
    }
    for (Class<?> above : type.getInterfaces()) {
      if (isSealed(above)) {
        return above;
      }
    }
    return null;
  }
}
