package io.stateward.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer: status, type and bytes.
 *
 * <p><b>Thread safety.</b> Immutable; nobody changes the bytes.
 *
 * @param status the HTTP status
 * @param type the media type; empty when there is no body
 * @param body the bytes
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, String type, byte[] body) {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /**
   * Returns the answer to what was done and has nothing to say.
   *
   * @return status 204
   */
  public static Reply nothing() {
    return new Reply(204, "", new byte[0]);
  }

  /**
   * Returns plain text.
   *
   * @param text the text
   * @return status 200
   */
  public static Reply text(String text) {
    return new Reply(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a resource, read now.
   *
   * @param resource its absolute path on the class path; the ending tells the type
   * @return status 200
   * @throws IllegalArgumentException if there is no such resource, or its type is not known
   */
  public static Reply resource(String resource) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException(
          "No media type is known for %s; known are %s.".formatted(resource, TYPES.keySet()));
    }
    return new Reply(200, type, bytes(resource));
  }

  static Reply problem(Refusal refusal) {
    String json = Json.object().put("error", String.valueOf(refusal.getMessage())).toString();
    return new Reply(
        refusal.status(), "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(String resource) {
    try (InputStream in = Reply.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + resource + ".");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource " + resource + " failed.", e);
    }
  }
}
