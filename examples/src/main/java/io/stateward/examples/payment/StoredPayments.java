package io.stateward.examples.payment;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** Payments. */
final class StoredPayments implements Vault {

  private final Machine<Payment, PaymentEvent> machine;
  private final Actors actors;

  private StoredPayments(Machine<Payment, PaymentEvent> machine, Actors actors) {
    this.machine = machine;
    this.actors = actors;
  }

  static StoredPayments open(
      Machine<Payment, PaymentEvent> machine, Path folder, Executor executor) {
    return new StoredPayments(machine, Actors.on(executor).build());
  }

  @Override
  public Actor<Payment, PaymentEvent> last() {
    return another();
  }

  @Override
  public Actor<Payment, PaymentEvent> another() {
    return actors.start(machine);
  }

  @Override
  public void close() {
    actors.close();
  }
}
