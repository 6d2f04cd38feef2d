package io.stateward.examples.payment;

/** What the person may do. */
sealed interface PaymentEvent {

  record Start(Order order) implements PaymentEvent {}

  record Retry() implements PaymentEvent {}

  record Cancel() implements PaymentEvent {}
}
