package io.stateward.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Sharpness;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The contract kit of codecs")
final class CodecContractIsSharpTest {

  @AfterEach
  void restore() {
    Fixture.flaw = CodecFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw, by the rules that forbid it and no others")
  void contract_flaw_failsTheRulesThatForbidIt(CodecFlaw flaw) {
    Fixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(Fixture.class, flaw.broken());

    assertThat(failed).containsExactlyInAnyOrderElementsOf(flaw.broken());
  }

  @Test
  @DisplayName("has a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> covered = new TreeSet<>();
    Arrays.stream(CodecFlaw.values()).map(CodecFlaw::broken).forEach(covered::addAll);

    assertThat(covered).containsExactlyElementsOf(rules());
  }

  private static Set<String> rules() {
    Set<String> rules = new TreeSet<>();
    for (var method : CodecContract.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        rules.add(method.getName().replaceFirst("rule(\\d+)_(\\d+)_.*", "$1.$2"));
      }
    }
    return rules;
  }

  /** The contract, on a codec with a flaw. */
  static final class Fixture extends CodecContract<String> {
    private static CodecFlaw flaw = CodecFlaw.NONE;

    @Override
    protected Codec<String> createCodec() {
      return new FlawedCodec(flaw);
    }

    @Override
    protected List<String> values() {
      return List.of("Ada", "", "x-ray", "B");
    }

    @Override
    protected List<byte[]> malformed() {
      return List.of("".getBytes(ISO_8859_1), "xAda>".getBytes(ISO_8859_1));
    }
  }
}
