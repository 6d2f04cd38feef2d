package io.stateward.examples;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, written member by member.
 *
 * <pre>{@code
 * Json.object().put("pid", 7L).put("name", "sh").toString(); // {"pid":7,"name":"sh"}
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @since 0.1
 */
public final class Json {

  private final StringBuilder text = new StringBuilder("{");

  private Json() {}

  /**
   * Begins an object.
   *
   * @return an empty object
   */
  public static Json object() {
    return new Json();
  }

  /**
   * Adds a member.
   *
   * @param name its name
   * @param value text, an integer, a boolean, a collection of these (nested as deep as you like),
   *     or null
   * @return this object
   * @throws IllegalArgumentException if the value is none of these
   */
  public Json put(String name, @Nullable Object value) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
    write(value);
    return this;
  }

  /** Returns the object as JSON, on one line. */
  @Override
  public String toString() {
    return text + "}";
  }

  private void write(@Nullable Object value) {
    if (value instanceof String string) {
      quote(string);
    } else if (value instanceof Collection<?> values) {
      writeAll(values);
    } else if (value == null
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean) {
      text.append(value);
    } else {
      throw new IllegalArgumentException("Not written as JSON: " + value.getClass().getName());
    }
  }

  private void writeAll(Collection<?> values) {
    text.append('[');
    String separator = "";
    for (Object value : values) {
      text.append(separator);
      write(value);
      separator = ",";
    }
    text.append(']');
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c > '~') { // ASCII only: no line end can split an event
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
