package io.stateward.sync.spi;

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

@DisplayName("The contract kit of kinds of documents")
final class SharedTypeContractTest {

  @AfterEach
  void restore() {
    FlawedTypeFixture.flaw = FlawedType.Flaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw by the rule that forbids it")
  void contract_flaw_failsTheRuleThatForbidsIt(FlawedType.Flaw flaw) {
    FlawedTypeFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedTypeFixture.class, flaw.broken());

    if (flaw.broken().isEmpty()) {
      assertThat(failed).isEmpty();
    } else {
      assertThat(failed).containsAll(flaw.broken());
    }
  }

  @Test
  @DisplayName("has a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> broken = new TreeSet<>();
    Arrays.stream(FlawedType.Flaw.values()).map(FlawedType.Flaw::broken).forEach(broken::addAll);

    assertThat(broken).containsExactlyElementsOf(Sharpness.rulesOf(SharedTypeContract.class));
  }
}
