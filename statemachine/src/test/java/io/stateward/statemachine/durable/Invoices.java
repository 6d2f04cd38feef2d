package io.stateward.statemachine.durable;

import io.stateward.statemachine.Machine;
import java.time.Duration;

/** An invoice: work that must not be done twice, an action that must not, and a timer. */
final class Invoices {

  private Invoices() {}

  /** Where an invoice stands. */
  sealed interface Invoice {
    record Open(int cents) implements Invoice {}

    record Charging(int cents) implements Invoice {}

    record Charged(String receipt) implements Invoice {}

    record Settled(String receipt) implements Invoice {}

    record Refused(String why) implements Invoice {}
  }

  enum InvoiceEvent {
    CHARGE,
    CANCEL
  }

  /** Who is asked, and told. */
  interface Bank {
    String charge(int cents, String key) throws Exception;

    default void thank(String receipt, String key) throws Exception {}

    default void note(String event, String key) throws Exception {}
  }

  static Machine<Invoice, InvoiceEvent> machine(Bank bank) {
    return Machine.define("invoice", Invoice.class, InvoiceEvent.class)
        .initial(Invoice.Open.class, Integer.class, Invoice.Open::new)
        .in(
            Invoice.Open.class,
            s ->
                s.on(InvoiceEvent.CHARGE)
                    .run("note", (open, event, key) -> bank.note(event.name(), key))
                    .to(
                        Invoice.Charging.class,
                        (open, event) -> new Invoice.Charging(open.cents())))
        .in(
            Invoice.Charging.class,
            s ->
                s.invoke("charge", (charging, run) -> bank.charge(charging.cents(), run.key()))
                    .onDone(
                        Invoice.Charged.class, (charging, receipt) -> new Invoice.Charged(receipt))
                    .onError(
                        Invoice.Refused.class,
                        (charging, failure) ->
                            new Invoice.Refused(failure.getClass().getSimpleName()))
                    .on(InvoiceEvent.CANCEL)
                    .to(Invoice.Refused.class, (charging, e) -> new Invoice.Refused("cancelled")))
        .in(
            Invoice.Charged.class,
            s ->
                s.entry("thank", (charged, key) -> bank.thank(charged.receipt(), key))
                    .after(Duration.ofMillis(20))
                    .to(Invoice.Settled.class, charged -> new Invoice.Settled(charged.receipt())))
        .finals(Invoice.Settled.class, Invoice.Refused.class)
        .build();
  }
}
