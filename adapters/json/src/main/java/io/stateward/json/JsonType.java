package io.stateward.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * The name of a generic type, which no class literal has.
 *
 * <pre>{@code
 * Codec<List<User>> users = Jackson.codec("users/1", new JsonType<List<User>>() {});
 * }</pre>
 *
 * <p>It is abstract because only a subclass, empty as it is, keeps its type argument at run time.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <T> the type
 * @since 0.1
 */
public abstract class JsonType<T> {

  private final Type type;

  /** For the empty subclass at the place of use. */
  protected JsonType() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
        || getClass().getSuperclass() != JsonType.class) {
      throw new IllegalArgumentException(
          "A JsonType names its type where it is made: new JsonType<List<User>>() {}.");
    }
    this.type = named.getActualTypeArguments()[0];
  }

  final Type type() {
    return type;
  }
}
