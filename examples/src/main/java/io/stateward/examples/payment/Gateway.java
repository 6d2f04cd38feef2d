package io.stateward.examples.payment;

import java.io.IOException;

/** The way to the payment service; calls block, and may be interrupted. */
interface Gateway {

  /** Asks whether an order can be paid; returns a token for the charge. */
  String validate(Order order) throws IOException, InterruptedException;

  /** Charges an order; asked again with the same id it charges no second time. */
  String charge(Order order, String token) throws IOException, InterruptedException;

  /** Takes a charge back, or sees to it that it never comes. */
  String revoke(Order order) throws IOException, InterruptedException;

  /** Sends the receipt; once for each key. */
  void mail(Order order, String receipt, String key) throws IOException, InterruptedException;
}
