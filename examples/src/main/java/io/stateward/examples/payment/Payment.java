package io.stateward.examples.payment;

import com.fasterxml.jackson.annotation.JsonTypeName;

// excerpt: states
/** Where a payment stands; each state holds exactly the data that exists in it. */
sealed interface Payment {

  @JsonTypeName("idle/1")
  record Idle() implements Payment {}

  /** Work is under way: what all of its states have. */
  sealed interface Busy extends Payment {
    Order order();

    int attempt();
  }

  @JsonTypeName("validating/1")
  record Validating(Order order, int attempt) implements Busy {}

  @JsonTypeName("processing/1")
  record Processing(Order order, int attempt, String token) implements Busy {}

  /** It was cancelled while the service was charging: whatever came of that is taken back. */
  @JsonTypeName("voiding/1")
  record Voiding(Order order, int attempt) implements Busy {}

  @JsonTypeName("success/1")
  record Success(Order order, String receipt) implements Payment {}

  @JsonTypeName("failed/1")
  record Failed(Order order, int attempt, String message) implements Payment {}
}
// end of excerpt
