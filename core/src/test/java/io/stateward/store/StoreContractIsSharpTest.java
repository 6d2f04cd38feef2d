package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Sharpness;
import io.stateward.signal.SignalContract;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The contract kit of stores")
final class StoreContractIsSharpTest {

  @AfterEach
  void restore() {
    FlawedStoreFixture.flaw = StoreFlaw.NONE;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catches each flaw, by the rules that forbid it and no others")
  void contract_flaw_failsTheRulesThatForbidIt(StoreFlaw flaw) {
    FlawedStoreFixture.flaw = flaw;

    Set<String> failed = Sharpness.failedRules(FlawedStoreFixture.class, flaw.broken());

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
    Arrays.stream(StoreFlaw.values()).map(StoreFlaw::broken).forEach(covered::addAll);

    assertThat(covered).containsExactlyElementsOf(Sharpness.rulesOf(StoreContract.class));
  }

  @Test
  @DisplayName("covers, with that of signals, the twelve contracts of the kernel")
  void rules_bothKits_coverTheTwelveContracts() {
    Set<String> contracts = new TreeSet<>();
    for (Class<?> kit : new Class<?>[] {SignalContract.class, StoreContract.class}) {
      Sharpness.rulesOf(kit).forEach(rule -> contracts.add(rule.replaceFirst("\\..*", "")));
    }

    assertThat(contracts)
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
  }
}
