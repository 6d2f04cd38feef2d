package io.stateward.sync.text;

import io.stateward.codec.Tree;
import io.stateward.sync.browser.Node;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser's client guesses what lies between two versions as {@link TextMerge} does. */
final class TextMergeInJavaScriptTest {

  private static final int SHORT = 1_000;
  private static final int LONG = 30;
  private static final String[] WORDS = {
    "a", "the ", "text ", "word", "😀", "𝄞 ", "\n", "\n\n", "é", " and\n", "  ", "x", "b\n"
  };

  @TempDir private Path folder;

  @Test
  void versions_ofTwoPeople_areComparedAndMergedAlikeInNode() throws Exception {
    Path cases = folder.resolve("versions.jsonl");
    try (BufferedWriter writer = Files.newBufferedWriter(cases)) {
      for (int seed = 0; seed < SHORT; seed++) {
        writer.write(versions(new Random(seed), 1 + seed % 80, 1 + seed % 9).toJson());
        writer.newLine();
      }
      for (int seed = 0; seed < LONG; seed++) {
        writer.write(versions(new Random(-seed), 3_000 + 80 * seed, 1 + seed * 8).toJson());
        writer.newLine();
      }
      writer.write(beyondTheAllowance(new Random(7)).toJson());
      writer.newLine();
    }

    Node.passes("merge.test.mjs", folder, Map.of("STATEWARD_VERSIONS", cases.toString()), 1);
  }

  private static Tree versions(Random random, int words, int edits) {
    String base = text(random, words);
    TextDelta mine = edits(random, base, edits);
    String theirs = edits(random, base, edits).apply(base);
    return versions(base, mine, random.nextInt(4) == 0 ? mine.apply(base) + "!" : theirs);
  }

  /** So different that a comparison is given up: all counts as replaced. */
  private static Tree beyondTheAllowance(Random random) {
    String base = letters(random);
    return versions(base, TextDelta.builder().retain(9).insert("mine").build(), letters(random));
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    for (int n = 0; n < 12_000; n++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private static Tree versions(String base, TextDelta mine, String theirs) {
    return Tree.object()
        .plus("base", base)
        .plus("mine", mine.toTree())
        .plus("theirs", theirs)
        .plus("difference", TextMerge.diff(base, theirs).toTree())
        .plus("merged", TextMerge.threeWay(base, mine, theirs).toTree());
  }

  private static String text(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < words; n++) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static TextDelta edits(Random random, String base, int count) {
    TextDelta all = TextDelta.empty();
    String text = base;
    for (int n = 0; n < count; n++) {
      int length = text.codePointCount(0, text.length());
      int at = random.nextInt(length + 1);
      TextDeltaBuilder edit = TextDelta.builder().retain(at);
      if (random.nextBoolean()) {
        edit.delete(Math.min(length - at, random.nextInt(12)));
      } else {
        edit.insert(text(random, 1 + random.nextInt(4)));
      }
      TextDelta made = edit.build();
      all = all.compose(made);
      text = made.apply(text);
    }
    return all;
  }
}
