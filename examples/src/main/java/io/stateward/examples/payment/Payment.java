package io.stateward.examples.payment;

// tag: states
/** Where a payment stands; each state holds exactly the data that exists in it. */
sealed interface Payment {

  record Idle() implements Payment {}

  /** Work is under way: what all of its states have. */
  sealed interface Busy extends Payment {
    Order order();

    int attempt();
  }

  record Validating(Order order, int attempt) implements Busy {}

  record Processing(Order order, int attempt, String token) implements Busy {}

  /** It was cancelled while the service was charging: whatever came of that is taken back. */
  record Voiding(Order order, int attempt) implements Busy {}

  record Success(Order order, String receipt) implements Payment {}

  record Failed(Order order, int attempt, String message) implements Payment {}
}
// end
