package io.stateward.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeArray;
import io.stateward.codec.TreeObject;
import io.stateward.codec.Trees;
import io.stateward.persist.HydrationResult.Altered;
import io.stateward.persist.HydrationResult.Restored;
import io.stateward.persist.HydrationResult.Truncated;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No state leaves its script element, and every state comes back out of it. */
final class ScriptElementTest {

  private static final String START = "<script type=\"application/json\" id=\"state\">";
  private static final String END = "</script>";

  private static final Hydration<Tree> TREES =
      Hydration.of("tree", Tree.codec()).withNumbers(BeyondJavaScript.AS_STRINGS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script>",
        "</SCRIPT >",
        "</script\t\n\f/x>",
        "</script foo=bar>",
        "</scr\u0000ipt>",
        "<!--",
        "<!--<script>",
        "<!-- <script> --></script><script>alert(1)</script>",
        "--!>",
        "]]>",
        "<![CDATA[",
        "<?php echo 1 ?>",
        "<img src=x onerror=alert(1)>",
        "&lt;/script&gt;",
        "&#60;/script&#62;",
        "'\"`${alert(1)}",
        "' onload='alert(1)",
        "\\u003c/script>",
        "\\",
        "\\\\",
        "\\\"",
        "\\</script>",
        "\u2028alert(1)\u2029",
        "\r\n\u0000\u001f",
        "\u007f\u0085\u009f",
        "\uFEFF\uFFFE\uFFFF",
        "\uD83D",
        "\uDE00\uD83D",
        "\uD83D\uDE00",
        "%3C/script%3E",
        "+ADw-/script+AD4-",
        "<\uD800/script>",
      })
  void toScriptElement_hostileText_isInertAsValueAndAsName(String hostile) {
    Tree state = Tree.object().plus(hostile, Tree.array(hostile, hostile + hostile));

    String element = TREES.envelopeOf(state).toScriptElement("state");

    assertInert(element);
    assertThat(restored(inside(element))).isEqualTo(state);
  }

  @Test
  void toScriptElement_hostileKeySchemaAndBuild_areInertToo() {
    String hostile = "</script><script>'&\u2028";
    Hydration<Tree> hydration =
        Hydration.of(hostile, Tree.codec().map(hostile.replace("\u2028", ""), t -> t, t -> t))
            .withBuild(hostile);

    String element = hydration.envelopeOf(Tree.ofNull()).toScriptElement("state");

    assertInert(element);
    assertThat(hydration.read(inside(element))).isInstanceOf(Restored.class);
  }

  @Property(seed = "1234", tries = 2000)
  void toScriptElement_anyState_isInertAndComesBack(@ForAll("trees") Tree state) {
    Assume.that(isHarmless(state));

    String element = TREES.envelopeOf(state).toScriptElement("state");

    assertInert(element);
    Tree again = restored(inside(element));
    assertThat(again).isEqualTo(state);
    assertThat(again.toJson()).isEqualTo(state.toJson());
  }

  @Property(seed = "4321", tries = 4000)
  void read_oneCharacterAltered_neverRestoresAnotherState(
      @ForAll("trees") Tree state,
      @ForAll @IntRange(max = 999) int where,
      @ForAll @CharRange(from = ' ', to = '~') char character) {
    Assume.that(isHarmless(state));
    StringBuilder json = new StringBuilder(TREES.envelopeOf(state).toJson());
    json.setCharAt(json.length() * where / 1000, character);

    HydrationResult<Tree> result = TREES.read(json.toString());

    if (result instanceof Restored<Tree> same) {
      assertThat(same.value()).isEqualTo(state); // \u003C for \u003c
    } else {
      assertThat(result).isInstanceOfAny(Altered.class, Truncated.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "-a", "a b", "a\"", "a>", "a'", "é", "a\n", "a/b", "_a", "a."})
  void toScriptElement_idThatIsNone_isRefused(String id) {
    HydrationEnvelope envelope = TREES.envelopeOf(Tree.ofNull());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> envelope.toScriptElement(id))
        .withMessageContaining("a letter, then letters, digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"b", "a b", "a>", "=", "abc===", "a=b", "a\n"})
  void toScriptElement_nonceThatIsNone_isRefusedAndNotRepeated(String nonce) {
    HydrationEnvelope envelope = TREES.envelopeOf(Tree.ofNull());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> envelope.toScriptElement("state", nonce))
        .withMessage("A nonce is Base64, for example \"rAnd0m==\"; this is not.");
  }

  @Test
  void toScriptElement_idAndNonce_areItsAttributes() {
    HydrationEnvelope envelope = TREES.envelopeOf(Tree.of(1));

    assertThat(envelope.toScriptElement("a-B_9", "AZaz09+/_-=="))
        .isEqualTo(
            "<script type=\"application/json\" id=\"a-B_9\" nonce=\"AZaz09+/_-==\">"
                + envelope.toJson()
                + "</script>");
  }

  private static void assertInert(String element) {
    assertThat(element).startsWith(START).endsWith(END);
    assertThat(inside(element).chars())
        .allSatisfy(
            c -> {
              assertThat("<>&'\u2028\u2029\uFEFF".indexOf(c)).isNegative();
              assertThat(c).isGreaterThanOrEqualTo(' ');
              assertThat(c < 0x7F || c > 0x9F).isTrue();
            });
    assertThat(inside(element).codePoints())
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static String inside(String element) {
    return element.substring(START.length(), element.length() - END.length());
  }

  private static Tree restored(String json) {
    return TREES
        .read(json)
        .orElseGet(
            refused -> {
              throw new AssertionError(refused.problem());
            });
  }

  private static boolean isHarmless(Tree tree) {
    List<String> dangerous = List.of("__proto__", "constructor", "prototype");
    if (tree instanceof TreeObject object) {
      return object.members().keySet().stream().noneMatch(dangerous::contains)
          && object.members().values().stream().allMatch(ScriptElementTest::isHarmless);
    }
    return !(tree instanceof TreeArray array)
        || array.elements().stream().allMatch(ScriptElementTest::isHarmless);
  }

  @Provide
  Arbitrary<Tree> trees() {
    return Trees.any();
  }
}
