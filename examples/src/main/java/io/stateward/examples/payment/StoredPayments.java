package io.stateward.examples.payment;

import io.stateward.jackson.Jackson;
import io.stateward.persist.RecordStore;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.durable.DurableActors;
import io.stateward.statemachine.durable.MachineCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Payments in a folder, numbered as they came. */
final class StoredPayments implements AutoCloseable {

  private static final int PAGE = 1_000;

  private final RecordStore records;
  private final Actors actors;
  private final DurableActors<Payment, PaymentEvent> payments;

  private StoredPayments(
      RecordStore records, Actors actors, DurableActors<Payment, PaymentEvent> payments) {
    this.records = records;
    this.actors = actors;
    this.payments = payments;
  }

  /** Opens the folder; what was under way when the program ended goes on. */
  static StoredPayments open(
      Machine<Payment, PaymentEvent> machine, Path folder, Executor executor) {
    // excerpt: durable
    RecordStore records = RecordStore.files(folder);
    Actors actors = Actors.on(executor).mailbox(executor).build();
    MachineCodec<Payment, PaymentEvent> codec = MachineCodec.of(machine, Jackson::codec);
    DurableActors<Payment, PaymentEvent> payments = DurableActors.of(actors, records, codec).open();
    // end of excerpt
    return new StoredPayments(records, actors, payments);
  }

  /** Returns the last payment as it was left, or a first one. */
  Actor<Payment, PaymentEvent> last() {
    String last = lastId();
    return last.isEmpty() ? another() : Objects.requireNonNull(payments.load(last));
  }

  /** Begins a payment. */
  Actor<Payment, PaymentEvent> another() {
    String last = lastId();
    int number = last.isEmpty() ? 1 : Integer.parseInt(last) + 1;
    return payments.start("%08d".formatted(number)); // so that they are in order
  }

  private String lastId() {
    String last = "";
    List<String> ids;
    do {
      ids = payments.ids(last.isEmpty() ? null : last, PAGE);
      last = ids.isEmpty() ? last : ids.get(ids.size() - 1);
    } while (ids.size() == PAGE);
    return last;
  }

  @Override
  public void close() {
    payments.close();
    actors.close();
    records.close();
  }
}
