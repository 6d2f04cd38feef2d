package io.stateward.codec;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Writes the canonical form of RFC 8785, and knows where it is when there is none. */
final class CanonicalWriter {

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder path = new StringBuilder();
  private final boolean anyText;

  private CanonicalWriter(boolean anyText) {
    this.anyText = anyText;
  }

  static String strict(Tree tree) {
    return written(tree, false);
  }

  static String ofAnyText(Tree tree) {
    return written(tree, true);
  }

  private static String written(Tree tree, boolean anyText) {
    CanonicalWriter writer = new CanonicalWriter(anyText);
    writer.write(tree);
    return writer.out.toString();
  }

  private void write(Tree tree) {
    if (tree instanceof TreeObject object) {
      object(object);
    } else if (tree instanceof TreeArray array) {
      array(array);
    } else if (tree instanceof TreeString string) {
      text(string.text());
    } else if (tree instanceof TreeNumber number) {
      number(number);
    } else {
      out.append(JsonWriter.word(tree));
    }
  }

  private void object(TreeObject object) {
    char before = '{';
    // String's order is that of the UTF-16 code units, which is the RFC's.
    for (Map.Entry<String, Tree> member : new TreeMap<>(object.members()).entrySet()) {
      out.append(before);
      int above = descend(TreePath.escaped(member.getKey()));
      text(member.getKey());
      out.append(':');
      write(member.getValue());
      path.setLength(above);
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void array(TreeArray array) {
    char before = '[';
    for (int i = 0; i < array.elements().size(); i++) {
      out.append(before);
      int above = descend(Integer.toString(i));
      write(array.elements().get(i));
      path.setLength(above);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private int descend(String step) {
    int above = path.length();
    path.append('/').append(step);
    return above;
  }

  private void text(String text) {
    for (int i = 0; i < text.length() && !anyText; i++) {
      if (JsonWriter.isUnpaired(text, i)) {
        throw refused(
            "the text \"%s\" has half a surrogate pair; repair it".formatted(Excerpt.of(text)));
      }
    }
    JsonWriter.quoted(text, out);
  }

  private void number(TreeNumber number) {
    double nearest = number.toDecimal().doubleValue();
    if (Double.isInfinite(nearest)) {
      throw refused("%s is beyond the range of doubles".formatted(Excerpt.of(number)));
    }
    String written = EcmaScriptNumber.write(nearest);
    if (number.isInteger() && number.toDecimal().compareTo(new BigDecimal(written)) != 0) {
      throw refused(
          "%s would be written as %s, for a double holds no more; keep it as a string"
              .formatted(Excerpt.of(number), written));
    }
    out.append(written);
  }

  private TreeShapeException refused(String problem) {
    return new TreeShapeException(
        "The tree has no canonical form (RFC 8785) because of what is at \"%s\": %s."
            .formatted(Excerpt.of(path.toString()), problem));
  }
}
