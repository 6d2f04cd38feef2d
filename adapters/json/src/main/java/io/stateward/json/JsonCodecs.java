package io.stateward.json;

import io.stateward.codec.JsonLimits;
import io.stateward.codec.TreeCodec;
import io.stateward.collection.EntityTable;
import io.stateward.json.spi.JsonEngine;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Objects;

/**
 * Makes codecs of one JSON library, under what an application says about its types.
 *
 * <pre>{@code
 * static final JsonCodecs JSON = Jackson.strict()
 *     .named(Circle.class, "circle")
 *     .table(Todo.class, EntityTable.sorted(Todo::id, comparing(Todo::title)));
 *
 * TreeCodec<App> app = JSON.codec("app/3", App.class);
 * Codec<List<Todo>> todos = JSON.codec("todos/1", new JsonType<List<Todo>>() {});
 * Codec<User> users = JSON.codec(User.class);          // @JsonTypeName("user/3") record User(...)
 * }</pre>
 *
 * <p><b>Names.</b> Nothing that is written contains the name of a class, so classes may be renamed
 * and moved. A member of a sealed type needs a stable name, and a codec a schema: by {@link
 * #named}, by {@code @JsonTypeName} on the class, or, for a schema, as an argument.
 *
 * <p><b>Trees.</b> The codecs are {@link TreeCodec}s, so migrations, exports and hydration work on
 * what they write.
 *
 * <p><b>Strictness.</b> What was not written by this program is refused: unknown keys, keys that
 * are there twice, text after the value, components that are missing (unless {@code @Nullable}),
 * {@code null} for what must not be null (primitives, components declared in {@code @NullMarked}
 * code without {@code @Nullable}, elements of collections), and scalars of another kind, such as
 * {@code "1"} for a number. {@link #lenient} accepts these. What a strict codec would not read, it
 * does not write either. {@link #limits} hold always.
 *
 * <p><b>Thread safety.</b> Immutable; each method returns another value. Keep it in a constant.
 *
 * <p><b>Failure.</b> A type that could not be read back is refused when its codec is made. Codecs
 * throw {@link io.stateward.codec.CodecException} for bytes, and {@link IllegalArgumentException}
 * for a value that cannot be encoded. The messages have the path to the place and no values.
 *
 * <p><b>Cost.</b> Making a codec inspects its types by reflection: milliseconds, so keep codecs
 * too.
 *
 * @since 0.1
 */
public final class JsonCodecs {

  private final JsonEngine engine;
  private final Options options;

  private JsonCodecs(JsonEngine engine, Options options) {
    this.engine = engine;
    this.options = options;
  }

  /**
   * Returns strict codecs of an engine. For adapters; applications begin at {@code
   * Jackson.strict()}.
   *
   * @param engine the JSON library
   * @return codecs without any names and tables
   */
  public static JsonCodecs of(JsonEngine engine) {
    return new JsonCodecs(Objects.requireNonNull(engine, "engine"), Options.STANDARD);
  }

  /**
   * Accepts what an older, a newer or a careless program may have written: unknown keys are
   * skipped, of keys that are there twice the last counts, text after the value is not looked at,
   * missing components are {@code null}, zero or {@code false} if the constructor takes them, and
   * scalars are converted if it can be done. The limits hold as before.
   *
   * @return the lenient codecs
   */
  public JsonCodecs lenient() {
    return new JsonCodecs(engine, options.withStrict(false));
  }

  /**
   * Gives a class its stable name: that of a member of a sealed type, or the schema of a codec.
   *
   * @param type the class
   * @param name its name, one non-empty line; wins over {@code @JsonTypeName}
   * @return the codecs that know it
   * @throws IllegalArgumentException if the class has another name already, or this is no name
   */
  public JsonCodecs named(Class<?> type, String name) {
    return new JsonCodecs(engine, options.withName(type, name));
  }

  /**
   * Says how tables of an entity are made: all {@code EntityTable<?, V>} that are read get the id
   * function and the order of the given one. A record that wants another order for one of its
   * tables makes it in its compact constructor.
   *
   * @param <K> the type of the ids
   * @param <V> the type of the entities
   * @param entity the class of the entities
   * @param empty the table to begin with
   * @return the codecs that know it
   * @throws IllegalArgumentException if there are entities in the table
   */
  public <K, V> JsonCodecs table(Class<V> entity, EntityTable<K, V> empty) {
    return new JsonCodecs(engine, options.withTable(entity, empty));
  }

  /**
   * Sets how large a text may be that is read or written: the {@link JsonLimits#standard() standard
   * limits} unless told otherwise.
   *
   * @param limits the limits of codecs made from here on
   * @return the codecs with the limits
   */
  public JsonCodecs limits(JsonLimits limits) {
    return new JsonCodecs(engine, options.withLimits(limits));
  }

  /**
   * Sets how long a string or a key may be that is read or written: 16,777,216 UTF-16 code units
   * unless told otherwise.
   *
   * @param limit the longest string in UTF-16 code units, inclusive, at least 1
   * @return the codecs with the limit
   * @throws IllegalArgumentException if the limit is below 1
   */
  public JsonCodecs stringLength(int limit) {
    return new JsonCodecs(engine, options.withStringLength(limit));
  }

  /**
   * Returns the codec of a class that has a stable name, which is the schema.
   *
   * @param <T> the type of the values
   * @param type the class, without type parameters
   * @return the codec
   * @throws IllegalArgumentException if the class has no stable name, or cannot be read back
   */
  public <T> TreeCodec<T> codec(Class<T> type) {
    String name = options.names().nameOf(type);
    if (name == null) {
      throw new IllegalArgumentException(
          ("%s has no stable name to be the schema of its codec, and class names change: annotate"
                  + " it with @JsonTypeName(\"%s/1\"), or call .codec(\"%2$s/1\", %3$s.class).")
              .formatted(
                  type.getName(),
                  type.getSimpleName().toLowerCase(Locale.ROOT),
                  type.getSimpleName()));
    }
    return codec(name, type);
  }

  /**
   * Returns the codec of a class.
   *
   * @param <T> the type of the values
   * @param schema the schema id, best with a version, as in {@code "user/3"}
   * @param type the class, without type parameters
   * @return the codec
   * @throws IllegalArgumentException if the class has type parameters or cannot be read back
   */
  public <T> TreeCodec<T> codec(String schema, Class<T> type) {
    if (type.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          "%s has type parameters, which its class does not tell: use new JsonType<%s<...>>() {}."
              .formatted(type.getName(), type.getSimpleName()));
    }
    return bound(schema, type);
  }

  /**
   * Returns the codec of a type that may be generic.
   *
   * @param <T> the type of the values
   * @param schema the schema id, best with a version, as in {@code "users/3"}
   * @param type the type
   * @return the codec
   * @throws IllegalArgumentException if the type cannot be read back
   */
  public <T> TreeCodec<T> codec(String schema, JsonType<T> type) {
    return bound(schema, type.type());
  }

  private <T> TreeCodec<T> bound(String schema, Type type) {
    Options.checkLine("schema id", "user/3", schema);
    TypeGraph.check(type, options.names(), options.tables()::containsKey)
        .forEach(open -> engine.bind(options, open));
    return new JsonCodec<>(schema, options, engine.bind(options, type));
  }
}
