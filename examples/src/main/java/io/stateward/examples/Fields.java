package io.stateward.examples;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named values of a request, taken out one by one and checked on the way.
 *
 * <pre>{@code
 * String filter = fields.text("filter", 100);
 * boolean descending = fields.flag("descending");
 * fields.nothingElse();
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Failure.</b> Whatever is missing, of the wrong kind or out of bounds is a {@link Refusal}
 * with status 400 that names the field.
 *
 * @since 0.1
 */
public final class Fields {

  private final Map<String, Object> left;

  Fields(Map<String, ?> values) {
    this.left = new HashMap<>(values);
  }

  /**
   * Returns whether a field is there and not yet taken.
   *
   * @param name the name
   * @return whether it is
   */
  public boolean has(String name) {
    return left.containsKey(name);
  }

  /**
   * Takes a text.
   *
   * @param name the name of the field
   * @param longest how many characters it may have
   * @return the text, without control characters
   */
  public String text(String name, int longest) {
    if (!(left.remove(name) instanceof String text)) {
      throw Refusal.badInput("The field '%s' must be there and be a text.".formatted(name));
    }
    if (text.length() > longest) {
      throw Refusal.badInput(
          "The field '%s' has %d characters; it may have %d."
              .formatted(name, text.length(), longest));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.badInput("The field '%s' has control characters in it.".formatted(name));
    }
    return text;
  }

  /**
   * Takes a positive integer.
   *
   * @param name the name of the field
   * @return the number, at least 1
   */
  public long positive(String name) {
    Long number = integer(left.remove(name));
    if (number == null || number < 1) {
      throw Refusal.badInput(
          "The field '%s' must be there and be an integer of at least 1.".formatted(name));
    }
    return number;
  }

  /**
   * Takes an integer within bounds.
   *
   * @param name the name of the field
   * @param least the least that it may be, at least 0
   * @param most the most that it may be
   * @return the number
   */
  public long between(String name, long least, long most) {
    Long number = integer(left.remove(name));
    if (number == null || number < least || number > most) {
      throw Refusal.badInput(
          "The field '%s' must be there and be an integer from %d to %d."
              .formatted(name, least, most));
    }
    return number;
  }

  /**
   * Takes a yes or no.
   *
   * @param name the name of the field
   * @return whether it is true
   */
  public boolean flag(String name) {
    Object value = left.remove(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    if ("true".equals(value) || "false".equals(value)) { // an address has no other form
      return "true".equals(value);
    }
    throw Refusal.badInput("The field '%s' must be there and be true or false.".formatted(name));
  }

  /** Refuses the request if it has fields that were not taken. */
  public void nothingElse() {
    if (!left.isEmpty()) {
      throw Refusal.badInput(
          "Unknown fields: %s. Remove them.".formatted(String.join(", ", left.keySet())));
    }
  }

  private static @Nullable Long integer(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    return value instanceof String text && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
