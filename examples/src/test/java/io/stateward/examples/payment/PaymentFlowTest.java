package io.stateward.examples.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.examples.CannotStartException;
import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.signal.Subscription;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payment over HTTP, in real time. */
@Timeout(60)
final class PaymentFlowTest {

  private static final String IDLE = "\"name\":\"Idle\"";
  private static final String FAILED = "\"name\":\"Failed\"";
  private static final String SUCCESS = "\"name\":\"Success\"";
  private static final String NOTHING = PaymentPage.NOTHING;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @TempDir private Path data;
  private final AtomicInteger killed = new AtomicInteger();
  private Subscription running;
  private LocalServer server;
  private PaymentPage page;

  @BeforeEach
  void start() throws IOException {
    start(PATIENCE);
  }

  private void start(Duration patience) throws IOException {
    Routes routes = new Routes();
    running = new PaymentFlow(patience, killed::incrementAndGet).start(routes, data);
    server = LocalServer.start(0, routes);
    page = new PaymentPage(server.address());
  }

  @AfterEach
  void stop() {
    page.close();
    server.close();
    running.close();
  }

  private static String buttons(boolean start, boolean retry, boolean cancel, boolean another) {
    return "\"start\":%b,\"retry\":%b,\"cancel\":%b,\"another\":%b"
        .formatted(start, retry, cancel, another);
  }

  private static void expectRefused(HttpResponse<String> response, String reason) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @Test
  void start_isChargedOnceAndEndsWithAReceipt() {
    page.await("state", IDLE, "\"order\":null", buttons(true, false, false, false));

    page.startTea();

    page.await(
        "state",
        SUCCESS,
        "\"order\":\"Tea\",\"cents\":2400",
        "\"detail\":\"R-",
        "\"taken\":[\"Processing\",\"Success\"]",
        buttons(false, false, false, true));
    page.await("books", ",2400,1,1,false,1]");
    page.await(
        "log",
        "\"Start\",\"Idle \\u2192 Validating\"",
        "\"End of validate\",\"Validating \\u2192 Processing\"",
        "\"End of charge\",\"Processing \\u2192 Success\",\"good\"");
  }

  @Test
  void retry_afterThreeAttempts_isRefusedByTheGuard() {
    page.flag("failing", true);
    page.startTea();
    page.await(
        "state", FAILED, "\"attempt\":1", "has a failure", buttons(false, true, true, false));
    page.ask("retry", NOTHING);
    page.await("state", FAILED, "\"attempt\":2", buttons(false, true, true, false));
    page.ask("retry", NOTHING);
    page.await("state", FAILED, "\"attempt\":3", buttons(false, false, true, false));

    page.ask("retry", NOTHING);

    page.await("log", "\"Retry\",\"refused by [attempt < 3]\",\"wait\"");
    page.await("state", FAILED, "\"attempt\":3");
    page.await("books", "{\"rows\":[]}");
  }

  @Test
  void cancel_afterAFailure_seesToItThatItIsNeverCharged() {
    page.flag("failing", true);
    page.startTea();
    page.await("state", FAILED);
    page.flag("failing", false);

    page.ask("cancel", NOTHING);

    page.await("state", IDLE, buttons(true, false, false, false));
    page.await("books", ",0,0,0,true,0]");
  }

  @Test
  void cancel_whileProcessing_takesTheChargeBack() {
    page.startTeaAndCharge();
    page.await(
        "state",
        "\"active\":[\"payment\",\"Busy\",\"Processing\"]",
        buttons(false, false, true, false));
    page.delay(0);

    page.ask("cancel", NOTHING);

    page.await(
        "state", IDLE, "\"taken\":[\"Voiding\",\"Idle\"]", buttons(true, false, false, false));
    page.await("log", "Processing \\u2192 Voiding", "Voiding \\u2192 Idle");
    page.await("books", ",2400,1,1,true,0]");
  }

  @Test
  void cancel_whileValidating_chargesNothing() {
    page.startTeaAndValidate();

    page.ask("cancel", NOTHING);

    page.await("state", IDLE, "\"taken\":[\"Validating\",\"Idle\"]");
    page.await("books", "{\"rows\":[]}");
  }

  @Test
  void serviceIsDown_hasFailed_andRetryWorksOnceItIsUp() {
    page.flag("down", true);
    page.startTea();
    page.await("state", FAILED, "\"detail\":\"The payment service does not answer.\"");
    page.flag("down", false);

    page.ask("retry", NOTHING);

    page.await("state", SUCCESS);
    page.await("books", ",2400,1,1,false,1]");
  }

  @Test
  void serviceGoesDownWhileItCharges_retryChargesNoSecondTime() {
    page.startTeaAndCharge();
    page.flag("down", true);
    page.await("state", FAILED, "The payment service does not answer.");
    page.flag("down", false);
    page.delay(0);

    page.ask("retry", NOTHING);

    page.await("state", SUCCESS);
    page.await("books", ",2400,1,2,false,1]");
  }

