package io.stateward.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not, by the classes that parsers are known to differ in. */
final class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "\"\"",
        "0",
        "-0",
        "-0.0e-0",
        "12",
        "-12.5E+3",
        "1e5",
        "0.10",
        "0e1",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[null,1,\"1\",{}]",
        "[[[]],{\"\":{}}]",
        " [\n1\r,\t2 ] \n",
        "{\"a\":1,\"A\":2}",
        "{\"a\" : [ ] , \"b\" : { } }",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0000\\u001F\\uabCD\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "{\"\\udfff\":0}",
        "\"/\u007f\u0080\u2028\u2029\uFEFF\uFFFE\uFFFF\"",
        "\"\uD83D\uDE00\uDBFF\uDFFF\"",
        "\"new\u00A0line\"",
      })
  void parse_json_isReadTheSameFromTextAndBytes(String json) {
    Tree tree = Tree.parse(json);

    assertThat(Tree.parse(json.getBytes(UTF_8))).isEqualTo(tree);
    assertThat(Tree.parse(tree.toJson())).isEqualTo(tree);
    assertThat(Tree.parse(tree.toBytes())).isEqualTo(tree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nullx",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "'a'",
        "a",
        "\"a",
        "\"",
        "\"\\\"",
        "\"\\a\"",
        "\"\\U0041\"",
        "\"\\u\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\u-123\"",
        "\"\\u\uFF11\uFF11\uFF11\uFF11\"",
        "\"\\x41\"",
        "\"\\",
        "\"\\u",
        "\"tab\there\"",
        "\"line\nbreak\"",
        "\"nul\u0000\"",
        "-",
        "+1",
        "--1",
        "01",
        "-01",
        "00",
        "0x10",
        "1.",
        ".5",
        "-.5",
        "1.e1",
        "1e",
        "1e+",
        "1E-",
        "1e1.5",
        "1_000",
        "1,2",
        "1 2",
        "2.e3",
        "1f",
        "\uFF11",
        "\u0661",
        "[",
        "]",
        "[,]",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "[1;2]",
        "[1:2]",
        "[1}",
        "[\"a\"",
        "[1,",
        "[1]]",
        "[1],",
        "[] []",
        "{",
        "}",
        "{]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "{:1}",
        "{1:1}",
        "{a:1}",
        "{'a':1}",
        "{null:1}",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\":0,\"b\":1,\"\":0}",
        "[1]//comment",
        "/**/1",
        "#1",
        "[1]x",
        "\u00A01",
        "\f1",
        "\u000B1",
        "\u20281",
        "\uFEFF1",
        "1\u0000",
        "\u0000",
        "[\u0000]",
        "<tag>",
        "*",
        "\"\uD83D\"",
        "\"\uDE00\"",
        "\"\uDE00\uD83D\"",
      })
  void parse_notJson_isRefusedWithItsPosition(String text) {
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse(text))
        .withMessageStartingWith("Unreadable JSON at line ")
        .satisfies(e -> assertThat(e.offset()).isBetween(0, text.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "22FF22, 1", // no lead byte
    "22C080 22, 1", // overlong
    "22E08080 22, 1",
    "22EDA080 22, 1", // a surrogate, as CESU-8 has it
    "22F4908080 22, 1", // beyond U+10FFFF
    "22C3 22, 1", // cut short
    "5B31 C3, 2",
    "FEFF0031, 0", // UTF-16
    "31 80, 1",
  })
  void parse_bytesThatAreNotUtf8_areRefusedWithTheirPosition(String hexadecimal, int offset) {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal.replace(" ", ""));

    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse(bytes))
        .withMessage(
            "Unreadable JSON at byte %d of %d: the bytes are not UTF-8 from here."
                .formatted(offset, bytes.length))
        .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "[1,;line 1, column 4 (offset 3 of 3): expected a value but found the end of the text.",
        "[1 2];line 1, column 4 (offset 3 of 5): expected ',' or ']' but found '2'.",
        "{a:1};line 1, column 2 (offset 1 of 5): expected a member's name in quotes but found 'a'.",
        "{\"a\" 1};column 6 (offset 5 of 7): expected ':' after a member's name but found '1'.",
        "[1] x;line 1, column 5 (offset 4 of 5): the text goes on with 'x' after the value.",
        "nope;line 1, column 1 (offset 0 of 4): expected a value but found 'n'.",
        "01;line 1, column 1 (offset 0 of 2): a number does not start with a zero before other",
        "{\"k\":1,\"k\":2};column 8 (offset 7 of 13): the object has two members 'k'.",
        "\"a;column 3 (offset 2 of 2): the string that starts at offset 0 has no end.",
        "\"\\q\";column 2 (offset 1 of 4): a backslash starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u.",
        "\"\\u12x4\";(offset 1 of 8): \\u is followed by four hexadecimal digits.",
      })
  void parse_notJson_saysWhatAndWhere(String text, String message) {
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void parse_errorOnALaterLine_countsLinesAndColumns() {
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("{\n  \"a\": 1,\n  \"b\": \u0007\n}"))
        .withMessageContaining("line 3, column 8 (offset 19 of 22)")
        .withMessageContaining("found 'U+0007'")
        .satisfies(e -> assertThat(e.offset()).isEqualTo(19));
  }

  @Test
  void parse_byteOrderMark_isNamed() {
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("\uFEFF{}".getBytes(UTF_8)))
        .withMessageContaining("byte order mark; take it away");
  }

  @Test
  void parse_unpairedSurrogate_isReadAsAnEscapeAndRefusedRaw() {
    Tree tree = Tree.parse("\"\\ud83d!\"");

    assertThat(tree.asString()).isEqualTo("\uD83D!");
    assertThat(Tree.parse(tree.toBytes())).isEqualTo(tree);
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("\"\uD83D!\""))
        .withMessageContaining("half a surrogate pair is no character; as an escape it is read");
  }

  @Test
  void parse_deepNesting_isReadToTheLimitAndRefusedBeyond() {
    JsonLimits shallow = JsonLimits.standard().withDepth(3);

    assertThat(Tree.parse("[[[1]]]", shallow).depth()).isEqualTo(3);
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("[[[{}]]]", shallow))
        .withMessageContaining("column 4")
        .withMessageContaining("only 3 objects and arrays may be nested");
    assertThat(Tree.parse("[".repeat(512) + "]".repeat(512)).depth()).isEqualTo(512);
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("[".repeat(1_000_000)))
        .withMessageContaining("only 512 objects");
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("{\"a\":".repeat(1_000_000)))
        .withMessageContaining("only 512 objects");
    assertThat(Tree.parse("[[],[],[]]", JsonLimits.standard().withDepth(2)).depth()).isEqualTo(2);
    assertThat(Tree.parse("7", JsonLimits.standard().withDepth(0)).depth()).isZero();
  }

  @Test
  void parse_largeText_isReadToTheLimitAndRefusedBeyond() {
    JsonLimits small = JsonLimits.standard().withSize(4);

    assertThat(Tree.parse("\"éé\"", small).asString()).isEqualTo("éé");
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("[1,2]", small))
        .withMessageContaining("only 4 characters are read");
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("\"éé\"".getBytes(UTF_8), small))
        .withMessage("Unreadable JSON at byte 4 of 6: only 4 bytes are read.");
  }

  @Test
  void parse_longNumber_isReadToTheLimitAndRefusedBeyond() {
    JsonLimits brief = JsonLimits.standard().withNumberLength(5);

    assertThat(Tree.parse("-12.5", brief).asDouble()).isEqualTo(-12.5);
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("[123456]", brief))
        .withMessageContaining("column 2")
        .withMessageContaining("a number has only 5 characters");
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse("9".repeat(1_000_000)))
        .withMessageContaining("only 1024 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e9999", "1E-10000", "1e999999999", "-1e-999999999", "1e99999999999999999999"})
  void parse_numberThatWouldUnfold_isRefused(String number) {
    assertThatExceptionOfType(UnreadableJsonException.class)
        .isThrownBy(() -> Tree.parse(number))
        .withMessageContaining("from 1E-9999 to below 1E+9999");
  }

  @Test
  void parse_zerosOfEverySort_areZero() {
    assertThat(Tree.parse("0e999999999").toJson()).isEqualTo("0");
    assertThat(Tree.parse("0.00").toJson()).isEqualTo("0.00");
    assertThat(Tree.parse("-0").asDouble()).isEqualTo(-0.0);
    assertThat(Tree.parse("-0").toJson()).isEqualTo("-0.0");
    assertThat(Tree.parse("-0.0").asLong()).isZero();
  }

  @Test
  void limits_thatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonLimits.standard().withDepth(513))
        .withMessageContaining("at most 512")
        .withMessageContaining("depth 513");
    assertThatIllegalArgumentException().isThrownBy(() -> JsonLimits.standard().withSize(-1));
  }
}
