package io.stateward.examples.payment;

import io.stateward.statemachine.Actor;

/** Where payments are kept: the last one, and a new one when that has come to its end. */
interface Vault extends AutoCloseable {

  /** Returns the last payment as it was left, or a first one; goes on with what it waited for. */
  Actor<Payment, PaymentEvent> last();

  /** Begins a payment. */
  Actor<Payment, PaymentEvent> another();

  @Override
  void close();
}
