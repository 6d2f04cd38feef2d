package io.stateward.statemachine.scxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two languages that are built in. */
final class ExpressionsTest {

  private static final DataModel MODEL = DataModel.ecmaScriptSubset();

  private static final TreeObject VALUES =
      Tree.object()
          .plus("i", 7)
          .plus("half", 0.5)
          .plus("text", "abc")
          .plus("yes", true)
          .plus("list", Tree.array(Tree.of(1), Tree.of(2), Tree.of(3)))
          .plus("thing", Tree.parse("{\"a\":{\"b\":[10,20]},\"none\":null}"));

  private static final Bindings BINDINGS =
      new Bindings(
          "machine",
          new Variables(VALUES, Set.of("empty")),
          ScxmlEvent.of("order.paid", Tree.parse("{\"amount\":12}")),
          Set.of("s1", "s2")::contains);

  private static @Nullable Tree value(String source) {
    return MODEL.expression(source).evaluate(BINDINGS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 ~ 7",
        "(1 + 2) * 3 ~ 9",
        "7 / 2 ~ 3.5",
        "7 % 4 ~ 3",
        "-i + 1 ~ -6",
        "- -i ~ 7",
        "10 - 4 - 3 ~ 3",
        "0.1 + 0.2 ~ 0.30000000000000004",
        "1e3 ~ 1000",
        "'a' + 1 ~ \"a1\"",
        "1 + 2 + 'a' ~ \"3a\"",
        "'a' + null + undefined + true ~ \"anullundefinedtrue\"",
        "'it\\'s' ~ \"it's\"",
        "\"\\u0041\\n\" ~ \"A\\n\"",
        "i == 7 ~ true",
        "i == '7' ~ true",
        "i === '7' ~ false",
        "i !== '7' ~ true",
        "i != 7 ~ false",
        "null == undefined ~ true",
        "null === undefined ~ false",
        "list == '1,2,3' ~ true",
        "list === [1, 2, 3] ~ true",
        "true == 1 ~ true",
        "'' == 0 ~ true",
        "'10' < '9' ~ true",
        "10 < 9 ~ false",
        "'10' < 9 ~ false",
        "undefined < 1 ~ false",
        "undefined >= 1 ~ false",
        "-0 === 0 ~ true",
        "-0 < 0 ~ false",
        "i > 5 && i < 9 ~ true",
        "i > 9 || text ~ \"abc\"",
        "0 && nobody ~ 0",
        "!text ~ false",
        "!0 ~ true",
        "i > 5 ? 'big' : 'small' ~ \"big\"",
        "i > 9 ? 1 : i > 5 ? 2 : 3 ~ 2",
        "typeof i ~ \"number\"",
        "typeof nobody ~ \"undefined\"",
        "typeof empty ~ \"undefined\"",
        "typeof null ~ \"object\"",
        "typeof text === 'string' ~ true",
        "thing.a.b[1] ~ 20",
        "thing['a']['b'].length ~ 2",
        "thing.none === null ~ true",
        "typeof thing.other ~ \"undefined\"",
        "typeof list[3] ~ \"undefined\"",
        "text.length ~ 3",
        "list.concat([4], 5) ~ [1,2,3,4,5]",
        "[].concat(list, list).length ~ 6",
        "list.indexOf(2) ~ 1",
        "list.includes(9) ~ false",
        "list.join('-') ~ \"1-2-3\"",
        "list.slice(-2) ~ [2,3]",
        "text.slice(1, 2) ~ \"b\"",
        "text.indexOf('c') ~ 2",
        "i.toString() ~ \"7\"",
        "[1, [i, 'x'], undefined] ~ [1,[7,\"x\"],null]",
        "{a: i, 'b c': [half]} ~ {\"a\":7,\"b c\":[0.5]}",
        "list instanceof Array ~ true",
        "i instanceof Array ~ false",
        "'a' in thing ~ true",
        "'b' in thing ~ false",
        "'sendid' in _event && 'data' in _event ~ true",
        "'other' in _event ~ false",
        "In('s1') ~ true",
        "In('s3') ~ false",
        "!In('s3') && In('s' + 2) ~ true",
        "_event.name ~ \"order.paid\"",
        "_event.data.amount * 2 ~ 24",
        "_event.type ~ \"external\"",
        "typeof _event.sendid ~ \"undefined\"",
        "_name ~ \"machine\"",
        "_ioprocessors.scxml.location ~ \"#_scxml_machine\""
      })
  void expression_hasItsValue(String source, String json) {
    assertThat(value(source)).isEqualTo(Tree.parse(json));
  }

