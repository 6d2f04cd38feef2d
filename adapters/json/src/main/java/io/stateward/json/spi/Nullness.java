package io.stateward.json.spi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a component of a record may be null, as its declaration says.
 *
 * <p>Annotations count by their simple names, so those of JSpecify are as good as others, and none
 * needs to be there at run time.
 *
 * @since 0.1
 */
public enum Nullness {
  /** A primitive, or declared in {@code @NullMarked} code without {@code @Nullable}. */
  NON_NULL,
  /** Declared {@code @Nullable}: it may also be missing from the text. */
  NULLABLE,
  /** Declared in code that says nothing about null: it may be null, but not missing. */
  UNSPECIFIED;

  /**
   * Returns what a record says about a parameter of its canonical constructor.
   *
   * @param constructor the constructor, or any other executable
   * @param index the index of the parameter, from 0
   * @return the nullness; {@link #NULLABLE} if this is no canonical constructor
   */
  public static Nullness of(Executable constructor, int index) {
    RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
    return components != null && isCanonical(constructor, components)
        ? of(components[index])
        : NULLABLE;
  }

  private static boolean isCanonical(Executable executable, RecordComponent[] components) {
    Object[] types = Arrays.stream(components).map(RecordComponent::getType).toArray();
    return executable instanceof Constructor<?>
        && Arrays.equals(executable.getParameterTypes(), types);
  }

  /**
   * Returns what a record says about a component.
   *
   * @param owner the record, or any other class
   * @param name the name of the component
   * @return the nullness; {@link #NULLABLE} if this is no component of a record
   */
  public static Nullness of(Class<?> owner, String name) {
    RecordComponent[] components = owner.getRecordComponents();
    return components == null
        ? NULLABLE
        : Arrays.stream(components)
            .filter(component -> component.getName().equals(name))
            .findFirst()
            .map(Nullness::of)
            .orElse(NULLABLE);
  }

  private static Nullness of(RecordComponent component) {
    if (component.getType().isPrimitive()) {
      return NON_NULL;
    }
    if (has(component.getAnnotatedType(), "Nullable") || has(component, "Nullable")) {
      return NULLABLE;
    }
    boolean marked =
        has(component.getAnnotatedType(), "NonNull")
            || has(component, "NonNull")
            || isNullMarked(component.getDeclaringRecord());
    return marked ? NON_NULL : UNSPECIFIED;
  }

  private static boolean isNullMarked(Class<?> declared) {
    for (@Nullable Class<?> type = declared; type != null; type = type.getEnclosingClass()) {
      if (has(type, "NullMarked") || has(type, "NullUnmarked")) {
        return has(type, "NullMarked");
      }
    }
    Package home = declared.getPackage();
    return has(home, "NullMarked")
        || (has(declared.getModule(), "NullMarked") && !has(home, "NullUnmarked"));
  }

  private static boolean has(AnnotatedElement element, String annotation) {
    for (Annotation present : element.getAnnotations()) {
      if (present.annotationType().getSimpleName().equals(annotation)) {
        return true;
      }
    }
    return false;
  }
}
