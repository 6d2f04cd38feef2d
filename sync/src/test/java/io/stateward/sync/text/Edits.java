package io.stateward.sync.text;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts and edits for properties, with characters outside the basic plane among them. */
final class Edits {

  private Edits() {}

  static Arbitrary<String> texts(int length) {
    return Arbitraries.of("a", "b", "é", "文", "\n", "😅", "🤖")
        .list()
        .ofMaxSize(length)
        .map(characters -> String.join("", characters));
  }

  /** Parts of no particular text; {@link #fit} makes an edit of them. */
  static Arbitrary<List<RawPart>> parts() {
    return Combinators.combine(Arbitraries.integers().between(0, 2), texts(4))
        .as(RawPart::new)
        .list()
        .ofMaxSize(7);
  }

  static TextDelta fit(List<RawPart> parts, String text) {
    int left = length(text);
    TextDeltaBuilder builder = TextDelta.builder();
    for (RawPart part : parts) {
      int count = part.kind == 0 ? 0 : Math.min(left, length(part.text));
      left -= count;
      switch (part.kind) {
        case 0 -> builder.insert(part.text);
        case 1 -> builder.retain(count);
        default -> builder.delete(count);
      }
    }
    return builder.build();
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  record RawPart(int kind, String text) {}
}
