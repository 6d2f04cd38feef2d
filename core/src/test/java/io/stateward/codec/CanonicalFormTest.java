package io.stateward.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form is that of RFC 8785, and refused where the form would lie. */
final class CanonicalFormTest {

  @Test
  void canonical_sampleOfSection322_isWrittenAsTheRfcHasIt() {
    Tree tree =
        Tree.parse(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }
            """);

    assertThat(tree.canonical())
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void canonical_sampleOfSection323_isSortedByUtf16CodeUnits() {
    Tree tree =
        Tree.parse(
            """
            {
              "\\u20ac": "Euro Sign",
              "\\r": "Carriage Return",
              "\\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\\ud83d\\ude00": "Emoji: Grinning Face",
              "\\u0080": "Control",
              "\\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);

    assertThat(tree.canonical())
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\uD83D\uDE00\":\"Emoji: Grinning Face\","
                + "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void canonical_nestedObjects_areSortedAtEveryDepth() {
    assertThat(
            Tree.parse("{\"b\":[{\"d\":1,\"c\":{}}],\"\":[],\"a\":{\"10\":0,\"9\":0}}").canonical())
        .isEqualTo("{\"\":[],\"a\":{\"10\":0,\"9\":0},\"b\":[{\"c\":{},\"d\":1}]}");
  }

  @Test
  void canonical_equalTrees_areWrittenTheSame() {
    assertThat(Tree.parse("{\"a\":1.0,\"b\":-0.0}").canonical())
        .isEqualTo(Tree.parse("{\"b\":0,\"a\":10e-1}").canonical())
        .isEqualTo("{\"a\":1,\"b\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "1152921504606846976", "-9007199254740993.0"})
  void canonical_integerThatNoDoubleIs_isRefusedInsteadOfRounded(String number) {
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> Tree.parse("{\"ids\":[1," + number + "]}").canonical())
        .withMessageContaining("no canonical form (RFC 8785)")
        .withMessageContaining("\"/ids/1\"")
        .withMessageContaining("the number " + number)
        .withMessageContaining("keep it as a string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9007199254740992", "-9007199254740992", "295147905179352830000", "1e300"})
  void canonical_integerThatADoubleIs_isWritten(String number) {
    assertThat(Tree.parse(number).canonical())
        .isEqualTo(number.equals("1e300") ? "1e+300" : number);
  }

  @Test
  void canonical_numberBeyondDoubles_isRefused() {
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> Tree.parse("[1.8e308]").canonical())
        .withMessageContaining("\"/0\"")
        .withMessageContaining("beyond the range of doubles");
    assertThat(Tree.parse("1e-400").canonical()).isEqualTo("0");
  }

  @Test
  void canonical_unpairedSurrogate_isRefusedUnlessAnyTextIsAskedFor() {
    Tree inValue = Tree.object().plus("a/b", Tree.array("x\uD83D"));
    Tree inName = Tree.object().plus("\uDE00", 1);

    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(inValue::canonical)
        .withMessageContaining("\"/a~1b/0\"")
        .withMessageContaining("half a surrogate pair");
    assertThatExceptionOfType(TreeShapeException.class).isThrownBy(inName::canonical);
    assertThat(inValue.canonicalOfAnyText()).isEqualTo("{\"a/b\":[\"x\\ud83d\"]}");
    assertThat(inName.canonicalOfAnyText()).isEqualTo("{\"\\ude00\":1}");
  }
}
