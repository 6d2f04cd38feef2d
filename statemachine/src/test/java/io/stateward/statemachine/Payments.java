package io.stateward.statemachine;

import io.stateward.flow.Backoff;
import java.time.Duration;

/** A payment: data that exists only in some states, invoked work, retries by hand. */
public final class Payments {

  private Payments() {}

  public record Order(String id, long cents) {}

  public record Token(String value) {}

  public record Receipt(String id) {}

  /** Where a payment stands. */
  public sealed interface Payment {
    record Idle() implements Payment {}

    /** What is running. */
    sealed interface Busy extends Payment {
      Order order();

      int attempt();
    }

    record Validating(Order order, int attempt) implements Busy {}

    record Processing(Order order, int attempt, Token token) implements Busy {}

    record Success(Receipt receipt) implements Payment {}

    record Failed(Order order, int attempt, String cause) implements Payment {}
  }

  /** What may happen to a payment. */
  public sealed interface PaymentEvent {
    record Start(Order order) implements PaymentEvent {}

    record Retry() implements PaymentEvent {}

    record Cancel() implements PaymentEvent {}
  }

  /** The service that is asked. */
  public interface Gateway {
    Token validate(Order order) throws Exception;

    Receipt charge(Order order, Token token, String key) throws Exception;
  }

  public static Machine<Payment, PaymentEvent> machine(Gateway gateway) {
    return Machine.define("payment", Payment.class, PaymentEvent.class)
        .initial(new Payment.Idle())
        .in(
            Payment.Idle.class,
            s ->
                s.on(PaymentEvent.Start.class)
                    .to(
                        Payment.Validating.class,
                        (idle, start) -> new Payment.Validating(start.order(), 1)))
        .in(
            Payment.Busy.class,
            s ->
                s.on(PaymentEvent.Cancel.class)
                    .to(Payment.Idle.class, (busy, cancel) -> new Payment.Idle()))
        .in(
            Payment.Validating.class,
            s ->
                s.invoke("validate", validating -> gateway.validate(validating.order()))
                    .timeout(Duration.ofSeconds(5))
                    .onDone(
                        Payment.Processing.class,
                        (validating, token) ->
                            new Payment.Processing(validating.order(), validating.attempt(), token))
                    .onError(
                        Payment.Failed.class, (validating, failure) -> failed(validating, failure)))
        .in(
            Payment.Processing.class,
            s ->
                s.invoke(
                        "charge",
                        (processing, run) ->
                            gateway.charge(processing.order(), processing.token(), run.key()))
                    .retry(3, Backoff.fixed(Duration.ofMillis(200)))
                    .onDone(
                        Payment.Success.class,
                        (processing, receipt) -> new Payment.Success(receipt))
                    .onError(
                        Payment.Failed.class, (processing, failure) -> failed(processing, failure)))
        .in(
            Payment.Failed.class,
            s ->
                s.on(PaymentEvent.Retry.class)
                    .when("attempt < 3", (failed, retry) -> failed.attempt() < 3)
                    .to(
                        Payment.Validating.class,
                        (failed, retry) ->
                            new Payment.Validating(failed.order(), failed.attempt() + 1))
                    .on(PaymentEvent.Cancel.class)
                    .to(Payment.Idle.class, (failed, cancel) -> new Payment.Idle()))
        .finals(Payment.Success.class)
        .build();
  }

  private static Payment.Failed failed(Payment.Busy busy, Throwable failure) {
    return new Payment.Failed(busy.order(), busy.attempt(), String.valueOf(failure.getMessage()));
  }
}
