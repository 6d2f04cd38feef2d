package io.stateward.examples;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A part of the source that runs, for the page that it serves.
 *
 * <p>The part stands between a line {@code // excerpt: NAME} and a line {@code // end of excerpt}.
 *
 * @since 0.1
 */
public final class SourceExcerpt {

  private SourceExcerpt() {}

  /**
   * Reads an excerpt.
   *
   * @param type the class whose source it is; a top-level class of an example
   * @param name the name of the excerpt
   * @return its lines, moved to the left margin
   * @throws IllegalArgumentException if there is no such excerpt
   */
  public static String of(Class<?> type, String name) {
    String path = "/" + type.getName().replace('.', '/') + ".java";
    List<String> lines =
        new String(Reply.bytes(path), StandardCharsets.UTF_8)
            .lines()
            .map(String::stripTrailing)
            .toList();
    List<String> stripped = lines.stream().map(String::strip).toList();
    int start = stripped.indexOf("// excerpt: " + name);
    if (start < 0) {
      throw new IllegalArgumentException("%s has no line '// excerpt: %s'.".formatted(path, name));
    }
    int length = stripped.subList(start, lines.size()).indexOf("// end of excerpt");
    if (length < 0) {
      throw new IllegalArgumentException(
          "%s: the excerpt '%s' has no line '// end of excerpt'.".formatted(path, name));
    }
    return String.join("\n", lines.subList(start + 1, start + length)).stripIndent();
  }
}
