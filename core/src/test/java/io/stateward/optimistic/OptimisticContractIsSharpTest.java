package io.stateward.optimistic;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Sharpness;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The contract kit of optimistic stores")
final class OptimisticContractIsSharpTest {

  @AfterEach
  void restore() {
    FlawedOptimisticFixture.flaw = OptimisticFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw by the rules that forbid it")
  void contract_flaw_failsTheRulesThatForbidIt(OptimisticFlaw flaw) {
    FlawedOptimisticFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedOptimisticFixture.class, flaw.broken());

    assertThat(failed).containsAll(flaw.broken());
    assertThat(failed.isEmpty()).isEqualTo(flaw == OptimisticFlaw.NONE);
  }

  @Test
  @DisplayName("has a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> covered = new TreeSet<>();
    Arrays.stream(OptimisticFlaw.values()).map(OptimisticFlaw::broken).forEach(covered::addAll);

    assertThat(covered).containsExactlyElementsOf(Sharpness.rulesOf(OptimisticContract.class));
  }
}
