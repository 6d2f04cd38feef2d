package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Outcome.Done;
import io.stateward.statemachine.Payments.Gateway;
import io.stateward.statemachine.Payments.Order;
import io.stateward.statemachine.Payments.Payment;
import io.stateward.statemachine.Payments.PaymentEvent;
import io.stateward.statemachine.Payments.Receipt;
import io.stateward.statemachine.Payments.Token;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invoked work as the pure step sees it, by the payment. */
final class PaymentStepTest {

  private static final Order ORDER = new Order("7", 1_200);

  private static final Machine<Payment, PaymentEvent> PAYMENT =
      Payments.machine(
          new Gateway() {
            @Override
            public Token validate(Order order) {
              throw new AssertionError("A step calls nobody.");
            }

            @Override
            public Receipt charge(Order order, Token token, String key) {
              throw new AssertionError("A step calls nobody.");
            }
          });

  private static Snapshot<Payment> validating() {
    return PAYMENT.step(PAYMENT.begin().snapshot(), new PaymentEvent.Start(ORDER)).snapshot();
  }

  @Test
  void step_intoInvokingState_startsItsWork() {
    Snapshot<Payment> idle = PAYMENT.begin().snapshot();

    Step<Payment> step = PAYMENT.step(idle, new PaymentEvent.Start(ORDER));

    Invocation work = step.snapshot().invocations().get(0);
    assertThat(step.snapshot().state()).isEqualTo(new Payment.Validating(ORDER, 1));
    assertThat(step.effects()).containsExactly(new Effect.StartInvocation(work));
    assertThat(work.state()).isEqualTo("Validating");
    assertThat(work.name()).isEqualTo("validate");
    assertThat(work.data()).isEqualTo(new Payment.Validating(ORDER, 1));
    assertThat(idle.state()).isEqualTo(new Payment.Idle());
  }

  @Test
  void complete_withResult_leadsOnAndStartsTheNextWork() {
    Snapshot<Payment> validating = validating();
    Invocation work = validating.invocations().get(0);

    Step<Payment> step = PAYMENT.complete(validating, work, new Done<>(new Token("t")), null);

    assertThat(step.snapshot().state()).isEqualTo(new Payment.Processing(ORDER, 1, new Token("t")));
    assertThat(step.snapshot().invocations()).hasSize(1).doesNotContain(work);
    assertThat(step.effects())
        .containsExactly(new Effect.StartInvocation(step.snapshot().invocations().get(0)));
  }

  @Test
  void complete_withFailure_leadsToItsState() {
    Snapshot<Payment> validating = validating();

    Step<Payment> step =
        PAYMENT.complete(
            validating,
            validating.invocations().get(0),
            new io.stateward.flow.Outcome.Failed<>(new IOException("refused")),
            null);

    assertThat(step.snapshot().state()).isEqualTo(new Payment.Failed(ORDER, 1, "refused"));
    assertThat(step.snapshot().invocations()).isEmpty();
  }

  @Test
  void step_outOfInvokingState_cancelsItsWorkAndDropsItsResult() {
    Snapshot<Payment> validating = validating();
    Invocation work = validating.invocations().get(0);

    Step<Payment> cancel = PAYMENT.step(validating, new PaymentEvent.Cancel());
    Step<Payment> late =
        PAYMENT.complete(cancel.snapshot(), work, new Done<>(new Token("t")), null);

    assertThat(cancel.effects()).containsExactly(new Effect.CancelInvocation(work));
    assertThat(late.outcome().isTaken()).isFalse();
    assertThat(late.snapshot()).isSameAs(cancel.snapshot());
  }

  @Test
  void step_guardThatRefuses_isRejectedByName() {
    Snapshot<Payment> failed = validating();
    for (int attempt = 1; attempt < 3; attempt++) {
      failed = failing(failed);
      failed = PAYMENT.step(failed, new PaymentEvent.Retry()).snapshot();
    }
    failed = failing(failed);

    Outcome outcome = PAYMENT.step(failed, new PaymentEvent.Retry()).outcome();

    assertThat(outcome).isEqualTo(new Outcome.Rejected(List.of("attempt < 3")));
  }

  private static Snapshot<Payment> failing(Snapshot<Payment> at) {
    return PAYMENT
        .complete(
            at,
            at.invocations().get(0),
            new io.stateward.flow.Outcome.Failed<>(new IOException("no")),
            null)
        .snapshot();
  }

  @Test
  void instance_ofMachineThatInvokes_isRefused() {
    assertThatThrownBy(PAYMENT::instance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("payment")
        .hasMessageContaining("actor");
  }

  @Test
  void step_snapshotOfAnotherMachine_isRefused() {
    Machine<Payment, PaymentEvent> other = Payments.machine(new NoGateway());

    assertThatThrownBy(() -> PAYMENT.step(other.begin().snapshot(), new PaymentEvent.Cancel()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payment");
  }

  /** Never asked. */
  private record NoGateway() implements Gateway {

    @Override
    public Token validate(Order order) {
      return new Token("");
    }

    @Override
    public Receipt charge(Order order, Token token, String key) {
      return new Receipt("");
    }
  }
}
