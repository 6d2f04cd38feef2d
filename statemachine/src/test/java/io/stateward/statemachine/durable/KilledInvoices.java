package io.stateward.statemachine.durable;

import io.stateward.persist.RecordStore;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.durable.Invoices.Bank;
import io.stateward.statemachine.durable.Invoices.Invoice;
import io.stateward.statemachine.durable.Invoices.InvoiceEvent;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The program that is killed: it goes on with the invoices that it finds, starts some, and says so;
 * once all are settled it ends.
 */
final class KilledInvoices {

  private KilledInvoices() {}

  /** Arguments: the folder, the port of the bank, the number of the first invoice, how many. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    Bank bank =
        new Bank() {
          @Override
          public String charge(int cents, String key) {
            return BankService.ask(port, "charge", key);
          }

          @Override
          public void thank(String receipt, String key) {
            BankService.ask(port, "thank", key);
          }
        };
    ExecutorService pool = Executors.newCachedThreadPool();
    try (RecordStore records = RecordStore.files(Path.of(args[0]));
        Actors actors = Actors.on(pool).mailbox(pool).build();
        DurableActors<Invoice, InvoiceEvent> invoices =
            DurableActors.of(
                    actors, records, MachineCodec.of(Invoices.machine(bank), RecordCodecs::of))
                .open()) {
      System.out.println("open");
      run(invoices, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      System.out.println("done");
    } finally {
      pool.shutdownNow();
    }
  }

  private static void run(DurableActors<Invoice, InvoiceEvent> invoices, int first, int count)
      throws InterruptedException {
    for (int i = first; i < first + count; i++) {
      if (invoices.load("i" + i) == null) {
        invoices.start("i" + i, i);
      }
    }
    for (String id : invoices.ids(null, 10_000)) {
      Actor<Invoice, InvoiceEvent> invoice = Objects.requireNonNull(invoices.load(id));
      if (invoice.snapshot().state() instanceof Invoice.Open) {
        invoice.tell(InvoiceEvent.CHARGE);
      }
    }
    for (String id : invoices.ids(null, 10_000)) {
      Objects.requireNonNull(invoices.load(id))
          .until(Invoice.Settled.class::isInstance)
          .await()
          .orThrow();
    }
  }
}
