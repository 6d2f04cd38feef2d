package io.stateward.store;

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

@DisplayName("The contract kits of reducing stores and of async actions")
final class KitsAreSharpTest {

  @AfterEach
  void restore() {
    FlawedReducingFixture.flaw = ReducingFlaw.NONE;
    FlawedAsyncFixture.flaw = AsyncFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of a reducing store, by the rules that forbid it")
  void reducingContract_flaw_failsTheRulesThatForbidIt(ReducingFlaw flaw) {
    FlawedReducingFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedReducingFixture.class, flaw.broken());

    assertThat(failed).containsAll(flaw.broken());
    assertThat(failed.isEmpty()).isEqualTo(flaw == ReducingFlaw.NONE);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of an async action, by the rules that forbid it")
  void asyncContract_flaw_failsTheRulesThatForbidIt(AsyncFlaw flaw) {
    FlawedAsyncFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedAsyncFixture.class, flaw.broken());

    assertThat(failed).containsAll(flaw.broken());
    assertThat(failed.isEmpty()).isEqualTo(flaw == AsyncFlaw.NONE);
  }

  @Test
  @DisplayName("have a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> covered = new TreeSet<>();
    Arrays.stream(ReducingFlaw.values()).map(ReducingFlaw::broken).forEach(covered::addAll);
    Arrays.stream(AsyncFlaw.values()).map(AsyncFlaw::broken).forEach(covered::addAll);
    Set<String> rules = new TreeSet<>(Sharpness.rulesOf(ReducingContract.class));
    rules.addAll(Sharpness.rulesOf(AsyncContract.class));

    assertThat(covered).containsExactlyElementsOf(rules);
  }
}
