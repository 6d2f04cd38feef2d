package io.stateward.scope;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The typed key under which a scope provides a value.
 *
 * <pre>{@code
 * static final ScopeKey<Theme> THEME = ScopeKey.of("theme", Theme.class);
 * static final ScopeKey<List<Locale>> LOCALES = ScopeKey.of("locales");
 * static final ScopeKey<Clock> CLOCK = ScopeKey.withDefault("clock", Clock.systemUTC());
 * }</pre>
 *
 * <p>A key is only ever equal to itself: two keys of one name and type are two keys, so modules
 * that do not know each other never collide. Keep each in a constant, and share the constant.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public final class ScopeKey<T> {

  private final String name;
  private final @Nullable Class<T> type;
  private final @Nullable T fallback;

  private ScopeKey(String name, @Nullable Class<T> type, @Nullable T fallback) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = type;
    this.fallback = fallback;
  }

  /**
   * Creates a key whose values are checked against a class when they are provided.
   *
   * @param <T> the type of the value
   * @param name the name, for errors
   * @param type the class of the value
   * @return a new key
   */
  public static <T> ScopeKey<T> of(String name, Class<T> type) {
    return new ScopeKey<>(name, Objects.requireNonNull(type, "type"), null);
  }

  /**
   * Creates a key for a type that no class literal names, such as {@code List<Locale>}. The type is
   * that of the constant it is assigned to, and the compiler alone checks it.
   *
   * @param <T> the type of the value
   * @param name the name, for errors
   * @return a new key
   */
  public static <T> ScopeKey<T> of(String name) {
    return new ScopeKey<>(name, null, null);
  }

  /**
   * Creates a key that has a value where nobody provides one.
   *
   * @param <T> the type of the value
   * @param name the name, for errors
   * @param fallback the value that is found where nobody provides one
   * @return a new key
   */
  public static <T> ScopeKey<T> withDefault(String name, T fallback) {
    return new ScopeKey<>(name, null, Objects.requireNonNull(fallback, "fallback"));
  }

  /**
   * Returns the name that errors say.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /** Returns the value that is found where nobody provides one, or null if there is none. */
  @Nullable T fallback() {
    return fallback;
  }

  /** Refuses what got past the compiler by an unchecked cast. */
  T checked(T value) {
    Objects.requireNonNull(value, "value");
    if (type != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "Key %s cannot hold a value of %s. An unchecked cast upstream let it through; look at the warnings of the caller."
              .formatted(this, value.getClass().getName()));
    }
    return value;
  }

  @Override
  public String toString() {
    return type == null ? "'" + name + "'" : "'" + name + "' (" + type.getSimpleName() + ")";
  }
}
