package io.stateward.merge;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record type, how to read them and how to make a record of them. Handles are
 * looked up once.
 */
final class RecordShape<R extends Record> {

  private final Class<R> type;
  private final List<RecordComponent> components;
  private final List<MethodHandle> accessors; // each (Object)Object
  private final MethodHandle constructor; // (Object[])Object

  private RecordShape(
      Class<R> type,
      List<RecordComponent> components,
      List<MethodHandle> accessors,
      MethodHandle constructor) {
    this.type = type;
    this.components = components;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  /** Looks up the shape of a record type that is open to this module. */
  static <R extends Record> RecordShape<R> of(Class<R> type) {
    try {
      return of(
          type,
          MethodHandles.lookup(),
          (accessor, constructor) -> {
            accessor.forEach(it -> it.setAccessible(true));
            constructor.setAccessible(true);
          });
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      throw new IllegalArgumentException(closed(type), e);
    }
  }

  /** Looks up the shape of a record type that the given lookup has access to. */
  static <R extends Record> RecordShape<R> of(Class<R> type, MethodHandles.Lookup lookup) {
    try {
      return of(type, MethodHandles.privateLookupIn(type, lookup), (accessors, constructor) -> {});
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "The given lookup of %s has no access to the record %s. Call MethodHandles.lookup() in a class of the record's own module."
              .formatted(lookup.lookupClass().getName(), type.getName()),
          e);
    }
  }

  private interface Opening {
    void open(List<Method> accessors, Constructor<?> constructor);
  }

  private static <R extends Record> RecordShape<R> of(
      Class<R> type, MethodHandles.Lookup lookup, Opening opening) throws IllegalAccessException {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(
          type.getName() + " is no record class. Name the class of the records that are merged.");
    }
    List<Method> methods = Stream.of(components).map(RecordComponent::getAccessor).toList();
    Constructor<R> made = canonical(type, components);
    opening.open(methods, made);
    MethodHandle[] accessors = new MethodHandle[components.length];
    for (int i = 0; i < accessors.length; i++) {
      accessors[i] =
          lookup
              .unreflect(methods.get(i))
              .asType(MethodType.methodType(Object.class, Object.class));
    }
    MethodHandle constructor =
        lookup
            .unreflectConstructor(made)
            .asType(MethodType.genericMethodType(components.length))
            .asSpreader(Object[].class, components.length);
    return new RecordShape<>(type, List.of(components), List.of(accessors), constructor);
  }

  private static <R extends Record> Constructor<R> canonical(
      Class<R> type, RecordComponent[] components) {
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type.getName() + " has no canonical constructor, so it cannot be merged.", e);
    }
  }

  private static String closed(Class<?> type) {
    Module reader = RecordShape.class.getModule();
    String to = reader.isNamed() ? " to " + reader.getName() : "";
    return ("The record %s cannot be read: its module %s does not open the package. Add 'opens %s%s;' to its"
            + " module-info.java, or use Merge.of(%s.class, MethodHandles.lookup()).")
        .formatted(
            type.getName(),
            type.getModule().getName(),
            type.getPackageName(),
            to,
            type.getSimpleName());
  }

  Class<R> type() {
    return type;
  }

  String name() {
    return type.getSimpleName();
  }

  int size() {
    return components.size();
  }

  int indexOf(String field) {
    return IntStream.range(0, size())
        .filter(i -> nameOf(i).equals(field))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The record %s has no field '%s'. Its fields are %s."
                        .formatted(
                            type.getName(),
                            field,
                            components.stream().map(RecordComponent::getName).toList())));
  }

  String nameOf(int field) {
    return components.get(field).getName();
  }

  Class<?> typeOf(int field) {
    return components.get(field).getType();
  }

  Class<?> boxedTypeOf(int field) {
    return MethodType.methodType(typeOf(field)).wrap().returnType();
  }

  /** Returns whether a value can be in a field. */
  boolean fits(int field, @Nullable Object value) {
    return value == null ? !typeOf(field).isPrimitive() : boxedTypeOf(field).isInstance(value);
  }

  @Nullable Object get(R record, int field) {
    try {
      return (@Nullable Object) accessors.get(field).invokeExact((Object) record);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  R make(@Nullable Object[] values) {
    try {
      return type.cast((Object) constructor.invokeExact(values));
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new UndeclaredThrowableException(thrown);
  }
}
