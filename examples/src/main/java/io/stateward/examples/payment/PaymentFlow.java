package io.stateward.examples.payment;

import io.stateward.examples.CannotStartException;
import io.stateward.examples.Reply;
import io.stateward.examples.RoutedApplication;
import io.stateward.examples.Routes;
import io.stateward.examples.SourceExcerpt;
import io.stateward.persist.FileInUseException;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.diagram.XStateJson;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A payment that goes on after this program was killed, and a payment service that can be broken.
 *
 * <pre>{@code
 * Routes routes = new Routes();
 * Subscription running = new PaymentFlow().start(routes, folder);
 * LocalServer server = LocalServer.start(8080, routes);
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class PaymentFlow implements RoutedApplication {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int KILLED = 137; // what a shell says of a process that was killed

  private final Duration patience;
  private final Runnable kill;

  /** Creates it; nothing runs before it is started. */
  public PaymentFlow() {
    this(PATIENCE, () -> Runtime.getRuntime().halt(KILLED));
  }

  PaymentFlow(Duration patience, Runnable kill) {
    this.patience = patience;
    this.kill = kill;
  }

  @Override
  public String name() {
    return "payment";
  }

  @Override
  public String summary() {
    return "a payment that goes on after the program was killed, and is charged once";
  }

  @Override
  public Subscription start(Routes routes, Path data) {
    ExecutorService executor = threads();
    PaymentService service = service(data, executor);
    HttpGateway gateway = new HttpGateway(service::address);
    Machine<Payment, PaymentEvent> machine = PaymentMachine.of(gateway, patience);
    Checkout checkout;
    try {
      StoredPayments payments = StoredPayments.open(machine, data.resolve("payments"), executor);
      checkout = new Checkout(payments, Timekeeper.system());
    } catch (RuntimeException e) {
      service.close(); // or its threads would keep a program alive that cannot begin
      throw e;
    }
    for (String script : new String[] {"payment.js", "chart.js"}) {
      routes.get("/payment/" + script, Reply.resource("/web/payment/" + script));
    }
    routes
        .get("/", Reply.resource("/web/payment/index.html"))
        .get("/payment/chart", Reply.text(XStateJson.of(machine).toString()))
        .get("/payment/mermaid", () -> Reply.text(checkout.mermaid()))
        .get("/payment/source", Reply.text(SourceExcerpt.of(PaymentMachine.class, "machine")))
        .get("/payment/source/states", Reply.text(SourceExcerpt.of(Payment.class, "states")))
        .get(
            "/payment/source/durable",
            Reply.text(SourceExcerpt.of(StoredPayments.class, "durable")))
        .stream("/payment/stream", new Page(checkout, service)::connect);
    new Requests(checkout, service, kill).addTo(routes);
    return () -> {
      checkout.close();
      service.close();
      executor.shutdownNow();
    };
  }

  private static PaymentService service(Path data, ExecutorService executor) {
    try {
      return new PaymentService(data.resolve("service"), executor);
    } catch (FileInUseException e) {
      throw new CannotStartException(
          "Another payment example runs on the same folder. Stop it, or choose another: --data DIR",
          e);
    }
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "payment-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
