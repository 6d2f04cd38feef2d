package io.stateward.cache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons as in RFC 9110, and lists against a naive reader of its grammar. */
final class ETagTest {

  /** The table of RFC 9110, section 8.8.3.2, in the column of weak comparison. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "W/\"1\" W/\"1\" true",
        "W/\"1\" W/\"2\" false",
        "W/\"1\" \"1\" true",
        "\"1\" \"1\" true"
      })
  void isIn_comparesWeakly(String one, String other, boolean same) {
    assertThat(parsed(one).isIn(other)).isEqualTo(same);
    assertThat(parsed(other).isIn(one)).isEqualTo(same);
    assertThat(parsed(one).matches(parsed(other))).isEqualTo(same);
  }

  private static ETag parsed(String text) {
    boolean weak = text.startsWith("W/");
    return new ETag(text.substring(weak ? 3 : 1, text.length() - 1), weak);
  }

  /** The examples of RFC 9110, section 13.1.2, and what is around them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "\"xyzzy\"; true",
        "W/\"xyzzy\"; true",
        "\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"; true",
        "W/\"r2d2xxxx\", W/\"xyzzy\", W/\"c3piozzzz\"; true",
        "*; true",
        "' * '; true",
        "\"other\"; false",
        "\"xyzz\", \"xyzzyy\"; false",
        ",,\"a\" ,, \"xyzzy\",; true",
        "\"a,b\", \"xyzzy\"; true",
        "\"a,xyzzy,b\"; false",
        "xyzzy; false",
        "w/\"xyzzy\"; false",
        "\"xyzzy; false",
        "\"xyzzy\" \"a\"; false",
        "\"xyzzy\", *; false",
        "\"xyzzy\", \"a b\"; false",
        "''; false",
      })
  void isIn_list(String condition, boolean named) {
    assertThat(new ETag("xyzzy", false).isIn(condition)).isEqualTo(named);
  }

  @Test
  void isIn_nothingOrTooMuch_isNotNamed() {
    ETag etag = new ETag("a", false);

    assertThat(etag.isIn(null)).isFalse();
    assertThat(etag.isIn("\"a\"," + " ".repeat(8_188))).isTrue();
    assertThat(etag.isIn("\"a\"," + " ".repeat(8_189))).isFalse();
    assertThat(etag.isIn("\"a\",".repeat(300_000))).isFalse();
  }

  @Test
  void weak_ofAnyText_isInTheAlphabet() {
    assertThat(ETag.weak("42")).hasToString("W/\"42\"");
    assertThat(ETag.weak("\"abc\"")).hasToString("W/\"abc\"");
    assertThat(ETag.weak("W/\"abc\"")).hasToString("W/\"abc\"");
    assertThat(ETag.weak("")).hasToString("W/\"\"");
    assertThat(ETag.weak("\"").toString()).matches("W/\"[A-Za-z0-9_-]{22}\"");
    assertThat(ETag.weak("Tue, 15 Nov").toString()).matches("W/\"[A-Za-z0-9_-]{22}\"");
    assertThat(ETag.weak("x".repeat(129)).toString()).matches("W/\"[A-Za-z0-9_-]{22}\"");
    assertThat(ETag.weak("a\r\nSet-Cookie: b").opaque()).doesNotContain("\r", "\n");
  }

  @Property(seed = "911013")
  void isIn_whatWasWritten_isRead(@ForAll("etags") List<ETag> some, @ForAll("etag") ETag one) {
    String condition = String.join(", ", some.stream().map(ETag::toString).toList());
    boolean expected = some.stream().anyMatch(one::matches);

    assertThat(one.isIn(condition)).isEqualTo(expected);
  }

  @Property(seed = "911014", tries = 20_000)
  void isIn_anything_isAsTheGrammarSays(
      @ForAll("conditions") String condition, @ForAll("etag") ETag one) {
    List<ETag> naive = naivelyRead(condition);
    boolean expected =
        condition.strip().equals("*") || (naive != null && naive.stream().anyMatch(one::matches));

    assertThat(one.isIn(condition)).isEqualTo(expected);
  }

  /** A list as the grammar has it, by regular expressions; null if it is none. */
  private static @Nullable List<ETag> naivelyRead(String condition) {
    String tag = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"";
    String space = "[ \\t]*";
    String element = "(?:" + tag + ")?";
    if (!condition.matches(
        space + element + "(?:" + space + "," + space + element + ")*" + space)) {
      return null;
    }
    List<ETag> all = new ArrayList<>();
    Matcher each = Pattern.compile(tag).matcher(condition);
    while (each.find()) {
      all.add(parsed(each.group()));
    }
    return all;
  }

  @Provide
  Arbitrary<ETag> etag() {
    Arbitrary<String> opaque = Arbitraries.strings().withChars('a', ',', '*').ofMaxLength(2);
    return opaque.flatMap(text -> Arbitraries.of(true, false).map(weak -> new ETag(text, weak)));
  }

  @Provide
  Arbitrary<List<ETag>> etags() {
    return etag().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> conditions() {
    return Arbitraries.of("\"", "\"a\"", "W/", "W/\"a\"", "a", ",", " ", "\t", "*", "é", "€")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
