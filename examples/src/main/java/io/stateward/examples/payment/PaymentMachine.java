package io.stateward.examples.payment;

import io.stateward.examples.payment.Payment.Busy;
import io.stateward.examples.payment.Payment.Failed;
import io.stateward.examples.payment.Payment.Idle;
import io.stateward.examples.payment.Payment.Processing;
import io.stateward.examples.payment.Payment.Success;
import io.stateward.examples.payment.Payment.Validating;
import io.stateward.examples.payment.Payment.Voiding;
import io.stateward.examples.payment.PaymentEvent.Cancel;
import io.stateward.examples.payment.PaymentEvent.Retry;
import io.stateward.examples.payment.PaymentEvent.Start;
import io.stateward.flow.Backoff;
import io.stateward.statemachine.Machine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All that may happen to a payment. */
final class PaymentMachine {

  static final int ATTEMPTS = 3;

  private PaymentMachine() {}

  static Machine<Payment, PaymentEvent> of(Gateway gateway, Duration patience) {
    Backoff pause = Backoff.fixed(Duration.ofSeconds(1));
    // excerpt: machine
    return Machine.define("payment", Payment.class, PaymentEvent.class)
        .initial(new Idle())
        .in(
            Idle.class,
            s ->
                s.on(Start.class)
                    .to(Validating.class, (idle, start) -> new Validating(start.order(), 1)))
        .in(
            Validating.class,
            s ->
                s.invoke("validate", validating -> gateway.validate(validating.order()))
                    .timeout(patience)
                    .retry(2, pause)
                    .onDone(
                        Processing.class,
                        (validating, token) ->
                            new Processing(validating.order(), validating.attempt(), token))
                    .onError(Failed.class, (validating, failure) -> failed(validating, failure))
                    .on(Cancel.class) // leaving the state cancels the work
                    .to(Idle.class, (validating, cancel) -> new Idle()))
        .in(
            Processing.class,
            s ->
                s.invoke(
                        "charge",
                        processing -> gateway.charge(processing.order(), processing.token()))
                    .timeout(patience)
                    .retry(2, pause)
                    .onDone(
                        Success.class,
                        (processing, receipt) -> new Success(processing.order(), receipt))
                    .onError(Failed.class, (processing, failure) -> failed(processing, failure))
                    .on(Cancel.class) // the charge may have come through, so it is taken back
                    .to(
                        Voiding.class,
                        (processing, cancel) ->
                            new Voiding(processing.order(), processing.attempt())))
        .in(
            Voiding.class,
            s ->
                s.invoke("void", voiding -> gateway.revoke(voiding.order()))
                    .timeout(patience)
                    .retry(2, pause)
                    .onDone(Idle.class, (voiding, done) -> new Idle())
                    .onError(Failed.class, (voiding, failure) -> failed(voiding, failure))
                    .on(Cancel.class)
                    .ignore())
        .in(
            Failed.class,
            s ->
                s.on(Retry.class)
                    .when("attempt < 3", (failed, retry) -> failed.attempt() < ATTEMPTS)
                    .to(
                        Validating.class,
                        (failed, retry) -> new Validating(failed.order(), failed.attempt() + 1))
                    .on(Cancel.class)
                    .to(
                        Voiding.class,
                        (failed, cancel) -> new Voiding(failed.order(), failed.attempt())))
        .in(
            Success.class,
            s ->
                s.entry(
                    "receipt",
                    (success, key) -> gateway.mail(success.order(), success.receipt(), key)))
        .finals(Success.class)
        .build();
    // end of excerpt
  }

  private static Failed failed(Busy busy, Throwable failure) {
    @Nullable String message = failure.getMessage();
    return new Failed(
        busy.order(),
        busy.attempt(),
        message == null ? failure.getClass().getSimpleName() : message);
  }
}