  @Test
  void serviceIsSlowerThanItsPatience_hasFailedWithATimeOut() throws IOException {
    stop();
    start(Duration.ofMillis(300));
    page.delay(5_000);
    page.startTea();

    page.await("state", FAILED, "\"attempt\":1", buttons(false, true, true, false));
    page.delay(0);
    page.ask("cancel", NOTHING);

    page.await("state", IDLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"what":" ","cents":1}                  | Say what is paid for.
          {"what":"Tea","cents":0}                | The field 'cents' must be there
          {"what":"Tea","cents":-1}               | The field 'cents' must be there
          {"what":"Tea","cents":100000001}        | At most 1000000.00 can be asked for.
          {"what":"Tea"}                          | The field 'cents' must be there
          {"cents":1}                             | The field 'what' must be there
          {"what":"Tea","cents":1,"id":"x"}       | Unknown fields: id.
          {"what":"12345678901234567890123456789012345678901","cents":1} | has 41 characters
          """)
  void start_makesNoSense_isRefused(String fields, String reason) {
    expectRefused(page.post("start", fields), reason);

    page.await("state", IDLE, buttons(true, false, false, false));
  }

  @Test
  void start_moreThanTheLimit_failsByTheService() {
    page.ask("start", "{\"what\":\"A car\",\"cents\":500001}");

    page.await("state", FAILED, "\"detail\":\"The limit is 5000.00, and this is 5000.01.\"");
    page.await("books", "{\"rows\":[]}");
  }

  @Test
  void start_atTheLimit_isPaid() {
    page.ask("start", "{\"what\":\"A car\",\"cents\":500000}");

    page.await("state", SUCCESS);
    page.await("books", ",500000,1,1,false,1]");
  }

  @Test
  void start_whileBusy_meansNothing() {
    page.startTeaAndValidate();

    page.startTea();

    page.await("log", "\"Start\",\"means nothing here\",\"wait\"");
    page.await("state", "\"name\":\"Validating\"");
  }

  @Test
  void another_beforeTheEnd_isRefused() {
    expectRefused(page.post("another", NOTHING), "has not come to its end; cancel it first.");
  }

  @Test
  void another_afterTheEnd_isPaidAnew() {
    page.startTea();
    page.await("state", SUCCESS);
    page.ask("another", NOTHING);
    page.await("state", IDLE, "\"taken\":[]", buttons(true, false, false, false));

    page.ask("start", "{\"what\":\"Milk\",\"cents\":100}");

    page.await("state", SUCCESS, "\"order\":\"Milk\"");
    page.await("books", ",2400,1,1,false,1]", ",100,1,1,false,1]");
  }

  @Test
  void another_startedAgain_theLastOneIsShown() throws IOException {
    page.startTea();
    page.await("state", SUCCESS);
    page.ask("another", NOTHING);
    page.ask("start", "{\"what\":\"Milk\",\"cents\":100}");
    page.await("state", SUCCESS, "\"order\":\"Milk\"");
    stop();

    start(PATIENCE);

    page.await("log", "begins in Success");
    page.await("state", SUCCESS, "\"order\":\"Milk\"", buttons(false, false, false, true));
  }

  @Test
  void start_onTheSameFolder_isRefusedAndTheFirstGoesOn() {
    assertThatThrownBy(() -> new PaymentFlow().start(new Routes(), data))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(
            "Another payment example runs on the same folder. Stop it, or choose another: --data"
                + " DIR");

    page.startTea();
    page.await("state", SUCCESS);
  }

  @Test
  void dials_areTold() {
    page.await("dials", "{\"delayMillis\":0,\"failing\":false,\"down\":false}");

    page.delay(20_000);
    page.flag("failing", true);
    page.flag("down", true);

    page.await("dials", "{\"delayMillis\":20000,\"failing\":true,\"down\":true}");
    expectRefused(page.post("delay", "{\"millis\":20001}"), "from 0 to 20000");
  }

  @Test
  void kill_isAskedFor_killsOnce() {
    page.ask("kill", NOTHING);

    assertThat(killed).hasValue(1);
  }

  @Test
  void pages_areServed() {
    assertThat(page.get("/")).contains("A payment that survives");
    assertThat(page.get("/payment/chart")).contains("\"Processing\"");
    assertThat(page.get("/payment/mermaid"))
        .contains("stateDiagram-v2", "Idle --> Validating : Start", "class Idle active");
    assertThat(page.get("/payment/source")).contains("Machine.define(\"payment\"");
    assertThat(page.get("/payment/source/states")).contains("record Validating");
    assertThat(page.get("/payment/source/durable")).contains("DurableActors.of(");
  }
}
