package io.stateward.codec;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random trees: small, with awkward strings and numbers among them. */
public final class Trees {

  private Trees() {}

  /**
   * Returns trees of every kind.
   *
   * @return the arbitrary
   */
  public static Arbitrary<Tree> any() {
    return Arbitraries.recursive(Trees::leaves, Trees::nested, 0, 3).withoutEdgeCases();
  }

  /**
   * Returns strings of every sort of character, unpaired surrogates among them.
   *
   * @return the arbitrary
   */
  public static Arbitrary<String> strings() {
    Arbitrary<String> awkward =
        Arbitraries.of(
            "<",
            ">",
            "&",
            "'",
            "\"",
            "\\",
            "/",
            "\n",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\uD83D",
            "\uDE00",
            "\uFEFF",
            "\uFB33",
            "\uD83D\uDE00",
            "é",
            "~1",
            "");
    return Arbitraries.oneOf(awkward, Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .withoutEdgeCases();
  }

  private static Arbitrary<Tree> leaves() {
    return Arbitraries.oneOf(
        Arbitraries.of(Tree.ofNull(), Tree.of(true), Tree.of(false), Tree.of(-0.0), Tree.of(0)),
        strings().map(Tree::of),
        Arbitraries.longs().map(Tree::of),
        Arbitraries.integers().map(Tree::of),
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite).map(Tree::of),
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1e30"), new BigDecimal("1e30"))
            .ofScale(9)
            .map(Tree::of));
  }

  private static Arbitrary<Tree> nested(Arbitrary<Tree> parts) {
    Arbitrary<Tree> arrays = parts.list().ofMaxSize(4).map(Tree::array);
    Arbitrary<Tree> objects =
        Arbitraries.maps(strings(), parts)
            .ofMaxSize(4)
            .map(members -> Tree.object(new LinkedHashMap<>(members)));
    return Arbitraries.oneOf(parts, arrays, objects);
  }
}
