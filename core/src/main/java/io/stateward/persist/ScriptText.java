package io.stateward.persist;

import java.util.HexFormat;

/**
 * Makes JSON safe inside HTML. What is replaced occurs in JSON only within strings, where an escape
 * means the same.
 *
 * <p>Without {@code <} neither the end tag nor {@code <!--} can occur; the latter, followed by
 * {@code <script}, would make the element swallow its end tag (HTML, "script data double escaped
 * state"). The rest is for those who put the JSON elsewhere: attributes, JavaScript, XML.
 */
final class ScriptText {

  private ScriptText() {}

  static String escaped(String json) {
    StringBuilder out = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (needsEscape(c)) {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean needsEscape(char c) {
    return switch (c) {
      case '<', '>', '&', '\'', '\u2028', '\u2029', '\uFEFF' -> true;
      default -> c >= 0x7F && c <= 0x9F;
    };
  }
}
