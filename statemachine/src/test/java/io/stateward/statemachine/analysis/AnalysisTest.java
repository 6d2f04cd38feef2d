package io.stateward.statemachine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Orders;
import io.stateward.statemachine.Payments;
import io.stateward.statemachine.Players;
import org.junit.jupiter.api.Test;

final class AnalysisTest {

  static final Machine<Payments.Payment, Payments.PaymentEvent> PAYMENT =
      Payments.machine(
          new Payments.Gateway() {
            @Override
            public Payments.Token validate(Payments.Order order) {
              return new Payments.Token("t");
            }

            @Override
            public Payments.Receipt charge(Payments.Order order, Payments.Token token, String key) {
              return new Payments.Receipt("r");
            }
          });

  @Test
  void of_machinesOfUsers_findsNothing() {
    assertThat(Analysis.of(PAYMENT).findings()).isEmpty();
    assertThat(Analysis.of(Players.PLAYER).findings()).isEmpty();
    assertThat(Analysis.of(Orders.ORDER).findings()).isEmpty();
    assertThat(Analysis.of(PAYMENT)).hasToString("Nothing is wrong with payment.");
  }

  @Test
  void coverage_order_saysWhatAnswers() {
    Coverage coverage = Analysis.of(Orders.ORDER).coverage();

    assertThat(coverage.answer("NEW", "RESERVE")).isEqualTo(Coverage.Answer.TAKEN);
    assertThat(coverage.answer("NEW", "CANCEL")).isEqualTo(Coverage.Answer.TAKEN);
    assertThat(coverage.answer("RESERVED", "PAY")).isEqualTo(Coverage.Answer.GUARDED);
    assertThat(coverage.answer("PAID", "REMIND")).isEqualTo(Coverage.Answer.IGNORED);
    assertThat(coverage.answer("ON_HOLD", "PAY")).isEqualTo(Coverage.Answer.DEFERRED);
    assertThat(coverage.missing())
        .contains(new Coverage.Gap("NEW", "PAY"))
        .doesNotContain(new Coverage.Gap("PAID", "CANCEL"));
    assertThat(coverage.states()).containsExactly("NEW", "RESERVED", "PAID", "ON_HOLD");
    assertThat(coverage.toString()).contains("| ON_HOLD | - | deferred | - |");
  }

  @Test
  void coverage_unknownState_isRefused() {
    assertThatThrownBy(() -> Analysis.of(Orders.ORDER).coverage().answer("LOST", "PAY"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the states are [NEW");
  }

  @Test
  void finding_asText_saysTheWay() {
    Draw chart =
        Draw.of("A", "B", "C", "End")
            .finals("End")
            .on("A", Draw.Event.GO, "B")
            .on("A", Draw.Event.BACK, "End")
            .any("B", "C");

    assertThat(chart.analysis().findings(Rule.DEAD_END))
        .singleElement()
        .asString()
        .startsWith("WARNING DEAD_END: From state C")
        .endsWith("[by way of A on GO, B on *]");
  }
}
