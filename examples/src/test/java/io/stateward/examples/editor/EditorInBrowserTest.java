package io.stateward.examples.editor;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.stateward.examples.Application;
import io.stateward.examples.Chromium;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.transport.WebSocketTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared text in real browsers, with windows that share nothing but the server. */
final class EditorInBrowserTest {

  private static final LocatorAssertions.HasValueOptions IN_TIME =
      new LocatorAssertions.HasValueOptions().setTimeout(15_000);

  private static final Duration HEARTBEAT = Duration.ofMillis(600);

  private static Chromium chromium;

  @TempDir private Path data;
  private Application.Running editor;
  private URI address;

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
    editor = new Editor(HEARTBEAT).serve(0, data);
    address = URI.create(editor.place());
  }

  @AfterEach
  void stop() {
    assertThat(chromium.closeWindows()).isEmpty();
    editor.close();
  }

  private Page open() {
    return open("/");
  }

  private Page open(String path) {
    Page page = chromium.open(address.resolve(path), 1_280);
    assertThat(page.locator("#badge")).containsText("Live");
    assertThat(text(page)).isEditable();
    return page;
  }

  private static Locator text(Page page) {
    return page.locator("#text");
  }

  private static void type(Page page, String where, String words) {
    text(page).focus();
    page.keyboard().press(where);
    page.keyboard().type(words);
  }

  private static void shows(Page page, String text) {
    assertThat(text(page)).hasValue(text, IN_TIME);
  }

  private static void settles(Page page) {
    assertThat(page.locator("#pending"))
        .hasText("0", new LocatorAssertions.HasTextOptions().setTimeout(15_000));
  }

  @Test
  void twoWindows_typingAtOnce_showTheSameTextAndEachOther() {
    Page one = open();
    Page other = open();
    one.locator("#name").fill("Ada");
    other.locator("#name").fill("Bob");

    type(one, "Home", "Hello 😀");
    shows(other, "Hello 😀");
    type(other, "Control+End", " and 𝄞 all");

    shows(one, "Hello 😀 and 𝄞 all");
    assertThat(one.locator("#people")).containsText("Bob");
    assertThat(other.locator("#people")).containsText("Bob (you)");
    assertThat(one.locator("#mirror .caret")).hasAttribute("data-name", "Bob");
    assertThat(one.locator("#acknowledged")).hasText("durable");
    assertThat(one.locator("#mirror")).containsText("Hello 😀 and 𝄞 all");
    other.close();
    assertThat(one.locator("#mirror .caret")).hasCount(0);
  }

  @Test
  void offline_editsOfBoth_meetWhenTheNetworkIsBack() {
    Page one = open();
    Page other = open();
    type(one, "Home", "one\ntwo\nthree");
    shows(other, "one\ntwo\nthree");
    settles(one);

    one.locator("#offline").click();
    assertThat(one.locator("#badge")).containsText("Reconnecting");
    type(one, "Control+End", "!");
    type(one, "Control+Home", "zero\n");
    assertThat(one.locator("#pending")).hasText("6");
    assertThat(one.locator("#notice-text")).containsText("What you type is kept.");
    type(other, "Control+Home", "their ");
    shows(other, "their one\ntwo\nthree");
    shows(one, "zero\none\ntwo\nthree!");

    one.locator("#offline").click();
    settles(one);
    assertThat(text(one)).hasValue(Pattern.compile("(zero\ntheir |their zero\n)one\ntwo\nthree!"));
    shows(other, text(one).inputValue());
    assertThat(one.locator("#notice")).isHidden();
  }

  @Test
  void offline_editsOfAPageThatIsLoadedAgain_areKeptAndSent() {
    Page one = open();
    Page other = open();
    type(one, "Home", "kept");
    settles(one);
    one.locator("#offline").click();
    type(one, "Control+End", " while offline");
    assertThat(one.locator("#unsaved")).hasText("0");

    one.reload();

    shows(one, "kept while offline");
    shows(other, "kept while offline");
    settles(one);
  }

  @Test
  void faults_delayTwiceOutOfOrderAndACut_allConverge() {
    Page one = open();
    Page other = open();
    for (Page page : new Page[] {one, other}) {
      page.locator("#duplicate").click();
      page.locator("#reorder").click();
    }
    one.locator("#delay").fill("250");

    type(one, "Home", "aaaaaaaaaa");
    type(other, "Home", "bbbbbbbbbb");
    one.locator("#cut").click();
    type(one, "Control+End", "AAAAA");
    other.locator("#cut").click();
    type(other, "Control+Home", "BBBBB");

    settles(one);
    settles(other);
    assertThat(text(other))
        .hasValue(Pattern.compile("(?=(?:[^a]*a){10}[^a]*$)(?=(?:[^A]*A){5}[^A]*$).{30}"));
    shows(one, text(other).inputValue());
  }

  @Test
  void stalledSocket_isNoticedAndLeft() {
    Page one = open();
    Page other = open();
    one.locator("#stall").click();
    type(one, "Home", "in the dark");
    assertThat(one.locator("#pending")).hasText("11");

    assertThat(one.locator("#log"))
        .containsText(
            "Nothing was heard of the server any more.",
            new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
    shows(other, "in the dark");
    settles(one);
  }

  @Test
  void reader_whoTypes_isToldAndHasItTakenBack() {
    Page writer = open();
    type(writer, "Home", "Read this.");
    Page reader = open("/?as=reader");
    shows(reader, "Read this.");

    type(reader, "Control+End", "X");

    assertThat(reader.locator("#refused")).containsText("You may read this text, not change it");
    shows(reader, "Read this.");
    settles(reader);
    reader.locator("#refused-seen").click();
    assertThat(reader.locator("#refused")).isHidden();
    type(writer, "Control+End", " Now!");
    shows(reader, "Read this. Now!");
  }

  @Test
  void stranger_isNotLetIn_andToldWhy() {
    Page page = chromium.open(address.resolve("/?as=stranger"), 360);

    assertThat(page.locator("#badge")).containsText("Refused");
    assertThat(page.locator("#notice-text")).containsText("Strangers may not read this text.");
    assertThat(text(page)).not().isEditable();
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
  }

  @Test
  void undo_takesBackOnesOwn_byKeyboard() {
    Page one = open();
    Page other = open();
    type(one, "Home", "mine");
    shows(other, "mine");
    type(other, "Control+End", " theirs");
    shows(one, "mine theirs");

    text(one).focus();
    one.keyboard().press("Control+z");
    shows(other, " theirs");
    one.keyboard().press("Control+y");

    shows(other, "mine theirs");
    shows(one, "mine theirs");
  }

  @Test
  void composition_isNotDisturbedByOthers_andSelectionsStay() {
    Page one = open();
    Page other = open();
    type(one, "Home", "abc");
    shows(other, "abc");
    text(one).focus();
    one.keyboard().press("Control+Home");
    one.keyboard().press("ArrowRight");
    CDPSession input = one.context().newCDPSession(one);
    input.send("Input.imeSetComposition", composition("にh"));
    type(other, "Control+Home", "> ");
    assertThat(one.locator("#log")).containsText("taken in");
    assertThat(text(one)).hasValue("aにhbc");

    input.send("Input.insertText", composition("日本"));

    shows(one, "> a日本bc");
    shows(other, "> a日本bc");
    assertThat(one.evaluate("document.getElementById('text').selectionStart")).isEqualTo(5);
  }

  private static JsonObject composition(String text) {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("text", text);
    parameters.addProperty("selectionStart", text.length());
    parameters.addProperty("selectionEnd", text.length());
    return parameters;
  }

  @Test
  void terminal_joins_andBothEdit() throws InterruptedException {
    Page page = open();
    type(page, "Home", "first\nsecond");
    URI socket = URI.create("ws://127.0.0.1:%d/sync".formatted(address.getPort()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SyncClient client = SyncClient.over(WebSocketTransport.to(socket)).open();
    Terminal terminal = new Terminal(client, new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(page.locator("#people")).containsText("Terminal");
      terminal.awaitText(Duration.ofSeconds(10));
      until(page, terminal, out, "   2  second");

      terminal.obey("a third from a terminal");
      terminal.obey("i 1 before");
      terminal.obey("c 2 FIRST");
      terminal.obey("d 3");
      terminal.obey("d 9");

      shows(page, "before\nFIRST\nthird from a terminal\n");
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("There are lines 1 to");
      terminal.obey("s");
      assertThat(terminal.obey("q")).isFalse();
      terminal.awaitSettled(Duration.ofSeconds(10));
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("connected, ")
          .doesNotContain("lost");
    } finally {
      terminal.close();
      client.close();
    }
  }

  /** Prints until the text has arrived; the page's clock is the pause between. */
  private static void until(Page page, Terminal terminal, ByteArrayOutputStream out, String words) {
    for (int i = 0; i < 100 && !out.toString(StandardCharsets.UTF_8).contains(words); i++) {
      page.waitForTimeout(50);
      terminal.obey("p");
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(words);
  }

  /**
   * Clients in one page that edit and are cut off at random; window.ended is what they end with.
   */
  private static final String SEVERAL_CLIENTS =
      """
      (seed) => {
        window.ended = (async () => {
          const { MemoryOutbox, SyncClient } = await import("/stateward-sync.js");
          const { Faults } = await import("/editor/faults.js");
          let state = seed;
          const random = (below) => (state = (state * 48271) % 2147483647) % below;
          const people = [];
          for (let n = 0; n < 3; n++) {
            const faults = new Faults();
            faults.duplicate = n === 1;
            const client = await SyncClient.open({
              url: `ws://${location.host}/sync`, outbox: new MemoryOutbox(), socket: faults.socket });
            people.push({ faults, client, text: client.text("together") });
          }
          for (let step = 0; step < 120; step++) {
            const { faults, text } = people[random(3)];
            const at = random(text.content.length + 1);
            if (random(25) === 0) {
              faults.cut();
            } else if (random(3) === 0) {
              text.delete(at, Math.min(random(4), text.content.length - at));
            } else {
              text.insert(at, ["a", "b", "😀", "𝄞x", "long one", "\\n"][random(6)]);
            }
            await new Promise((resolve) => setTimeout(resolve, random(12)));
          }
          await Promise.all(people.map(({ client }) => client.settled()));
          return people;
        })();
      }
      """;

  @Test
  void clients_inJavaScriptAndInJava_endWithTheSameText() throws Exception {
    Page page = open();
    page.evaluate(SEVERAL_CLIENTS, 4711);
    URI socket = URI.create("ws://127.0.0.1:%d/sync".formatted(address.getPort()));
    Random random = new Random(4711);
    try (SyncClient client = SyncClient.over(WebSocketTransport.to(socket)).open()) {
      TextDocument text = client.text("together");
      for (int i = 0; i < 120; i++) {
        text.edit(now -> edit(now, random));
        if (i % 10 == 0) {
          page.waitForTimeout(20); // so that both sides work at once
        }
      }
      page.evaluate("() => window.ended.then(() => null)");
      text.whenSettled().toCompletableFuture().get(10, TimeUnit.SECONDS);

      String here = stable(page, text);
      assertThat(here).isNotEmpty();
      assertThat((List<?>) page.evaluate(TEXTS)).hasSize(3).allMatch(here::equals);
    }
    // A cut may hit a socket that is only being opened, which the browser itself notes.
    assertThat(chromium.closeWindows())
        .allSatisfy(said -> assertThat(said).contains("closed before the connection"));
  }

  private static final String TEXTS =
      "() => window.ended.then((people) => people.map(({ text }) => text.text))";

  private static TextDelta edit(Text now, Random random) {
    int at = random.nextInt(now.length() + 1);
    return random.nextInt(3) == 0
        ? TextDelta.delete(at, Math.min(random.nextInt(4), now.length() - at))
        : TextDelta.insert(at, List.of("J", "𝄞", "java ").get(random.nextInt(3)));
  }

  /** Returns the text once all in the page have taken in as much as is here. */
  private static String stable(Page page, TextDocument text) {
    for (int i = 0; i < 200; i++) {
      String here = text.now().toString();
      if (((List<?>) page.evaluate(TEXTS)).stream().allMatch(here::equals)) {
        return here;
      }
      page.waitForTimeout(50);
    }
    return text.now().toString();
  }

  @Test
  void server_thatRestarts_isComeBackTo() throws IOException {
    Page page = open();
    type(page, "Home", "before");
    settles(page);
    editor.close();
    assertThat(page.locator("#badge")).containsText("Reconnecting");
    type(page, "Control+End", " and after");

    editor = new Editor(HEARTBEAT).serve(address.getPort(), data);

    settles(page);
    Page other = open();
    shows(other, "before and after");
    // The browser itself notes an attempt that was made while there was no server.
    assertThat(chromium.closeWindows())
        .allSatisfy(said -> assertThat(said).contains("ERR_CONNECTION_REFUSED"));
  }
}
