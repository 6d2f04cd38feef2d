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

@DisplayName("The contract kit of transports")
final class TransportContractIsSharpTest {

  @AfterEach
  void restore() {
    FlawedTransportFixture.flaw = TransportFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw by the rule that forbids it")
  void contract_flaw_failsTheRuleThatForbidsIt(TransportFlaw flaw) {
    FlawedTransportFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedTransportFixture.class, flaw.broken());

    if (flaw.broken().isEmpty()) {
      assertThat(failed).isEmpty();
    } else {
      assertThat(failed).containsAll(flaw.broken());
    }
  }

  @Test
  @DisplayName("has a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> covered = new TreeSet<>();
    Arrays.stream(TransportFlaw.values()).map(TransportFlaw::broken).forEach(covered::addAll);

    assertThat(covered).containsExactlyElementsOf(Sharpness.rulesOf(TransportContract.class));
  }
}
