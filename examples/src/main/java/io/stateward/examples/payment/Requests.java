package io.stateward.examples.payment;

import io.stateward.examples.Fields;
import io.stateward.examples.Refusal;
import io.stateward.examples.Routes;
import java.util.function.BiFunction;

/** What a page may ask for. Each request is checked as a whole before it acts. */
final class Requests {

  private final Checkout checkout;
  private final PaymentService service;
  private final Runnable kill;

  Requests(Checkout checkout, PaymentService service, Runnable kill) {
    this.checkout = checkout;
    this.service = service;
    this.kill = kill;
  }

  void addTo(Routes routes) {
    routes
        .post("/payment/start", this::start)
        .post("/payment/retry", fields -> tell(fields, new PaymentEvent.Retry()))
        .post("/payment/cancel", fields -> tell(fields, new PaymentEvent.Cancel()))
        .post("/payment/another", this::another)
        .post("/payment/delay", this::delay)
        .post("/payment/failing", fields -> flag(fields, Dials::withFailing))
        .post("/payment/down", fields -> flag(fields, Dials::withDown))
        .post("/payment/kill", this::kill);
  }

  private void start(Fields fields) {
    String what = fields.text("what", 40).strip();
    long cents = fields.positive("cents");
    fields.nothingElse();
    if (what.isEmpty()) {
      throw Refusal.badInput("Say what is paid for.");
    }
    if (cents > 100_000_000) {
      throw Refusal.badInput("At most 1000000.00 can be asked for.");
    }
    checkout.start(what, cents);
  }

  private void tell(Fields fields, PaymentEvent event) {
    fields.nothingElse();
    checkout.tell(event);
  }

  private void another(Fields fields) {
    fields.nothingElse();
    checkout.another();
  }

  private void delay(Fields fields) {
    long millis = fields.between("millis", 0, Dials.LONGEST);
    fields.nothingElse();
    service.dial(dials -> dials.withDelay(millis));
  }

  private void flag(Fields fields, BiFunction<Dials, Boolean, Dials> change) {
    boolean on = fields.flag("on");
    fields.nothingElse();
    service.dial(dials -> change.apply(dials, on));
  }

  private void kill(Fields fields) {
    fields.nothingElse();
    kill.run();
  }
}
