package io.stateward.json.spi;

import org.jspecify.annotations.Nullable;

/**
 * What Jackson's exceptions say in their message only, in the words of the form. The messages
 * themselves quote what was read, so none is passed on.
 *
 * @since 0.1
 */
public final class JacksonMessages {

  private static final String MISSING = "Missing required creator property '";

  private JacksonMessages() {}

  /**
   * Tells apart what Jackson calls mismatched input.
   *
   * @param message its message
   * @param type the type that the value should have had
   * @return a missing component, more text, or a value of another kind
   */
  public static JsonProblem mismatch(@Nullable String message, @Nullable Class<?> type) {
    if (message != null && message.startsWith(MISSING)) {
      int end = message.indexOf('\'', MISSING.length());
      return JsonProblem.missing(message.substring(MISSING.length(), end));
    }
    return message != null && message.startsWith("Trailing token")
        ? JsonProblem.trailing()
        : JsonProblem.misfit(type);
  }

  /**
   * Tells apart what Jackson calls a read error.
   *
   * @param message its message
   * @param line the line, from 1
   * @param column the column, from 1
   * @return a key that is there twice, or a text that is no JSON
   */
  public static JsonProblem syntax(@Nullable String message, long line, long column) {
    return message != null && message.startsWith("Duplicate ")
        ? JsonProblem.duplicateKey()
        : JsonProblem.notJson(line, column);
  }

  /**
   * Finds a problem that our own code threw through Jackson.
   *
   * @param thrown what came out of Jackson
   * @return the problem, or {@code null} if there is none
   */
  public static @Nullable JsonProblem ours(Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProblem problem) {
        return problem;
      }
    }
    return null;
  }

  /**
   * Says that a constructor threw.
   *
   * @param type the class that it is of
   * @param thrown what came out of Jackson
   * @return the problem, with what the constructor threw as its cause
   */
  public static JsonProblem refused(Class<?> type, Throwable thrown) {
    Throwable root = root(thrown);
    return root instanceof NullPointerException && type.getName().startsWith("io.stateward.")
        ? JsonProblem.isNull() // our collections hold none
        : JsonProblem.refused(
            "the constructor of %s refused the values".formatted(type.getSimpleName()), root);
  }

  /**
   * Says that something else went wrong.
   *
   * @param thrown what came out of Jackson
   * @return the problem, which names the class of what was thrown at first
   */
  public static JsonProblem unexpected(Throwable thrown) {
    return JsonProblem.unexpected(root(thrown).getClass());
  }

  /**
   * Says that a value could not be written.
   *
   * @param thrown what came out of Jackson
   * @return the problem; if the host's own code threw, an accessor for example, with that as its
   *     cause
   */
  public static JsonProblem unwritable(Throwable thrown) {
    JsonProblem ours = ours(thrown);
    if (ours != null) {
      return ours;
    }
    Throwable root = root(thrown);
    return root.getClass().getName().contains(".jackson.")
        ? JsonProblem.unexpected(root.getClass())
        : JsonProblem.refused("reading this part of the value failed", root);
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
