package io.stateward.examples.payment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stateward.examples.Chromium;
import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.signal.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The payment in a real browser, in real time. */
final class PaymentInBrowserTest {

  private static final Pattern ACTIVE = Pattern.compile("\\bactive\\b");
  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);
  private static Chromium chromium;

  @TempDir private Path data;
  private final AtomicInteger killed = new AtomicInteger();
  private Subscription running;
  private LocalServer server;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void endBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    Routes routes = new Routes();
    running = new PaymentFlow(Duration.ofSeconds(15), killed::incrementAndGet).start(routes, data);
    server = LocalServer.start(0, routes);
  }

  @AfterEach
  void stop() {
    assertThat(chromium.closeWindows()).isEmpty();
    server.close();
    running.close();
  }

  private Page open(int width) {
    Page page = chromium.open(server, width);
    assertThat(page.locator("#badge")).containsText("Live");
    assertThat(state(page, "Idle")).hasClass(ACTIVE);
    return page;
  }

  private Page open() {
    return open(1_280);
  }

  private static Locator state(Page page, String name) {
    return page.locator("#chart g[data-state=" + name + "]");
  }

  private static void expect(Page page, String name) {
    assertThat(page.locator("#where")).containsText(name, SOON);
    assertThat(state(page, name)).hasClass(ACTIVE);
    assertThat(page.locator("#chart-words")).hasText("The payment is in " + name + ".");
  }

  /** Moves the dial as a person does: what is shown follows at once, the service at the end. */
  private static void delay(Page page, int millis) {
    page.locator("#delay").fill(Integer.toString(millis));
  }

  @Test
  void start_endsInSuccess_withItsReceiptInTheBooks() {
    Page page = open();
    assertThat(page.locator("#retry-payment")).isDisabled();
    assertThat(page.locator("#cancel")).isDisabled();
    assertThat(page.locator("#another")).isDisabled();

    page.locator("#start").click();

    expect(page, "Success");
    assertThat(state(page, "Idle")).not().hasClass(ACTIVE);
    assertThat(page.locator("#state"))
        .containsText(Pattern.compile("Paid: A crate of tea, 24.00\\. Receipt R-\\w{8}\\."));
    assertThat(page.locator("[data-way='Processing>Success']"))
        .hasClass(Pattern.compile("\\btaken\\b"));
    assertThat(page.locator("#books tbody tr td").nth(1)).hasText("1");
    assertThat(page.locator("#books tbody tr td").nth(2)).hasText("1");
    assertThat(page.locator("#books tbody tr td").nth(3)).hasText("1");
    assertThat(page.locator("#log li").first()).containsText("Processing → Success");
    assertThat(page.locator("#start")).isDisabled();

    page.locator("#another").click();
    expect(page, "Idle");
    assertThat(page.locator("#start")).isEnabled();
  }

  @Test
  void failing_endsInFailed_andRetryLeadsToSuccess() {
    Page page = open();
    page.locator("#failing").click();
    assertThat(page.locator("#failing")).hasAttribute("aria-checked", "true");
    page.locator("#start").click();
    expect(page, "Failed");
    assertThat(page.locator("#state"))
        .containsText("Failed: A crate of tea, 24.00. The payment service has a failure.");
    page.locator("#failing").click();
    assertThat(page.locator("#failing")).hasAttribute("aria-checked", "false");

    page.locator("#retry-payment").click();

    expect(page, "Success");
  }

  @Test
  void cancel_whileProcessing_takesItBack() {
    Page page = open();
    delay(page, 2_500);
    assertThat(page.locator("#delay-shown")).hasText("2.5 s");
    page.locator("#start").click();
    expect(page, "Processing");
    assertThat(state(page, "Busy")).hasClass(ACTIVE);
    assertThat(page.locator("#books tbody")).containsText("24.00");
    delay(page, 0);
    assertThat(page.locator("#delay-shown")).hasText("at once");

    page.locator("#cancel").click();

    expect(page, "Idle");
    assertThat(page.locator("#books tbody")).containsText("⊘ taken back");
    assertThat(state(page, "Busy")).not().hasClass(ACTIVE);
  }

  @Test
  void start_whatMakesNoSense_isToldSo() {
    Page page = open();

    page.locator("#amount").fill("0");
    page.locator("#amount").press("Enter");
    assertThat(page.locator(".toast").last())
        .containsText("The amount is a number such as 24.00, and more than 0.");
    assertThat(page.locator("#amount")).isFocused();
    page.locator("#amount").fill("1,50");
    page.locator("#what").fill(" ");
    page.locator("#what").press("Enter");

    assertThat(page.locator(".toast").last()).containsText("Say what is paid for.");
    assertThat(page.locator("#what")).isFocused();
    assertThat(page.locator("#where")).containsText("Idle");
  }

  @Test
  void mermaid_isShownAsOfNow() {
    Page page = open();

    page.locator("#show-mermaid").click();

    assertThat(page.locator("#source")).isVisible();
    assertThat(page.locator("#source-file")).hasText("Mermaid, as of now");
    assertThat(page.locator("#source code").last()).containsText("stateDiagram-v2");
    page.keyboard().press("Escape");
    assertThat(page.locator("#source")).isHidden();
  }

  @Test
  void kill_isAskedFor() {
    Page page = open();

    page.waitForResponse("**/payment/kill", () -> page.locator("#kill").click());

    assertThat(killed).hasValue(1);
  }

  @Test
  void cutOff_saysSoAndComesBack() {
    Page page = open();

    page.locator("#cut").click();
    assertThat(page.locator("#badge")).containsText("Reconnecting");
    assertThat(page.locator("#start")).isDisabled();
    page.locator("#retry").click();

    assertThat(page.locator("#badge")).containsText("Live");
    assertThat(page.locator("#start")).isEnabled();
  }

  @Test
  void narrow_nothingIsCutOff() {
    Page page = open(360);
    assertThat(overflow(page)).isZero();

    page.locator("#what").fill("W".repeat(40));
    page.locator("#start").click();
    expect(page, "Success");

    assertThat(overflow(page)).isZero();
  }

  private static int overflow(Page page) {
    return (int)
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
