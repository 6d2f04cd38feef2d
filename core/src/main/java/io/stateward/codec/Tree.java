package io.stateward.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A JSON-like value of no particular type: an object, an array, a string, a number, a boolean or
 * null. Migrations, merges, hashes and exports work on it.
 *
 * <pre>{@code
 * Tree old = Tree.parse("{\"name\":\"Ada\",\"columns\":[\"cpu\",\"memory\"]}");
 * String column = old.at("/columns/0").asString();                        // "cpu"
 * Tree renamed = old.with("/title", old.at("/name")).without("/name");
 * Tree made = Tree.object().plus("title", "Ada").plus("columns", Tree.array("cpu", "memory"));
 * boolean same = made.equals(renamed);                                    // true
 * }</pre>
 *
 * <p>A path is a JSON Pointer (RFC 6901): {@code ""} is the whole tree, {@code "/columns/0"} the
 * first element of a member; {@code /} and {@code ~} in a name are written {@code ~1} and {@code
 * ~0}; {@code -} is the place after the last element.
 *
 * <p>Equality is by meaning: the order of an object's members does not matter, though it is kept,
 * and numbers are equal if their values are. A tree is at most {@value #MAXIMUM_DEPTH} objects and
 * arrays deep, which its making enforces, so every tree that exists can be written and read again.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * <p><b>Failure.</b> Asking for what is not there throws {@link TreeShapeException}, which says
 * what is there.
 *
 * <p><b>Cost.</b> A change copies the objects and arrays along its path, not what is beside it.
 *
 * @since 0.1
 */
public sealed interface Tree
    permits TreeObject, TreeArray, TreeString, TreeNumber, TreeBoolean, TreeNull {

  /** How many objects and arrays may be nested in one another. */
  int MAXIMUM_DEPTH = 512;

  /**
   * Returns the object without members, to begin with.
   *
   * @return the object
   */
  static TreeObject object() {
    return TreeObject.EMPTY;
  }

  /**
   * Returns an object.
   *
   * @param members its members, in the order of the map; copied
   * @return the object
   */
  static TreeObject object(Map<String, ? extends Tree> members) {
    return TreeObject.copyOf(members);
  }

  /**
   * Returns an array.
   *
   * @param elements its elements
   * @return the array
   */
  static TreeArray array(Tree... elements) {
    return TreeArray.copyOf(List.of(elements));
  }

  /**
   * Returns an array of strings.
   *
   * @param first the first string
   * @param more the others
   * @return the array
   */
  static TreeArray array(String first, String... more) {
    TreeArray.Builder builder = TreeArray.builder().add(of(first));
    for (String text : more) {
      builder.add(of(text));
    }
    return builder.build();
  }

  /**
   * Returns an array.
   *
   * @param elements its elements; copied
   * @return the array
   */
  static TreeArray array(List<? extends Tree> elements) {
    return TreeArray.copyOf(elements);
  }

  /**
   * Returns a string.
   *
   * @param text any string
   * @return the tree
   */
  static TreeString of(String text) {
    return new TreeString(text);
  }

  /**
   * Returns an integer.
   *
   * @param number any number
   * @return the tree
   */
  static TreeNumber of(long number) {
    return TreeNumber.of(BigDecimal.valueOf(number));
  }

  /**
   * Returns a number: the shortest decimal that is read back as this double.
   *
   * @param number a finite number; negative zero keeps its sign
   * @return the tree
   * @throws IllegalArgumentException if the number is infinite or not a number
   */
  static TreeNumber of(double number) {
    return TreeNumber.of(number);
  }

  /**
   * Returns a number.
   *
   * @param number a number within the limits that {@link TreeNumber} states
   * @return the tree, which keeps the number's decimals
   * @throws IllegalArgumentException if the number has too many digits
   */
  static TreeNumber of(BigDecimal number) {
    return TreeNumber.of(number);
  }

  /**
   * Returns an integer.
   *
   * @param number a number within the limits that {@link TreeNumber} states
   * @return the tree
   * @throws IllegalArgumentException if the number has too many digits
   */
  static TreeNumber of(BigInteger number) {
    return TreeNumber.of(new BigDecimal(number));
  }

  /**
   * Returns a boolean.
   *
   * @param value the value
   * @return the tree
   */
  static TreeBoolean of(boolean value) {
    return value ? TreeBoolean.TRUE : TreeBoolean.FALSE;
  }

  /**
   * Returns null.
   *
   * @return the tree that is JSON's null
   */
  static TreeNull ofNull() {
    return TreeNull.NULL;
  }

  /**
   * Reads JSON strictly, within the {@link JsonLimits#standard() standard limits}.
   *
   * @param json one JSON text (RFC 8259)
   * @return the tree
   * @throws UnreadableJsonException if the text is anything else; says where
   */
  static Tree parse(String json) {
    return parse(json, JsonLimits.standard());
  }

  /**
   * Reads JSON strictly.
   *
   * @param json one JSON text (RFC 8259)
   * @param limits what is too much to read
   * @return the tree
   * @throws UnreadableJsonException if the text is anything else; says where
   */
  static Tree parse(String json, JsonLimits limits) {
    return JsonReader.read(json, limits);
  }

  /**
   * Reads JSON strictly, within the {@link JsonLimits#standard() standard limits}.
   *
   * @param json the UTF-8 form of one JSON text, without a byte order mark
   * @return the tree
   * @throws UnreadableJsonException if the bytes are anything else; says where
   */
  static Tree parse(byte[] json) {
    return parse(json, JsonLimits.standard());
  }

  /**
   * Reads JSON strictly.
   *
   * @param json the UTF-8 form of one JSON text, without a byte order mark
   * @param limits what is too much to read
   * @return the tree
   * @throws UnreadableJsonException if the bytes are anything else; says where
   */
  static Tree parse(byte[] json, JsonLimits limits) {
    return JsonReader.read(json, limits);
  }

  /**
   * Returns the codec of trees as JSON within the {@link JsonLimits#standard() standard limits}.
   *
   * @return the codec with schema {@code "json"}
   */
  static TreeCodec<Tree> codec() {
    return TreeCodecs.JSON;
  }

  /**
   * Returns the codec of trees as JSON.
   *
   * @param limits what is too much to read
   * @return the codec with schema {@code "json"}
   */
  static TreeCodec<Tree> codec(JsonLimits limits) {
    return TreeCodecs.json(limits);
  }

  /**
   * Maps whichever kind of value this is.
   *
   * @param <R> the type of the result
   * @param object maps an object
   * @param array maps an array
   * @param string maps a string
   * @param number maps a number
   * @param bool maps a boolean
   * @param nothing answers for null
   * @return the result of the one function that was called
   */
  <R> R fold(
      Function<? super TreeObject, ? extends R> object,
      Function<? super TreeArray, ? extends R> array,
      Function<? super String, ? extends R> string,
      Function<? super TreeNumber, ? extends R> number,
      Function<? super Boolean, ? extends R> bool,
      Supplier<? extends R> nothing);

  /**
   * Returns what is at a path.
   *
   * @param path a JSON Pointer
   * @return the part of this tree
   * @throws TreeShapeException if nothing is there
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  default Tree at(String path) {
    return TreePath.parse(path).require(this);
  }

  /**
   * Returns what is at a path, if anything is.
   *
   * @param path a JSON Pointer
   * @return the part of this tree; JSON's null is something
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  default Optional<Tree> find(String path) {
    return Optional.ofNullable(TreePath.parse(path).find(this));
  }

  /**
   * Returns this tree with something at a path.
   *
   * @param path a JSON Pointer; all but its last step has to be there. The last step names a member
   *     to add or replace, an element to replace, or, with {@code -}, the place after the last
   * @param value what to put there
   * @return the changed tree
   * @throws TreeShapeException if the place does not exist
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  default Tree with(String path, Tree value) {
    return TreePath.parse(path).with(this, value);
  }

  /**
   * Returns this tree with what is at a path replaced by a function of it.
   *
   * @param path a JSON Pointer
   * @param change a pure function
   * @return the changed tree
   * @throws TreeShapeException if nothing is there
   * @throws IllegalArgumentException if the path is no JSON Pointer
   */
  default Tree update(String path, UnaryOperator<Tree> change) {
    return with(path, change.apply(at(path)));
  }

  /**
   * Returns this tree without what is at a path.
   *
   * @param path a JSON Pointer other than {@code ""}
   * @return the changed tree, or this one if nothing is there
   * @throws IllegalArgumentException if the path is no JSON Pointer, or is {@code ""}
   */
  default Tree without(String path) {
    return TreePath.parse(path).without(this);
  }

  /**
   * Returns this tree as an object.
   *
   * @return the object
   * @throws TreeShapeException if this is another kind of value
   */
  default TreeObject asObject() {
    throw TreeShapeException.isNo("an object", this);
  }

  /**
   * Returns this tree as an array.
   *
   * @return the array
   * @throws TreeShapeException if this is another kind of value
   */
  default TreeArray asArray() {
    throw TreeShapeException.isNo("an array", this);
  }

  /**
   * Returns the text of this string.
   *
   * @return the text
   * @throws TreeShapeException if this is another kind of value
   */
  default String asString() {
    throw TreeShapeException.isNo("a string", this);
  }

  /**
   * Returns this tree as a number.
   *
   * @return the number, which converts to Java's
   * @throws TreeShapeException if this is another kind of value
   */
  default TreeNumber asNumber() {
    throw TreeShapeException.isNo("a number", this);
  }

  /**
   * Returns this number as an int, exactly.
   *
   * @return the number
   * @throws TreeShapeException if this is no number, has a fraction or is out of range
   */
  default int asInt() {
    return asNumber().toInt();
  }

  /**
   * Returns this number as a long, exactly.
   *
   * @return the number
   * @throws TreeShapeException if this is no number, has a fraction or is out of range
   */
  default long asLong() {
    return asNumber().toLong();
  }

  /**
   * Returns the double nearest to this number.
   *
   * @return a finite double
   * @throws TreeShapeException if this is no number or beyond the range of doubles
   */
  default double asDouble() {
    return asNumber().toDouble();
  }

  /**
   * Returns the value of this boolean.
   *
   * @return the value
   * @throws TreeShapeException if this is another kind of value
   */
  default boolean asBoolean() {
    throw TreeShapeException.isNo("a boolean", this);
  }

  /**
   * Tells whether this is JSON's null.
   *
   * @return whether it is
   */
  default boolean isNull() {
    return this == TreeNull.NULL;
  }

  /**
   * Returns how many objects and arrays are nested in one another here.
   *
   * @return 0 for a string, a number, a boolean and null; 1 for an empty object or array
   */
  default int depth() {
    return 0;
  }

  /**
   * Writes this tree as compact JSON, members in their order and numbers exactly. A surrogate
   * without its other half, which UTF-8 cannot express, is written as an escape.
   *
   * @return JSON (RFC 8259) that {@link #parse(String)} reads as an equal tree
   */
  default String toJson() {
    return JsonWriter.plain(this);
  }

  /**
   * Returns the UTF-8 form of {@link #toJson()}.
   *
   * @return new bytes
   */
  default byte[] toBytes() {
    return toJson().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes this tree in the canonical form of RFC 8785, the same for every program and for equal
   * trees: members by the UTF-16 code units of their names, numbers as ECMAScript writes doubles.
   *
   * <p>A fraction with more digits than a double holds is rounded, as the RFC has it. An integer is
   * never: one that a double does not hold would share its form, and so its hash, with another.
   *
   * @return the canonical JSON
   * @throws TreeShapeException if an integer is not a double's, if a number is beyond the range of
   *     doubles, or if a string or a name has a surrogate without its other half; says where
   */
  default String canonical() {
    return CanonicalWriter.strict(this);
  }

  /**
   * Writes this tree in the {@linkplain #canonical() canonical form}, but with a surrogate that
   * lacks its other half as the escape that ECMAScript's {@code JSON.stringify} writes, where RFC
   * 8785 gives up. For text that people entered and programs cut.
   *
   * @return the canonical JSON
   * @throws TreeShapeException if an integer is not a double's, or if a number is beyond the range
   *     of doubles; says where
   */
  default String canonicalOfAnyText() {
    return CanonicalWriter.ofAnyText(this);
  }
}
