package io.stateward.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeTest {

  private static final Tree SETTINGS =
      Tree.parse("{\"name\":\"Ada\",\"columns\":[\"cpu\",{\"id\":7}],\"a/b\":1,\"~\":2,\"\":3}");

  @Test
  void javadocExample_migration_reads() {
    Tree old = Tree.parse("{\"name\":\"Ada\",\"columns\":[\"cpu\",\"memory\"]}");
    String column = old.at("/columns/0").asString();
    Tree renamed = old.with("/title", old.at("/name")).without("/name");
    Tree made = Tree.object().plus("title", "Ada").plus("columns", Tree.array("cpu", "memory"));

    assertThat(column).isEqualTo("cpu");
    assertThat(made).isEqualTo(renamed);
    assertThat(renamed).hasToString("{\"columns\":[\"cpu\",\"memory\"],\"title\":\"Ada\"}");
  }

  @Test
  void javadocExamples_objectAndArray_readAsTheySay() {
    TreeObject point = Tree.object().plus("x", 3).plus("y", 4);
    TreeArray columns = Tree.array("name", "cpu").plus(Tree.of("memory"));

    assertThat(point.members().get("x")).isEqualTo(Tree.of(3));
    assertThat(point.plus("x", 5).minus("y").toJson()).isEqualTo("{\"x\":5}");
    assertThat(columns.elements()).hasSize(3);
    assertThat(columns.toJson()).isEqualTo("[\"name\",\"cpu\",\"memory\"]");
    assertThat(Tree.of("Ada").toJson()).isEqualTo("\"Ada\"");
  }

  @Test
  void at_pathsOfEverySort_findWhatTheyName() {
    assertThat(SETTINGS.at("")).isSameAs(SETTINGS);
    assertThat(SETTINGS.at("/name").asString()).isEqualTo("Ada");
    assertThat(SETTINGS.at("/columns/1/id").asInt()).isEqualTo(7);
    assertThat(SETTINGS.at("/a~1b").asInt()).isEqualTo(1);
    assertThat(SETTINGS.at("/~0").asInt()).isEqualTo(2);
    assertThat(SETTINGS.at("/").asInt()).isEqualTo(3);
  }

  @Test
  void at_nothingThere_saysHowFarThePathLedAndWhatIsThere() {
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> SETTINGS.at("/columns/1/width"))
        .withMessage("Nothing is at \"/columns/1/width\": \"/columns/1\" is an object with id.");
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> SETTINGS.at("/columns/2"))
        .withMessage("Nothing is at \"/columns/2\": \"/columns\" is an array of 2.");
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> SETTINGS.at("/name/first"))
        .withMessage("Nothing is at \"/name/first\": \"/name\" is the string \"Ada\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/columns/01", "/columns/-1", "/columns/+1", "/columns/-", "/columns/x"})
  void find_stepThatIsNoIndex_findsNothingInAnArray(String path) {
    assertThat(SETTINGS.find(path)).isEmpty();
  }

  @Test
  void find_indexBeyondInt_findsNothing() {
    assertThat(SETTINGS.find("/columns/99999999999999999999")).isEmpty();
    assertThat(Tree.array(Tree.ofNull()).find("/0")).contains(Tree.ofNull());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"name, starts with '/'", "/a~b, '~' is written ~0", "/~2, '~' is written ~0"})
  void at_malformedPath_isRefusedWithTheRule(String path, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.at(path))
        .withMessageContaining(path)
        .withMessageContaining(rule);
  }

  @Test
  void with_everyPlace_addsReplacesAndAppends() {
    Tree tree = Tree.parse("{\"a\":[1,{\"b\":2}]}");

    assertThat(tree.with("/a/1/b", Tree.of(3)).toJson()).isEqualTo("{\"a\":[1,{\"b\":3}]}");
    assertThat(tree.with("/a/1/c", Tree.of(3)).toJson()).isEqualTo("{\"a\":[1,{\"b\":2,\"c\":3}]}");
    assertThat(tree.with("/a/0", Tree.ofNull()).toJson()).isEqualTo("{\"a\":[null,{\"b\":2}]}");
    assertThat(tree.with("/a/-", Tree.of(true)).toJson()).isEqualTo("{\"a\":[1,{\"b\":2},true]}");
    assertThat(tree.with("", Tree.of("x")).toJson()).isEqualTo("\"x\"");
    assertThat(tree.toJson()).isEqualTo("{\"a\":[1,{\"b\":2}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b/c", "/a/2", "/a/0/b", "/a/-/b", "/a/x"})
  void with_placeThatDoesNotExist_isRefused(String path) {
    Tree tree = Tree.parse("{\"a\":[1,{\"b\":2}]}");

    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> tree.with(path, Tree.of(1)))
        .withMessageContaining("Nothing is at \"" + path + "\"");
  }

  @Test
  void update_part_isReplacedByItsFunction() {
    Tree tree = Tree.parse("{\"count\":1}");

    assertThat(tree.update("/count", count -> Tree.of(count.asLong() + 1)))
        .isEqualTo(Tree.object().plus("count", 2));
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> tree.update("/total", total -> total));
  }

  @Test
  void without_part_isGone() {
    Tree tree = Tree.parse("{\"a\":[1,{\"b\":2}]}");

    assertThat(tree.without("/a/1/b").toJson()).isEqualTo("{\"a\":[1,{}]}");
    assertThat(tree.without("/a/0").toJson()).isEqualTo("{\"a\":[{\"b\":2}]}");
    assertThat(tree.without("/x/y")).isSameAs(tree);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree.without(""))
        .withMessageContaining("name a part");
  }

  @Test
  void fold_everyKind_callsItsFunction() {
    assertThat(kinds(Tree.object())).isEqualTo("object 0");
    assertThat(kinds(Tree.array())).isEqualTo("array 0");
    assertThat(kinds(Tree.of("x"))).isEqualTo("string x");
    assertThat(kinds(Tree.of(1))).isEqualTo("number 1");
    assertThat(kinds(Tree.of(true))).isEqualTo("boolean true");
    assertThat(kinds(Tree.ofNull())).isEqualTo("null");
  }

  private static String kinds(Tree tree) {
    return tree.fold(
        object -> "object " + object.members().size(),
        array -> "array " + array.elements().size(),
        text -> "string " + text,
        number -> "number " + number.toDecimal(),
        bool -> "boolean " + bool,
        () -> "null");
  }

  @Test
  void as_anotherKind_saysWhatItIs() {
    assertIsNo(() -> Tree.object().asArray(), "This is not an array but an empty object.");
    assertIsNo(() -> Tree.of("x").asObject(), "This is not an object but the string \"x\".");
    assertIsNo(() -> Tree.of(1.5).asString(), "This is not a string but the number 1.5.");
    assertIsNo(() -> Tree.ofNull().asBoolean(), "This is not a boolean but null.");
    assertIsNo(() -> Tree.of(true).asInt(), "This is not a number but the boolean true.");
    assertIsNo(() -> Tree.of(1.5).asInt(), "This is not a long but the number 1.5.");
    assertIsNo(() -> Tree.of(1L << 31).asInt(), "This is not an int but the number 2147483648.");
    assertIsNo(() -> Tree.parse("1e400").asDouble(), "This is not a double but the number 1E+400.");
  }

  private static void assertIsNo(Runnable access, String message) {
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(access::run)
        .withMessage(message);
  }

  @Test
  void as_longTextInAMessage_isCutAndShownOnOneLine() {
    assertThatExceptionOfType(TreeShapeException.class)
        .isThrownBy(() -> Tree.of("\n\u202E" + "x".repeat(1000)).asInt())
        .withMessage(
            "This is not a number but the string \"U+000AU+202E" + "x".repeat(58) + "…\".");
  }

  @Test
  void numbers_ofEverySort_convertExactly() {
    assertThat(Tree.of(Long.MIN_VALUE).asLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(Tree.of(0.1).asNumber().toDecimal()).isEqualTo(new BigDecimal("0.1"));
    assertThat(Tree.of(-0.0).asDouble()).isEqualTo(-0.0);
    assertThat(Tree.of(-0.0)).isEqualTo(Tree.of(0)).hasSameHashCodeAs(Tree.of(0));
    assertThat(Tree.of(BigInteger.TWO.pow(100)).toJson())
        .isEqualTo("1267650600228229401496703205376");
    assertThat(Tree.parse("1.50").toJson()).isEqualTo("1.50");
    assertThat(Tree.parse("1e3").asInt()).isEqualTo(1000);
    assertThat(Tree.parse("1.0")).isEqualTo(Tree.of(1)).hasSameHashCodeAs(Tree.of(1));
    assertThat(Tree.parse("1.5").asNumber().isInteger()).isFalse();
    assertThat(Tree.parse("1.0").asNumber().isInteger()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void of_doubleWithoutJsonForm_isRefused(double number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.of(number))
        .withMessageContaining(Double.toString(number))
        .withMessageContaining("as a string or as null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+9999", "9.99E-10000", "1E+2147483647", "1E-2147483647"})
  void of_numberTooLargeOrSmall_isRefused(String number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.of(new BigDecimal(number)))
        .withMessageContaining("at most 1000 digits")
        .withMessageContaining("from 1E-9999 to below 1E+9999")
        .withMessageContaining("as a string");
  }

  @Test
  void of_numberAtTheBounds_isKept() {
    String longest = "9".repeat(TreeNumber.MAXIMUM_DIGITS);

    assertThat(Tree.of(new BigDecimal("9.9E+9998"))).hasToString("9.9E+9998");
    assertThat(Tree.of(new BigDecimal("1E-9999"))).hasToString("1E-9999");
    assertThat(Tree.of(new BigDecimal(longest))).hasToString(longest);
    assertThat(Tree.of(new BigDecimal("0E-2147483647"))).hasToString("0");
    assertThatIllegalArgumentException().isThrownBy(() -> Tree.of(new BigDecimal(longest + "9")));
  }

  @Test
  void depth_atTheLimit_isMadeAndBeyondItIsNot() {
    Tree tree = Tree.array();
    while (tree.depth() < Tree.MAXIMUM_DEPTH) {
      tree = Tree.object().plus("x", Tree.array(tree).elements().get(0));
    }
    Tree deepest = tree;

    assertThat(Tree.parse(deepest.toJson())).isEqualTo(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.array(deepest))
        .withMessageContaining("at most 512 objects and arrays deep");
    assertThatIllegalArgumentException().isThrownBy(() -> Tree.object().plus("x", deepest));
  }

  @Test
  void members_ofAnObject_keepTheirOrderAndCannotBeChanged() {
    Map<String, Tree> given = new LinkedHashMap<>();
    given.put("b", Tree.of(1));
    given.put("a", Tree.of(2));

    TreeObject object = Tree.object(given);
    given.clear();

    assertThat(object.toJson()).isEqualTo("{\"b\":1,\"a\":2}");
    assertThat(object.plus("b", true).toJson()).isEqualTo("{\"b\":true,\"a\":2}");
    assertThat(object).isEqualTo(Tree.parse("{\"a\":2.0,\"b\":1}"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> object.members().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Tree.array("x").elements().clear());
  }

  @Test
  void builder_twoMembersOfOneName_isRefused() {
    TreeObject.Builder builder = TreeObject.builder().add("id", Tree.of(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add("id", Tree.of(2)))
        .withMessageContaining("already has a member 'id'");
    assertThat(builder.build()).hasToString("{\"id\":1}");
    assertThat(builder.build()).isSameAs(Tree.object());
  }

  @Test
  void builder_afterBuild_doesNotReachIntoWhatItBuilt() {
    TreeArray.Builder builder = TreeArray.builder().add(Tree.of(1));

    TreeArray first = builder.build();
    builder.add(Tree.of(2));

    assertThat(first).isEqualTo(Tree.array(Tree.of(1)));
    assertThat(builder.build()).isEqualTo(Tree.array(List.of(Tree.of(2))));
  }

  @Test
  @SuppressWarnings("NullAway")
  void nulls_inPlaceOfTrees_areRefused() {
    assertThatNullPointerException().isThrownBy(() -> Tree.of((String) null));
    assertThatNullPointerException().isThrownBy(() -> Tree.object().plus("x", (Tree) null));
    assertThatNullPointerException().isThrownBy(() -> Tree.array((Tree) null));
    assertThatNullPointerException().isThrownBy(() -> TreeArray.builder().add(null));
    assertThatNullPointerException().isThrownBy(() -> Tree.array("x").with("/0", null));
  }

  @Test
  void toJson_textThatNeedsEscapes_hasThem() {
    assertThat(Tree.of("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é").toJson())
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028é\"");
    assertThat(Tree.of("\uD83D\uDE00").toJson()).isEqualTo("\"\uD83D\uDE00\"");
    assertThat(Tree.of("a\uD83Db\uDE00").toJson()).isEqualTo("\"a\\ud83db\\ude00\"");
    assertThat(Tree.object().plus("\uD83D", 1).toJson()).isEqualTo("{\"\\ud83d\":1}");
  }
}
