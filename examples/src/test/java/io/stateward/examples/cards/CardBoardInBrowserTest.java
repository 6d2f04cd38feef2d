package io.stateward.examples.cards;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.stateward.examples.Chromium;
import io.stateward.examples.LocalServer;
import io.stateward.examples.Routes;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
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

/**
 * The card board in a real browser, with two windows, and with time that the test moves: a write is
 * on its way until the test says otherwise.
 */
final class CardBoardInBrowserTest {

  private static Chromium chromium;

  @TempDir private Path data;
  private final VirtualTimekeeper time = VirtualTimekeeper.create();
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
    running = new CardBoard(time, Runnable::run, () -> 50).start(routes, data);
    server = LocalServer.start(0, routes);
  }

  @AfterEach
  void stop() {
    assertThat(chromium.closeWindows()).isEmpty();
    server.close();
    running.close();
  }

  private Page open() {
    return open(1_280);
  }

  private Page open(int width) {
    Page page = chromium.open(server, width);
    assertThat(page.locator("#badge")).containsText("Live");
    assertThat(tile(page, "Water the tomatoes")).isVisible();
    return page;
  }

  private static Locator lane(Page page, String column) {
    return page.locator("#lanes .lane[aria-label='" + column + "']");
  }

  private static Locator tile(Page page, String title) {
    return page.locator("#lanes .tile").filter(new Locator.FilterOptions().setHasText(title));
  }

  private static Locator title(Page page, String title) {
    return tile(page, title).locator(".title");
  }

  /** Moves a card to the right by the keyboard, and waits until that is under way. */
  private static void moveOn(Page page, String title) {
    title(page, title).focus();
    assertThat(title(page, title)).isFocused(); // a card that is just being moved has no focus
    page.keyboard().press("ArrowRight");
    assertThat(tile(page, title).locator(".badge")).containsText("on its way");
  }

  private static void edit(Page page, String title, String field, String text) {
    title(page, title).press("Enter");
    page.locator(field).fill(text);
    page.locator("#editing button[type=submit]").click();
    assertThat(page.locator("#pending li")).hasCount(1);
  }

  /** Plans what becomes of the next write. */
  private static void plan(Page page, String fate) {
    page.locator("[data-fate=" + fate + "]").click();
    assertThat(page.locator("#fated")).containsText("Next write");
  }

  private void advance(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void move_showsAtOnceHere_andThereWhenTheServerHasIt() {
    Page here = open();
    Page there = open();

    moveOn(here, "Water the tomatoes");
    assertThat(lane(here, "Doing")).containsText("Water the tomatoes");
    assertThat(here.locator("#differences")).containsText("column: To do → Doing");
    assertThat(lane(there, "To do")).containsText("Water the tomatoes");
    advance(1);

    assertThat(lane(there, "Doing")).containsText("Water the tomatoes");
    assertThat(tile(here, "Water the tomatoes").locator(".badge")).isHidden();
    assertThat(here.locator("#guesses")).hasText("1");
    assertThat(here.locator("#told")).hasText("1");
  }

  @Test
  void refused_isTakenBackAndSaysWhy() {
    Page here = open();
    plan(here, "refused");

    moveOn(here, "Water the tomatoes");
    advance(1);

    assertThat(lane(here, "To do")).containsText("Water the tomatoes");
    assertThat(here.locator(".toast"))
        .containsText(
            "Your change of “Water the tomatoes” is taken back. The server refuses this write");
    assertThat(here.locator("#letters")).containsText("The server refuses this write");
  }

  @Test
  void otherFields_areMerged() {
    Page here = open();
    Page there = open();

    moveOn(here, "Water the tomatoes");
    edit(there, "Water the tomatoes", "#edit-note", "Once a day");
    advance(5);

    for (Page page : new Page[] {here, there}) {
      assertThat(lane(page, "Doing")).containsText("Water the tomatoes");
      assertThat(tile(page, "Water the tomatoes")).containsText("Once a day");
    }
    assertThat(there.locator(".toast")).containsText("with what somebody else changed of it");
  }

  @Test
  void sameField_isForThePersonToDecide() {
    Page here = open();
    Page there = open();
    edit(here, "Water the tomatoes", "#edit-title", "Water them");
    edit(there, "Water the tomatoes", "#edit-title", "Let them dry");
    advance(2);

    Locator question = there.locator("#question");
    assertThat(question).containsText("Before: “Water the tomatoes”");
    assertThat(question).containsText("Mine: “Let them dry”");
    assertThat(question).containsText("Theirs: “Water them”");
    assertThat(question).containsText("Without an answer theirs holds in");
    assertThat(there.locator("#decide")).isDisabled();
    assertThat(tile(there, "Let them dry").locator(".badge")).containsText("being decided");
    there.keyboard().press("Space"); // the first choice has the focus: mine
    there.locator("#decide").click();
    assertThat(there.locator("#asked")).isHidden();
    advance(2);

    assertThat(tile(here, "Let them dry")).isVisible();
    assertThat(question).isHidden();
  }

  @Test
  void sameField_putOffAndTakenUpAgain() {
    Page here = open();
    plan(here, "contested");
    moveOn(here, "Water the tomatoes");
    advance(2);

    assertThat(here.locator("#question")).isVisible();
    here.keyboard().press("Escape");
    assertThat(here.locator("#question")).isHidden();
    assertThat(here.locator("#asked")).containsText("“Water the tomatoes”");
    moveOn(here, "Book the train"); // the rest goes on
    advance(1);
    here.locator("#open-question").click();
    here.locator("#all-theirs").click();

    assertThat(lane(here, "Done")).containsText("Water the tomatoes");
    assertThat(lane(here, "Doing")).containsText("Book the train");
    assertThat(here.locator("#asked")).isHidden();
  }

  @Test
  void sameField_noAnswerInTime_theirsHolds() {
    Page here = open();
    plan(here, "contested");
    moveOn(here, "Water the tomatoes");
    advance(2);
    assertThat(here.locator("#question")).isVisible();

    advance(60);

    assertThat(here.locator("#question")).isHidden();
    assertThat(lane(here, "Done")).containsText("Water the tomatoes");
    assertThat(here.locator(".toast")).containsText("stays as somebody else has it");
  }

  @Test
  void forced409_anotherField_isMergedWithoutAsking() {
    Page here = open();
    plan(here, "overtaken");

    moveOn(here, "Water the tomatoes");
    advance(3);

    assertThat(tile(here, "Water the tomatoes")).containsText("urgent");
    assertThat(lane(here, "Doing")).containsText("Water the tomatoes");
    assertThat(here.locator("#question")).isHidden();
    assertThat(here.locator("#log")).containsText("409 card 1: it is v2, not v1");
  }

  @Test
  void answerLost_isAskedForAgain() {
    Page here = open();
    plan(here, "unanswered");

    moveOn(here, "Water the tomatoes");
    advance(8);
    assertThat(tile(here, "Water the tomatoes").locator(".badge")).containsText("trying again");
    advance(1);

    assertThat(here.locator("#under-way")).hasText("none under way");
    assertThat(lane(here, "Doing")).containsText("Water the tomatoes");
  }

  @Test
  void keyboard_movesTheCardAndKeepsTheFocus() {
    Page here = open();
    here.locator("#new-title").fill("Sweep the yard");
    here.locator("#new-title").press("Enter");
    assertThat(tile(here, "Sweep the yard").locator(".badge")).containsText("on its way");

    title(here, "Sweep the yard").press("ArrowRight");
    assertThat(lane(here, "Doing")).containsText("Sweep the yard");
    assertThat(title(here, "Sweep the yard")).isFocused();
    advance(2); // now it has its number
    assertThat(here.locator("#under-way")).hasText("none under way");
    assertThat(title(here, "Sweep the yard")).isFocused();
    here.keyboard().press("ArrowUp");

    assertThat(title(here, "Read chapter three")).isFocused();
    assertThat(here.locator("#announcer")).hasText("Everything is settled.");
  }

  @Test
  void undo_byTheKeys_takesBackAMoveUnderWayAndOneThatIsSettled() {
    Page here = open();
    moveOn(here, "Water the tomatoes");
    here.keyboard().press("Control+z");
    assertThat(lane(here, "To do")).containsText("Water the tomatoes");
    assertThat(here.locator("#under-way")).hasText("none under way");
    advance(5);

    here.keyboard().press("Control+y");
    assertThat(lane(here, "Doing")).containsText("Water the tomatoes");
    advance(5);
    assertThat(here.locator("#under-way")).hasText("none under way");
    here.locator("#undo").click();

    assertThat(lane(here, "To do")).containsText("Water the tomatoes");
    assertThat(here.locator("#pending")).containsText("Back to To do");
    advance(5);
    assertThat(here.locator("#under-way")).hasText("none under way");
  }

  @Test
  void pointer_dragsACard() {
    Page here = open();

    tile(here, "Water the tomatoes").dragTo(lane(here, "Done"));

    assertThat(lane(here, "Done")).containsText("Water the tomatoes");
  }

  @Test
  void snapshotRollback_losesWhatTheLibraryKeeps() {
    Page here = open();
    here.locator("#compare").click();
    here.locator("#schedule").click();
    assertThat(here.locator("#pending li")).hasCount(2);
    assertThat(here.locator("#naive-said")).containsText("The same so far.");

    advance(2);

    assertThat(lane(here, "Done")).containsText("Book the train");
    assertThat(here.locator("#naive-said"))
        .containsText("Wrong: 1 card is not as the server has it.");
    assertThat(here.locator("#naive-lanes")).containsText("lost column: Done");
    here.locator("#refetch").click();
    assertThat(here.locator("#naive-said")).containsText("The same as above.");
  }

  @Test
  void cutOff_saysSoAndComesBackToWhatIsUnderWay() {
    Page here = open();
    moveOn(here, "Water the tomatoes");

    here.locator("#cut").click();
    assertThat(here.locator("#badge")).containsText("Reconnecting");
    assertThat(here.locator("#notice")).containsText(Pattern.compile("Trying again in \\d s\\."));
    here.locator("#retry").click();

    assertThat(here.locator("#badge")).containsText("Live");
    assertThat(here.locator("#window")).hasText("window A");
    assertThat(tile(here, "Water the tomatoes").locator(".badge")).containsText("on its way");
    advance(1);
    assertThat(here.locator("#under-way")).hasText("none under way");
  }

  @Test
  void narrow_nothingIsCutOff() {
    Page here = open(360);
    here.locator("#compare").click();
    assertThat(overflow(here)).isZero();

    plan(here, "contested");
    edit(here, "Water the tomatoes", "#edit-title", "W".repeat(80));
    advance(2);
    assertThat(here.locator("#question")).isVisible();

    assertThat(overflow(here)).isZero();
    assertThat(here.locator("#question").evaluate("it => it.scrollWidth - it.clientWidth"))
        .isEqualTo(0);
  }

  private static int overflow(Page page) {
    return (int)
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
