package io.stateward.cache.spi;

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

@DisplayName("The contract kits of layers, backplanes and outboxes")
final class CacheContractsAreSharpTest {

  @AfterEach
  void restore() {
    FlawedLayerFixture.flaw = LayerFlaw.NONE;
    FlawedBackplaneFixture.flaw = BackplaneFlaw.NONE;
    FlawedOutboxFixture.flaw = OutboxFlaw.NONE;
  }

  private static void checkFailed(Set<String> failed, Set<String> broken) {
    if (broken.isEmpty()) {
      assertThat(failed).isEmpty();
    } else {
      assertThat(failed).containsAll(broken);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of a layer by the rule that forbids it")
  void layerContract_flaw_failsTheRuleThatForbidsIt(LayerFlaw flaw) {
    FlawedLayerFixture.flaw = flaw;

    checkFailed(Sharpness.failedRules(FlawedLayerFixture.class, flaw.broken()), flaw.broken());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of a backplane by the rule that forbids it")
  void backplaneContract_flaw_failsTheRuleThatForbidsIt(BackplaneFlaw flaw) {
    FlawedBackplaneFixture.flaw = flaw;

    checkFailed(Sharpness.failedRules(FlawedBackplaneFixture.class, flaw.broken()), flaw.broken());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("catch each flaw of an outbox by the rule that forbids it")
  void outboxContract_flaw_failsTheRuleThatForbidsIt(OutboxFlaw flaw) {
    FlawedOutboxFixture.flaw = flaw;

    checkFailed(Sharpness.failedRules(FlawedOutboxFixture.class, flaw.broken()), flaw.broken());
  }

  @Test
  @DisplayName("have a flaw for every rule")
  void flaws_all_coverEveryRule() {
    Set<String> layer = new TreeSet<>();
    Arrays.stream(LayerFlaw.values()).map(LayerFlaw::broken).forEach(layer::addAll);

    Set<String> backplane = new TreeSet<>();
    Arrays.stream(BackplaneFlaw.values()).map(BackplaneFlaw::broken).forEach(backplane::addAll);

    Set<String> outbox = new TreeSet<>();
    Arrays.stream(OutboxFlaw.values()).map(OutboxFlaw::broken).forEach(outbox::addAll);

    assertThat(outbox).containsExactlyElementsOf(Sharpness.rulesOf(FlawedOutboxFixture.class));
    assertThat(layer).containsExactlyElementsOf(Sharpness.rulesOf(CacheLayerContract.class));
    assertThat(backplane)
        .containsExactlyElementsOf(Sharpness.rulesOf(FlawedBackplaneFixture.class));
  }
}
