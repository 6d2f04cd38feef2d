package io.stateward.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Round trips of random trees, and a naive recogniser of JSON beside the reader. */
final class TreePropertyTest {

  @Property(seed = "8259", tries = 2000)
  void parse_whatWasWritten_isTheSameTree(@ForAll("trees") Tree tree) {
    Tree fromText = Tree.parse(tree.toJson());
    Tree fromBytes = Tree.parse(tree.toBytes());

    assertThat(fromText).isEqualTo(tree).hasSameHashCodeAs(tree);
    assertThat(fromText.toJson()).isEqualTo(tree.toJson()); // order, decimals, sign of zero
    assertThat(fromBytes).isEqualTo(tree);
    assertThat(fromText.depth()).isEqualTo(tree.depth());
  }

  @Property(seed = "8785", tries = 2000)
  void canonical_anyTree_dependsOnItsMeaningOnly(@ForAll("trees") Tree tree, @ForAll long seed) {
    Tree rounded = rounded(tree);

    String canonical = rounded.canonicalOfAnyText();

    assertThat(Tree.parse(canonical)).isEqualTo(rounded);
    assertThat(Tree.parse(canonical).canonicalOfAnyText()).isEqualTo(canonical);
    assertThat(shuffled(rounded, new Random(seed)).canonicalOfAnyText()).isEqualTo(canonical);
  }

  @Property(seed = "754", tries = 20_000)
  void number_anyDouble_comesBackToTheBit(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(number));

    double again = Tree.parse(Tree.of(number).toJson()).asDouble();

    assertThat(Double.doubleToRawLongBits(again)).isEqualTo(bits);
  }

  @Property(seed = "6901", tries = 2000)
  void with_aNameThatMayNeedEscapes_isFoundAndTakenAway(
      @ForAll("trees") Tree value, @ForAll("strings") String name) {
    String path = "/" + name.replace("~", "~0").replace("/", "~1");
    Tree before = Tree.object().plus("before", 1).minus(name);

    Tree with = before.with(path, value);

    assertThat(with.at(path)).isEqualTo(value);
    assertThat(with.without(path)).isEqualTo(before);
  }

  @Property(seed = "404", tries = 8000)
  void parse_editedJson_isAcceptedWhenTheNaiveRecogniserDoes(@ForAll("edited") String text) {
    boolean accepted = true;
    try {
      Tree.parse(text);
    } catch (UnreadableJsonException e) {
      Assume.that(isGrammar(String.valueOf(e.getMessage())));
      accepted = false;
    }

    assertThat(accepted).as(text).isEqualTo(isJson(text));
  }

  /** Tells whether the grammar is what was broken, not what we refuse beyond it. */
  private static boolean isGrammar(String message) {
    return !message.contains("two members") && !message.contains("below 1E+9999");
  }

  @Property(seed = "3629", tries = 5000)
  void parse_editedBytes_areReadOrRefusedAndNothingElse(
      @ForAll("trees") Tree tree, @ForAll long seed) {
    byte[] bytes = tree.toBytes();
    Random random = new Random(seed);
    for (int edits = random.nextInt(4); edits >= 0; edits--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }

    try {
      Tree read = Tree.parse(bytes);
      assertThat(Tree.parse(read.toBytes())).isEqualTo(read);
    } catch (UnreadableJsonException e) {
      assertThat(e.offset()).isBetween(0, bytes.length);
    }
  }

  /** Numbers as doubles hold them, for the canonical form knows no others. */
  private static Tree rounded(Tree tree) {
    return tree.fold(
        object -> {
          Map<String, Tree> members = new LinkedHashMap<>();
          object.members().forEach((name, value) -> members.put(name, rounded(value)));
          return Tree.object(members);
        },
        array -> Tree.array(array.elements().stream().map(TreePropertyTest::rounded).toList()),
        Tree::of,
        number -> Tree.of(number.asDouble()),
        Tree::of,
        Tree::ofNull);
  }

  private static Tree shuffled(Tree tree, Random random) {
    if (tree instanceof TreeObject object) {
      List<String> names = new ArrayList<>(object.members().keySet());
      Collections.shuffle(names, random);
      Tree result = Tree.object();
      for (String name : names) {
        result = result.asObject().plus(name, shuffled(object.members().get(name), random));
      }
      return result;
    }
    return tree;
  }

  /**
   * Recognises JSON by rewriting: every string becomes s, every other scalar v; then innermost
   * arrays and objects become v, until one value is left or nothing can be rewritten.
   */
  private static boolean isJson(String text) {
    Pattern token =
        Pattern.compile(
            "(?<space>[ \\n\\r\\t]+)|(?<string>\"([^\"\\\\\\x00-\\x1F]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*\")"
                + "|(?<scalar>true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?)"
                + "|(?<mark>[\\[\\]{},:])");
    Matcher matcher = token.matcher(text);
    StringBuilder tokens = new StringBuilder();
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      tokens.append(
          matcher.group("string") != null
              ? "s"
              : matcher.group("scalar") != null
                  ? "v"
                  : matcher.group("mark") != null ? matcher.group("mark") : "");
    }
    String left = tokens.toString();
    for (String before = ""; !before.equals(left); ) {
      before = left;
      left =
          left.replaceAll("\\[([sv](,[sv])*)?\\]", "v")
              .replaceAll("\\{(s:[sv](,s:[sv])*)?\\}", "v");
    }
    return end == text.length() && (left.equals("v") || left.equals("s"));
  }

  @Provide
  Arbitrary<Tree> trees() {
    return Trees.any();
  }

  @Provide
  Arbitrary<String> strings() {
    return Trees.strings();
  }

  /** JSON with up to three characters taken out, put in or replaced. */
  @Provide
  Arbitrary<String> edited() {
    Arbitrary<String> inserts =
        Arbitraries.of(
            "",
            "",
            "",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "\\",
            "0",
            "1",
            "-",
            "+",
            ".",
            "e",
            "E",
            " ",
            "\n",
            "\t",
            "\f",
            "\u0000",
            "\u00A0",
            "u12aF",
            "/",
            "true",
            "null",
            "a",
            "\"x\"",
            "\"x\":1",
            "\\u00",
            "é",
            "\uD83D\uDE00");
    Arbitrary<Edit> edits =
        Combinators.combine(
                Arbitraries.integers().between(0, 999),
                Arbitraries.integers().between(0, 2),
                inserts)
            .as(Edit::new);
    return Combinators.combine(Trees.any(), edits.list().ofMaxSize(3))
        .as(
            (tree, list) -> {
              String text = new String(tree.toBytes(), UTF_8);
              for (Edit edit : list) {
                text = edit.applyTo(text);
              }
              return text;
            });
  }

  private record Edit(int where, int cut, String insert) {
    String applyTo(String text) {
      int start = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) * where / 1000);
      int rest = text.codePointCount(start, text.length());
      int end = text.offsetByCodePoints(start, Math.min(cut, rest));
      return text.substring(0, start) + insert + text.substring(end);
    }
  }
}