  @Test
  void expression_ofNothing_isNull() {
    assertThat(value("undefined")).isNull();
    assertThat(value("empty")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "empty.member",
        "null.x",
        "1 / 0",
        "'a' * 2",
        "i.shout()",
        "return",
        "1 in 2"
      })
  void expression_withoutValue_fails(String source) {
    DataModel.Expression expression = MODEL.expression(source);

    assertThatThrownBy(() -> expression.evaluate(BINDINGS)).isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "1 + ~ it ends where a value belongs",
        "(1 ~ it ends where ')' belongs",
        "1 2 ~ there is '2' where an operator or the end belongs",
        "a = 1 ~ '=' means nothing here",
        "x++ ~ where a value belongs",
        "f(1) ~ In('state') is the only function",
        "'abc ~ has no end",
        "function () {} ~ 'function' is not supported",
        "new Date() ~ 'new' is not supported",
        "{: 1} ~ needs a name",
        "1e ~ '1e' is no number",
        "'\\u12' ~ four hexadecimal digits",
        "a. ~ the name of a member",
        "# ~ '#' means nothing here"
      })
  void expression_thatIsNone_saysWhatIsWrong(String source, String problem) {
    assertThatThrownBy(() -> MODEL.expression(source))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "!", "-", "{a:", "x?", "x["})
  void expression_thatIsTooDeep_isRefused(String opening) {
    assertThatThrownBy(() -> MODEL.expression(opening.repeat(100_000) + "1"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("deep");
  }

  @Test
  void expression_thatIsTooLong_isRefused() {
    assertThatThrownBy(() -> MODEL.expression("1" + "+1".repeat(100_000)))
        .hasMessageContaining("more than 1,000 operators");
    assertThatThrownBy(() -> MODEL.expression("i" + ".a".repeat(100_000)))
        .hasMessageContaining("more than 64 members");
    assertThat(value("1" + "+1".repeat(999))).isEqualTo(Tree.of(1000));
  }

  @Test
  void text_thatDoubles_endsInAnError() {
    Variables variables = Variables.none().with("x", Tree.of("x".repeat(600_000)));
    Bindings bindings = new Bindings("m", variables, null, state -> false);
    DataModel.Expression doubled = MODEL.expression("x + x");

    assertThatThrownBy(() -> doubled.evaluate(bindings)).hasMessageContaining("1,200,000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[x, x]", "{a: x, b: x}", "x.concat(x)", "[x.join('') + 'x', x]"})
  void value_thatDoubles_endsInAnError(String source) {
    DataModel.Expression doubled = MODEL.expression(source);
    DataModel.Location place = MODEL.location("x");
    Variables begin = Variables.none().with("x", Tree.array("x", "y"));

    assertThatThrownBy(
            () -> {
              Variables now = begin;
              for (int i = 0; i < 500; i++) {
                Bindings bindings = new Bindings("m", now, null, state -> false);
                now = place.assign(bindings, doubled.evaluate(bindings));
              }
            })
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void assignment_thatDoubles_endsInAnError() {
    DataModel.Location place = MODEL.location("x.a");
    Variables begin = Variables.none().with("x", Tree.parse("{\"b\":[1,2,3]}"));

    assertThatThrownBy(
            () -> {
              Variables now = begin;
              for (int i = 0; i < 500; i++) {
                Tree value = Tree.array(now.get("x"), now.get("x"));
                now = place.assign(new Bindings("m", now, null, state -> false), value);
              }
            })
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("262,144");
  }

  // Places.

  private static Variables assigned(String place, @Nullable Tree value) {
    return MODEL.location(place).assign(BINDINGS, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "i ~ 9",
        "empty ~ 9",
        "thing.a.b[0] ~ 9",
        "thing.a.c ~ 9",
        "thing['a'] ~ 9",
        "list[i - 6] ~ 9",
        "list[3] ~ 9"
      })
  void location_holdsWhatWasAssigned(String place, long value) {
    Bindings after =
        new Bindings("machine", assigned(place, Tree.of(value)), BINDINGS.event(), state -> true);

    assertThat(MODEL.expression(place).evaluate(after)).isEqualTo(Tree.of(value));
  }

  @Test
  void location_leavesTheRestAsItWas() {
    Variables after = assigned("thing.a.b[0]", Tree.of(9));

    assertThat(after.get("thing")).isEqualTo(Tree.parse("{\"a\":{\"b\":[9,20]},\"none\":null}"));
    assertThat(after.get("i")).isEqualTo(Tree.of(7));
    assertThat(BINDINGS.variables().get("thing").at("/a/b/0")).isEqualTo(Tree.of(10));
  }

  @Test
  void location_ofNothing_isUnsetButDeclared() {
    assertThat(assigned("i", null).isDeclared("i")).isTrue();
    assertThat(assigned("i", null).find("i")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "nobody.x",
        "_event",
        "_event.name",
        "_name",
        "'i'",
        "1",
        "",
        "i.x",
        "list[9]",
        "empty.x"
      })
  void location_thatIsNone_fails(String place) {
    DataModel.Location location = MODEL.location(place);

    assertThatThrownBy(() -> location.assign(BINDINGS, Tree.of(1)))
        .isInstanceOf(ExpressionException.class);
  }

  // Text in place of expressions.

  @Test
  void literal_isJsonOrProse() {
    assertThat(MODEL.literal(" [1, 2] ")).isEqualTo(Tree.array(Tree.of(1), Tree.of(2)));
    assertThat(MODEL.literal("{a: 'x', b: [1]}")).isEqualTo(Tree.parse("{\"a\":\"x\",\"b\":[1]}"));
    assertThat(MODEL.literal("[see below]")).isEqualTo(Tree.of("[see below]"));
    assertThat(MODEL.literal("{nobody: there}")).isEqualTo(Tree.of("{nobody: there}"));
    assertThat(MODEL.literal("\n  two\n  words ")).isEqualTo(Tree.of("two words"));
  }

  // The model without values.

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "In('s1') ~ true",
        "In(\"s3\") ~ false",
        "In(s2) ~ true",
        "not In(s2) ~ false",
        "!In(s3) ~ true",
        "In(s1) and In(s3) ~ false",
        "In(s1) && !In(s3) ~ true",
        "In(s3) or In(s1) and In(s2) ~ true",
        "(In(s3) or In(s1)) and not (In(s3)) ~ true",
        "In(s1) || In(s3) ~ true",
        "true ~ true",
        "not false and false ~ false"
      })
  void none_conditionsOfIn(String source, boolean holds) {
    assertThat(DataModel.none().condition(source).test(BINDINGS)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1 == 1",
        "In()",
        "In(s1",
        "In(s1) In(s2)",
        "In(s1) and",
        "not",
        "(In(s1)"
      })
  void none_otherConditions_areRefused(String source) {
    assertThatThrownBy(() -> DataModel.none().condition(source))
        .isInstanceOf(ExpressionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not ", "(", "In(a) and "})
  void none_tooDeep_isRefused(String part) {
    assertThatThrownBy(() -> DataModel.none().condition(part.repeat(100_000) + "In(a)"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 64");
  }

  @Test
  void none_valuesAndPlaces_areRefused() {
    assertThatThrownBy(() -> DataModel.none().expression("1")).hasMessageContaining("no values");
    assertThatThrownBy(() -> DataModel.none().location("x")).hasMessageContaining("no values");
  }
}
