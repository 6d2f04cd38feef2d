package io.stateward.jackson2;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stateward.codec.TreeCodec;
import io.stateward.json.JsonCodecs;
import io.stateward.json.JsonType;
import java.util.function.UnaryOperator;

/**
 * Codecs on Jackson 2.
 *
 * <pre>{@code
 * Codec<User> user = Jackson.codec("user/3", User.class);
 * Codec<List<User>> users = Jackson.codec("users/1", new JsonType<List<User>>() {});
 * Codec<Shape> shapes = Jackson.strict()
 *     .named(Circle.class, "circle")
 *     .named(Square.class, "square")
 *     .codec("shape/1", Shape.class);
 * }</pre>
 *
 * <p>They are strict unless {@link JsonCodecs#lenient} is called. In a named module, open the
 * packages of the records to {@code com.fasterxml.jackson.databind}.
 *
 * <p><b>Thread safety.</b> Everything here is immutable.
 *
 * @since 0.1
 */
public final class Jackson {

  private static final JsonCodecs STRICT = strict(mapper -> mapper);

  private Jackson() {}

  /**
   * Returns strict codecs, to say something about types.
   *
   * @return codecs without any names and tables
   */
  public static JsonCodecs strict() {
    return STRICT;
  }

  /**
   * Returns strict codecs on a mapper that the host has a part in, for example with modules for
   * types of its own.
   *
   * @param host adds modules, mix-ins, serializers; called once for each codec. What it sets
   *     against the strictness and the form of the codecs is set back, and default typing is
   *     refused when a codec is made
   * @return codecs without any names and tables
   */
  public static JsonCodecs strict(UnaryOperator<JsonMapper.Builder> host) {
    return JsonCodecs.of(new Jackson2(host));
  }

  /**
   * Returns the strict codec of a class that has a stable name, as {@link JsonCodecs#codec(Class)}
   * does.
   *
   * @param <T> the type of the values
   * @param type the class, annotated with {@code @JsonTypeName}
   * @return the codec
   * @throws IllegalArgumentException if the class has no stable name, or cannot be read back
   */
  public static <T> TreeCodec<T> codec(Class<T> type) {
    return STRICT.codec(type);
  }

  /**
   * Returns the strict codec of a class.
   *
   * @param <T> the type of the values
   * @param schema the schema id, best with a version, as in {@code "user/3"}
   * @param type the class, without type parameters
   * @return the codec
   * @throws IllegalArgumentException if the class has type parameters or cannot be read back
   */
  public static <T> TreeCodec<T> codec(String schema, Class<T> type) {
    return STRICT.codec(schema, type);
  }

  /**
   * Returns the strict codec of a type that may be generic.
   *
   * @param <T> the type of the values
   * @param schema the schema id, best with a version, as in {@code "users/3"}
   * @param type the type
   * @return the codec
   * @throws IllegalArgumentException if the type cannot be read back
   */
  public static <T> TreeCodec<T> codec(String schema, JsonType<T> type) {
    return STRICT.codec(schema, type);
  }
}
