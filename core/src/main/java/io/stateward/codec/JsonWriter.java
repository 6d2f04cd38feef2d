package io.stateward.codec;

import java.util.Map;

/** Writes compact JSON: members in their order, numbers exactly, unpaired surrogates as escapes. */
final class JsonWriter {

  private static final String[] SHORT_ESCAPES = shortEscapes();

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  static String plain(Tree tree) {
    JsonWriter writer = new JsonWriter();
    writer.write(tree);
    return writer.out.toString();
  }

  private void write(Tree tree) {
    if (tree instanceof TreeObject object) {
      object(object);
    } else if (tree instanceof TreeArray array) {
      array(array);
    } else if (tree instanceof TreeString string) {
      quoted(string.text(), out);
    } else if (tree instanceof TreeNumber number) {
      out.append(number);
    } else {
      out.append(word(tree));
    }
  }

  private void object(TreeObject object) {
    char before = '{';
    for (Map.Entry<String, Tree> member : object.members().entrySet()) {
      out.append(before);
      quoted(member.getKey(), out);
      out.append(':');
      write(member.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void array(TreeArray array) {
    char before = '[';
    for (Tree element : array.elements()) {
      out.append(before);
      write(element);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  static String word(Tree tree) {
    return tree.isNull() ? "null" : Boolean.toString(tree.asBoolean());
  }

  /** Writes a string with the escapes that ECMAScript's {@code JSON.stringify} writes. */
  static void quoted(String text, StringBuilder out) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !isUnpaired(text, i)) {
        continue;
      }
      out.append(text, copied, i).append(escape(c));
      copied = i + 1;
    }
    out.append(text, copied, text.length()).append('"');
  }

  private static String escape(char c) {
    return c < SHORT_ESCAPES.length ? SHORT_ESCAPES[c] : "\\u%04x".formatted((int) c);
  }

  /** Tells whether half a surrogate pair is at an index, without the other half. */
  static boolean isUnpaired(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  private static String[] shortEscapes() {
    String[] escapes = new String['\\' + 1];
    for (int c = 0; c < ' '; c++) {
      escapes[c] = "\\u%04x".formatted(c);
    }
    escapes['\b'] = "\\b";
    escapes['\f'] = "\\f";
    escapes['\n'] = "\\n";
    escapes['\r'] = "\\r";
    escapes['\t'] = "\\t";
    escapes['"'] = "\\\"";
    escapes['\\'] = "\\\\";
    return escapes;
  }
}
