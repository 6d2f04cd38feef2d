package io.stateward.examples.payment;

import io.stateward.examples.EventStream;
import io.stateward.examples.Fields;
import io.stateward.examples.Json;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.function.Function;

/** What a page shows, sent as it changes. */
final class Page {

  private final Checkout checkout;
  private final PaymentService service;

  Page(Checkout checkout, PaymentService service) {
    this.checkout = checkout;
    this.service = service;
  }

  /** Connects a page: everything, and then whatever changes. */
  Runnable connect(Fields query, EventStream stream) {
    query.nothingElse();
    stream.execute(() -> stream.send("hello", Json.object().toString()));
    List<Subscription> all =
        List.of(
            send(stream, "state", checkout.shown(), Shown::toJson),
            send(stream, "log", checkout.log(), Page::lines),
            send(stream, "books", service.latest(), Page::rows),
            send(stream, "dials", service.dials(), Dials::toJson));
    return () -> all.forEach(Subscription::close);
  }

  private static String lines(List<LogLine> lines) {
    return Json.object().put("lines", lines.stream().map(LogLine::row).toList()).toString();
  }

  private static String rows(List<Charge> charges) {
    return Json.object().put("rows", charges.stream().map(Charge::row).toList()).toString();
  }

  private static <T> Subscription send(
      EventStream stream, String event, Signal<T> signal, Function<T, String> json) {
    return signal.subscribe(
        Delivery.latest().on(stream).withCurrent(),
        change -> stream.send(event, json.apply(change.now())));
  }
}
