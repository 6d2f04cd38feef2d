package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The contract kit of signals")
final class SignalContractIsSharpTest {

  @AfterEach
  void restore() {
    FlawedSignalFixture.flaw = SignalFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw, by the rules that forbid it and no others")
  void contract_flaw_failsTheRulesThatForbidIt(SignalFlaw flaw) {
    FlawedSignalFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedSignalFixture.class, flaw.broken());

    if (flaw.spreads()) {
      assertThat(failed).containsAll(flaw.broken());
    } else {
      assertThat(failed).containsExactlyInAnyOrderElementsOf(flaw.broken());
    }
  }

  @Test
  @DisplayName("has a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> covered = new TreeSet<>();
    Arrays.stream(SignalFlaw.values()).map(SignalFlaw::broken).forEach(covered::addAll);

    assertThat(covered).containsExactlyElementsOf(Sharpness.rulesOf(SignalContract.class));
  }
}
