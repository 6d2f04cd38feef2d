package io.stateward.json.spi;

import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link JsonBinding} that refuses a text or a value: where it is, and what is wrong.
 *
 * <p>The words are made here, of names in the program, positions, and keys cut short. They never
 * quote a value, so that no secret and no megabyte ends up in a log.
 *
 * @since 0.1
 */
public final class JsonProblem extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;
  private static final int LONGEST_KEY = 40;
  private static final int MOST_STEPS = 20;

  private JsonProblem(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  /**
   * Says where the problem is.
   *
   * @param path the keys (strings) and indexes (integers) that lead there
   * @return a problem whose message starts with the path, as in {@code $.lines[3].price}
   */
  public JsonProblem at(List<?> path) {
    String located = "at " + render(path) + ": " + getMessage();
    JsonProblem problem = new JsonProblem(located, getCause());
    problem.setStackTrace(getStackTrace());
    return problem;
  }

  private static String render(List<?> path) {
    StringBuilder text = new StringBuilder("$");
    int from = Math.max(0, path.size() - MOST_STEPS);
    text.append(from == 0 ? "" : " ... ");
    for (Object step : path.subList(from, path.size())) {
      text.append(step instanceof Integer ? "[" + step + "]" : key(String.valueOf(step)));
    }
    return text.toString();
  }

  private static String key(String key) {
    boolean plain = !key.isEmpty() && key.codePoints().allMatch(Character::isJavaIdentifierPart);
    return plain && key.length() <= LONGEST_KEY ? "." + key : "[" + quoted(key) + "]";
  }

  /** Returns a word of the text, short and printable. */
  private static String quoted(String word) {
    boolean cut = word.length() > LONGEST_KEY;
    StringBuilder text = new StringBuilder("'");
    (cut ? word.substring(0, LONGEST_KEY) : word)
        .chars()
        .mapToObj(c -> c < ' ' || c > '~' ? "\\u%04x".formatted(c) : Character.toString(c))
        .forEach(text::append);
    return text.append(cut ? "...' (" + word.length() + " characters)" : "'").toString();
  }

  /**
   * The text is no JSON.
   *
   * @param line the line, from 1
   * @param column the column, from 1
   * @return the problem
   */
  public static JsonProblem notJson(long line, long column) {
    return new JsonProblem("this is not JSON, at line %d, column %d".formatted(line, column), null);
  }

  /**
   * The bytes are no text.
   *
   * @param length how many bytes there are
   * @return the problem
   */
  public static JsonProblem notUtf8(int length) {
    return new JsonProblem("the %d bytes are not UTF-8".formatted(length), null);
  }

  /**
   * The text ends too early.
   *
   * @return the problem
   */
  public static JsonProblem truncated() {
    return new JsonProblem("the text ends before the value is complete", null);
  }

  /**
   * There is something after the value.
   *
   * @return the problem
   */
  public static JsonProblem trailing() {
    return new JsonProblem("there is more text after the value", null);
  }

  /**
   * A key is there twice.
   *
   * @return the problem
   */
  public static JsonProblem duplicateKey() {
    return new JsonProblem("this key is there twice", null);
  }

  /**
   * A key means nothing here.
   *
   * @param known the keys that are known
   * @return the problem
   */
  public static JsonProblem unknownKey(@Nullable Collection<?> known) {
    return new JsonProblem(
        known == null || known.isEmpty()
            ? "unknown key"
            : "unknown key; known are " + known.stream().map(String::valueOf).sorted().toList(),
        null);
  }

  /**
   * A sealed type has no member of this name.
   *
   * @param name the name in the text, if there is one
   * @param known the names of the members
   * @return the problem
   */
  public static JsonProblem unknownType(@Nullable String name, Collection<String> known) {
    return new JsonProblem(
        "%s; known are %s"
            .formatted(
                name == null
                    ? "there is no \"" + JsonForm.TAG + "\""
                    : "unknown \"" + JsonForm.TAG + "\" " + quoted(name),
                known),
        null);
  }

  /**
   * A component is not there.
   *
   * @param component its name
   * @return the problem
   */
  public static JsonProblem missing(String component) {
    return new JsonProblem("'" + component + "' is missing", null);
  }

  /**
   * Something is null that must not be.
   *
   * @return the problem
   */
  public static JsonProblem isNull() {
    return new JsonProblem(
        "this must not be null. Mark what may be with @Nullable; collections hold no null", null);
  }

  /**
   * A value is of another kind.
   *
   * @param type the type that it should have, if known
   * @return the problem
   */
  public static JsonProblem misfit(@Nullable Class<?> type) {
    return new JsonProblem(
        type == null
            ? "the value is of another kind"
            : "the value does not fit " + type.getSimpleName(),
        null);
  }

  /**
   * Two entities of a table have one id.
   *
   * @param entity the type of the entities
   * @param index which one, from 0, has an id that was there before
   * @return the problem
   */
  public static JsonProblem duplicateEntity(Class<?> entity, int index) {
    return new JsonProblem(
        "entity %d of the %s table has the id of one before it"
            .formatted(index, entity.getSimpleName()),
        null);
  }

  /**
   * The text is beyond a limit.
   *
   * @param what what is too large, for example {@code "a string is longer than 10 characters"}
   * @param setting the limit to change
   * @param offset where, in characters from 0
   * @return the problem
   */
  public static JsonProblem beyond(String what, String setting, int offset) {
    return new JsonProblem(
        "%s, at character %d; if that is right, raise the limit %s"
            .formatted(what, offset, setting),
        null);
  }

  /**
   * A key has half a surrogate pair, which JSON parsers do not read there.
   *
   * @param offset where the key is, in characters from 0
   * @return the problem
   */
  public static JsonProblem brokenKey(int offset) {
    return new JsonProblem(
        "the key at character %d has an unpaired surrogate; repair it first".formatted(offset),
        null);
  }

  /**
   * Objects and arrays are inside each other too often.
   *
   * @param depth the limit
   * @return the problem
   */
  public static JsonProblem tooDeep(int depth) {
    return new JsonProblem(
        "nesting is deeper than %d; if that is right, raise the limit depth".formatted(depth),
        null);
  }

  /**
   * Something went wrong that nobody foresaw.
   *
   * @param thrown the class of what was thrown; its message may quote values, so it is not kept
   * @return the problem
   */
  public static JsonProblem unexpected(Class<?> thrown) {
    return new JsonProblem("%s was thrown here".formatted(thrown.getSimpleName()), null);
  }

  /**
   * The program's own code, such as a constructor, threw.
   *
   * @param what what it was doing, as in {@code "the constructor of User refused the values"}
   * @param cause what was thrown
   * @return the problem, whose message names the class of the cause only
   */
  public static JsonProblem refused(String what, Throwable cause) {
    Objects.requireNonNull(cause, "cause");
    return new JsonProblem(
        "%s (%s, see the cause)".formatted(what, cause.getClass().getSimpleName()), cause);
  }
}
