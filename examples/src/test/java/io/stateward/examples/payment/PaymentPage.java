package io.stateward.examples.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.TestBrowser;
import io.stateward.examples.TestBrowser.Event;
import io.stateward.examples.TestBrowser.Events;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A page of the payment, for tests: what it asks for, and what it was told last. */
final class PaymentPage implements AutoCloseable {

  static final String NOTHING = "{}";

  private static final String TEA = "{\"what\":\"Tea\",\"cents\":2400}";
  private static final int SLOW_MILLIS = 2_500; // enough to do something meanwhile
  private static final int LONG_MILLIS = 8_000; // less than an event may take to come

  private final TestBrowser browser;
  private final Events events;
  private final Map<String, String> latest = new HashMap<>();

  PaymentPage(URI home) {
    browser = new TestBrowser(home);
    events = browser.events("/payment/stream");
  }

  HttpResponse<String> post(String action, String json) {
    return browser.post("/payment/" + action, json);
  }

  String get(String path) {
    HttpResponse<String> response = browser.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** Asks for what is not refused; what becomes of it is told by events. */
  void ask(String action, String json) {
    HttpResponse<String> response = post(action, json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  void startTea() {
    ask("start", TEA);
  }

  void delay(int millis) {
    ask("delay", "{\"millis\":%d}".formatted(millis));
  }

  void flag(String name, boolean on) {
    ask(name, "{\"on\":%b}".formatted(on));
  }

  /** Pays for tea until the service has charged, which it says some time later. */
  void startTeaAndCharge() {
    delay(SLOW_MILLIS);
    startTea();
    await("state", "\"name\":\"Processing\"");
    await("books", ",2400,1,1,false,0]");
  }

  /** Pays for tea until the receipt is sent, which the service says some time later. */
  void startTeaAndSendTheReceipt() {
    delay(SLOW_MILLIS);
    startTea();
    await("books", ",2400,1,1,false,1]");
  }

  /** Asks whether tea can be paid, which is not answered. */
  void startTeaAndValidate() {
    delay(LONG_MILLIS);
    startTea();
    await("state", "\"name\":\"Validating\"");
  }

  /** Waits until what was told last of a type has all parts in it; returns it. */
  String await(String type, String... parts) {
    while (!hasAll(latest.getOrDefault(type, ""), parts)) {
      Event event = next(type, parts);
      latest.put(event.type(), event.data());
    }
    return latest.get(type);
  }

  private Event next(String type, String... parts) {
    try {
      Event event = events.next();
      assertThat(event.type()).isNotEqualTo("end");
      return event;
    } catch (AssertionError e) {
      throw new AssertionError(
          "No %s with %s came; known are %s.".formatted(type, Arrays.toString(parts), latest), e);
    }
  }

  private static boolean hasAll(String text, String... parts) {
    return !text.isEmpty() && Arrays.stream(parts).allMatch(text::contains);
  }

  @Override
  public void close() {
    events.close();
  }
}
