package io.stateward.statemachine;

import io.stateward.flow.Backoff;
import java.time.Duration;

/** A payment: data that exists only in some states, invoked work, retries by hand. */
public final class Payments {

  private Payments() {}

  /**
   * Order.
   *
   * @param id of it
   * @param cents of it
   */
  public record Order(String id, long cents) {}

  /**
   * Token.
   *
   * @param value of it
   */
  public record Token(String value) {}

  /**
   * Receipt.
   *
   * @param id of it
   */
  public record Receipt(String id) {}

  /** Where a payment stands. */
  public sealed interface Payment {
    /** Idle. */
    record Idle() implements Payment {}

    /** What is running. */
    sealed interface Busy extends Payment {
      /**
       * Returns what is paid for.
       *
       * @return the order
       */
      Order order();

      /**
       * Returns which attempt it is.
       *
       * @return 1 for the first
       */
      int attempt();
    }

    /**
     * Validating.
     *
     * @param order of it
     * @param attempt of it
     */
    record Validating(Order order, int attempt) implements Busy {}

    /**
     * Processing.
     *
     * @param order of it
     * @param attempt of it
     * @param token of it
     */
    record Processing(Order order, int attempt, Token token) implements Busy {}

    /**
     * Success.
     *
     * @param receipt of it
     */
    record Success(Receipt receipt) implements Payment {}

    /**
     * Failed.
     *
     * @param order of it
     * @param attempt of it
     * @param cause of it
     */
    record Failed(Order order, int attempt, String cause) implements Payment {}
  }

  /** What may happen to a payment. */
  public sealed interface PaymentEvent {
    /**
     * Start.
     *
     * @param order of it
     */
    record Start(Order order) implements PaymentEvent {}

    /** Retry. */
    record Retry() implements PaymentEvent {}

    /** Cancel. */
    record Cancel() implements PaymentEvent {}
  }

  /** The service that is asked. */
  public interface Gateway {
    /**
     * Checks an order.
     *
     * @param order which
     * @return what it may be charged with
     * @throws Exception if it is refused
     */
    Token validate(Order order) throws Exception;

    /**
     * Charges an order.
     *
     * @param order which
     * @param token from the check
     * @param key what is the same for the same charge
     * @return the receipt
     * @throws Exception if it fails
     */
    Receipt charge(Order order, Token token, String key) throws Exception;
  }

  /**
   * Defines the machine.
   *
   * @param gateway the service
   * @return the machine
   */
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
