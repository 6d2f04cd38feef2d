package io.stateward.examples.nodes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stateward.examples.Chromium;
import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.signal.Subscription;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in a real browser, over a layer in memory, in real time. */
final class TwoNodesInBrowserTest {

  private static Chromium chromium;

  @TempDir private Path data;
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
    Timekeeper timekeeper = Timekeeper.system();
    Routes routes = new Routes();
    running =
        new TwoNodes(() -> new MemoryTier(timekeeper, "No Redis here."), timekeeper, Duration.ZERO)
            .start(routes, data);
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
    assertThat(page.locator("#between")).containsText("No Redis here.");
    assertThat(tile(page, "cached", "Source", "tea")).containsText("2.40");
    return page;
  }

  private Page open() {
    return open(1_280);
  }

  private static Locator tile(Page page, String side, String place, String key) {
    return page.locator("#" + side + " .lane[aria-label='" + place + "'] .tile")
        .filter(new Locator.FilterOptions().setHasText(key));
  }

  private static Locator newest(Page page, String side) {
    return page.locator("#" + side + "-reads li").first();
  }

  private static void read(Page page, String node) {
    page.locator("[data-act=read][data-node=" + node + "]").click();
  }

  private static void write(Page page, String node, String value) {
    page.locator("#value-" + node).fill(value);
    page.locator("#value-" + node).press("Enter");
    assertThat(tile(page, "cached", "Source", "tea")).containsText(value);
    assertThat(tile(page, "naive", "Source", "tea")).containsText(value);
  }

  private static void expect(Page page, String node, String cached, String naive) {
    assertThat(newest(page, "cached")).containsText(node + ": tea");
    assertThat(newest(page, "cached")).containsText(cached);
    assertThat(newest(page, "naive")).containsText(node + ": tea");
    assertThat(newest(page, "naive")).containsText(naive);
  }

  @Test
  void read_saysValueSourceReasonAgeAndStamp() {
    Page page = open();

    read(page, "A");

    expect(page, "A", "✓ right", "✓ right");
    assertThat(newest(page, "cached"))
        .containsText(Pattern.compile("2\\.40.*from loader: miss · age \\d+ ms · stamp \\d+\\."));
    assertThat(tile(page, "cached", "Memory of A", "tea")).containsText("2.40");
    assertThat(tile(page, "cached", "Shared layer", "tea")).containsText("2.40");
    assertThat(tile(page, "cached", "Memory of B", "tea")).containsText("–");
  }

  @Test
  void heldLoad_letGoAfterAWrite_isStaleThereAndRightHere() {
    Page page = open();
    page.locator("#hold").click();
    read(page, "B");
    assertThat(page.locator("#held")).containsText("2 loads are held");
    expect(page, "B", "reading …", "reading …");

    write(page, "A", "9.90");
    page.locator("#release").click();
    expect(page, "B", "as it was when asked", "as it was when asked");
    read(page, "B");

    expect(page, "B", "✓ right", "⚠ stale");
    assertThat(tile(page, "naive", "Memory of B", "tea")).containsText("⚠ stale");
    assertThat(tile(page, "cached", "Memory of B", "tea")).not().containsText("stale");
    assertThat(page.locator("#cached-tally")).containsText("none stale");
    assertThat(page.locator("#naive-tally")).containsText("1 stale");
  }

  @Test
  void play_staleFill_endsAsItShould() {
    Page page = open();

    page.locator("[data-play=stale-fill]").click();

    assertThat(page.locator(".toast")).containsText("The old value of tea was refused here.");
    expect(page, "B", "✓ right", "⚠ stale");
    assertThat(page.locator("#step")).containsText("Nothing is being played.");
    assertThat(page.locator("#cached-lines")).containsText("may not store tea");
  }

  @Test
  void play_lostMessage_isRepairedWithinTheBound() {
    Page page = open();

    page.locator("[data-play=lost-message]").click();

    assertThat(page.locator(".toast")).containsText("What B missed was in the log.");
    expect(page, "B", "✓ right", "⚠ stale");
    assertThat(page.locator("#cached-lines")).containsText("finds in the log what it missed");
    assertThat(tile(page, "naive", "Memory of B", "tea")).containsText("⚠ stale");
  }

  @Test
  void play_ownWrite_isReadAtOnceWithTheStamp() {
    Page page = open();

    page.locator("[data-play=own-write]").click();

    assertThat(page.locator(".toast")).containsText("With the stamp B reads the write at once.");
    expect(page, "B", "asked for", "⚠ stale");
    expect(page, "B", "✓ right", "⚠ stale");
  }

  @Test
  void play_failSafe_servesWhatHasOutlivedItsTime_andSaysSo() {
    Page page = open();

    page.locator("[data-play=fail-safe]").click();

    assertThat(newest(page, "naive"))
        .containsText("✕ failed", new LocatorAssertions.ContainsTextOptions().setTimeout(10_000));
    expect(page, "A", "STALE, as the policy allows", "The database does not answer.");
    assertThat(newest(page, "cached")).containsText("from stale: loader failed");
  }

  @Test
  void flush_emptiesWhatIsShared_andIsNoticed() {
    Page page = open();
    read(page, "A");
    assertThat(tile(page, "cached", "Shared layer", "tea")).containsText("2.40");

    page.locator("#flush").click();

    assertThat(tile(page, "cached", "Shared layer", "tea")).containsText("–");
    assertThat(tile(page, "cached", "Memory of A", "tea")).containsText("–");
    assertThat(page.locator("#cached-lines")).containsText("forgets everything");
    read(page, "A");
    expect(page, "A", "from loader", "✓ right");
  }

  @Test
  void kill_saysSo_servesFromTheSource_andComesBack() {
    Page page = open();
    read(page, "A");

    page.locator("#kill").click();
    assertThat(page.locator("#between")).containsText("does not answer");
    assertThat(page.locator("#kill")).isDisabled();
    assertThat(page.locator("#cached .lane[aria-label='Memory of A']"))
        .containsText("⊘ unconfirmed for");
    assertThat(tile(page, "cached", "Memory of A", "tea")).containsText("–");
    read(page, "A");
    expect(page, "A", "from offline: layer down", "from memory");

    page.locator("#start").click();
    assertThat(page.locator("#between")).containsText("No Redis here.");
    assertThat(page.locator("#cached .lane[aria-label='Memory of A']"))
        .containsText(Pattern.compile("confirmed \\d\\.\\d s ago"));
    assertThat(page.locator("#start")).isDisabled();
  }

  @Test
  void failingSource_withNothingToServe_saysSo() {
    Page page = open();
    page.locator("#failing").click();

    read(page, "A");

    expect(page, "A", "✕ failed", "The database does not answer.");
    assertThat(page.locator("#cached .lane[aria-label='Source']")).containsText("✕ fails");
    page.locator("#over").click();
    assertThat(page.locator("#cached-tally")).containsText("No reads yet");
    assertThat(page.locator("#failing")).hasAttribute("aria-checked", "false");
  }

  @Test
  void emptyPrice_isToldSo() {
    Page page = open();

    page.locator("#value-A").press("Enter");

    assertThat(page.locator(".toast")).containsText("A price has at least one character.");
    assertThat(page.locator("#value-A")).isFocused();
  }

  @Test
  void cutOff_saysSoAndComesBack() {
    Page page = open();

    page.locator("#cut").click();
    assertThat(page.locator("#badge")).containsText("Reconnecting");
    assertThat(page.locator("#notice")).containsText(Pattern.compile("Trying again in \\d s\\."));
    assertThat(page.locator("[data-act=read][data-node=A]")).isDisabled();
    page.locator("#retry").click();

    assertThat(page.locator("#badge")).containsText("Live");
    assertThat(page.locator("[data-act=read][data-node=A]")).isEnabled();
  }

  @Test
  void keyboard_readsWithoutAPointer() {
    Page page = open();

    page.locator("#drinks input[value=tea]").focus();
    page.keyboard().press("ArrowRight");
    page.locator("[data-act=read][data-node=B]").press("Enter");

    assertThat(newest(page, "cached")).containsText("B: coffee");
  }

  @Test
  void narrow_nothingIsCutOff() {
    Page page = open(360);
    assertThat(overflow(page)).isZero();

    write(page, "A", "W".repeat(24));
    read(page, "A");
    expect(page, "A", "✓ right", "✓ right");

    assertThat(overflow(page)).isZero();
  }

  private static int overflow(Page page) {
    return (int)
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
