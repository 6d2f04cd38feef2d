package io.stateward.examples.cards;

import static io.stateward.examples.cards.Column.DOING;
import static io.stateward.examples.cards.Column.DONE;
import static io.stateward.examples.cards.Column.TODO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.collection.EntityTable;
import io.stateward.examples.Refusal;
import io.stateward.optimistic.DeadLetter;
import io.stateward.optimistic.MutationStatus;
import io.stateward.optimistic.Pending;
import io.stateward.signal.Signal;
import io.stateward.signal.Versioned;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two windows at one server, in time of the test's own; a write takes one second. */
final class DeskTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final CardServer server = new CardServer(time, Runnable::run, () -> 50);
  private final Desk here = new Desk("A", server, time);
  private final Desk there = new Desk("B", server, time);

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static Card card(Signal<EntityTable<Long, Card>> cards, long id) {
    return Objects.requireNonNull(cards.get().get(id));
  }

  private void plan(Fate fate) {
    server.dial(dials -> dials.withFate(fate));
  }

  private void settle() {
    time.advance(Duration.ofSeconds(10));
    assertThat(here.store().pending().get()).isEmpty();
    assertThat(there.store().pending().get()).isEmpty();
  }

  private static List<String> told(Desk desk) {
    return desk.books().notices().signal().get().stream().map(Notice::text).toList();
  }

  /** What both show is what the server has. */
  private void assertAgreed() {
    assertThat(here.visible().get()).isEqualTo(server.cards().table());
    assertThat(here.store().confirmed().get()).isEqualTo(server.cards());
    assertThat(there.visible().get()).isEqualTo(server.cards().table());
    assertThat(there.store().confirmed().get()).isEqualTo(server.cards());
  }

  @Test
  void move_showsAtOnceHereAndLaterThere() {
    here.move(1, DONE);
    assertThat(card(here.visible(), 1).column()).isEqualTo(DONE);
    assertThat(here.store().confirmed().get().card(1).column()).isEqualTo(TODO);
    assertThat(card(there.visible(), 1).column()).isEqualTo(TODO);

    settle();

    assertThat(card(there.visible(), 1).column()).isEqualTo(DONE);
    assertAgreed();
  }

  @Test
  void move_rightGuess_tellsNobody() {
    here.move(1, DONE);
    settle();

    assertThat(here.books().figures().get()).isEqualTo(new Figures(1, 1, 1, 1));
  }

  @Test
  void move_refused_isTakenBackAndSaysWhy() {
    plan(Fate.REFUSED);

    here.move(1, DONE);
    settle();

    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);
    assertThat(told(here))
        .containsExactly(
            "Your change of “Water the tomatoes” is taken back. The server refuses this write, as you asked for.");
    assertThat(here.store().deadLetters().get())
        .extracting(DeadLetter::kind)
        .containsExactly(DeadLetter.Kind.REJECTED);
    assertAgreed();
  }

  @Test
  void move_takenByTheFailureRate_saysSo() {
    server.dial(dials -> dials.withFailurePercent(60));

    here.move(1, DONE);
    settle();

    assertThat(told(here))
        .containsExactly(
            "Your change of “Water the tomatoes” is taken back. The server refuses 60 % of all writes, as you asked for.");
  }

  @Test
  void move_refused_losesNothingElse_asSnapshotRollbackDoes() {
    plan(Fate.REFUSED);

    here.move(1, DONE);
    here.move(2, DONE);
    there.edit(3, new Edit("Call her", null, Set.of(), Set.of()));
    settle();

    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);
    assertThat(card(here.visible(), 2).column()).isEqualTo(DONE);
    assertThat(card(here.visible(), 3).title()).isEqualTo("Call her");
    assertAgreed();
    assertThat(card(here.naive(), 2).column())
        .isEqualTo(TODO); // saved, and shown as if it were not

    here.refetch();
    assertThat(here.naive().get()).isEqualTo(server.cards().table());
  }

  @Test
  void snapshotRollback_hasLostACard_doesNotKeepOthersFromChangingIt() {
    there.add("Sweep");
    time.advance(Duration.ofMillis(200));
    here.move(1, DONE);
    time.advance(Duration.ofMillis(400));
    plan(Fate.REFUSED);
    settle();
    assertThat(here.naive().get().contains(7L)).isFalse(); // lost with the refused move

    here.move(7, DONE);
    settle();

    assertThat(server.cards().card(7).column()).isEqualTo(DONE);
    assertAgreed();
  }

  @Test
  void schedule_isThatOverlap() {
    here.schedule();
    settle();

    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);
    assertThat(card(here.visible(), 2).column()).isEqualTo(DONE);
    assertThat(card(here.naive(), 2).column()).isEqualTo(TODO);
  }

  @Test
  void edits_ofDifferentFields_areMerged() {
    here.edit(1, new Edit("Water them", null, Set.of("today"), Set.of()));
    there.edit(1, new Edit(null, "Once a day", Set.of("balcony"), Set.of("garden")));
    settle();

    assertThat(server.cards().card(1))
        .isEqualTo(new Card(1, "Water them", "Once a day", Set.of("today", "balcony"), TODO));
    assertThat(told(there))
        .containsExactly("“Water the tomatoes” is saved, with what somebody else changed of it.");
    assertAgreed();
  }

  @Test
  void edits_ofTheSameField_areForAPersonToDecide() {
    here.edit(1, new Edit("Water them", null, Set.of(), Set.of()));
    there.edit(1, new Edit("Let them dry", "No rain in sight", Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(2));

    assertThat(there.questions().json(there.questions().signal().get()))
        .isEqualTo(
            "{\"questions\":[[1,\"Water them\",59000,"
                + "[[\"title\",\"Water the tomatoes\",\"Let them dry\",\"Water them\"]]]]}");
    assertThat(there.store().pending().get())
        .extracting(Pending::status)
        .containsExactly(MutationStatus.CONFLICTED);
    there.questions().answer(1, Set.of("title"));
    settle();

    assertThat(server.cards().card(1).title()).isEqualTo("Let them dry");
    assertThat(server.cards().card(1).note()).isEqualTo("No rain in sight");
    assertAgreed();
  }

  @Test
  void question_theirs_keepsTheRestOfMine() {
    here.edit(1, new Edit("Water them", null, Set.of(), Set.of()));
    there.edit(1, new Edit("Let them dry", "No rain in sight", Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(2));

    there.questions().answer(1, Set.of());
    settle();

    assertThat(server.cards().card(1).title()).isEqualTo("Water them");
    assertThat(server.cards().card(1).note()).isEqualTo("No rain in sight");
    assertAgreed();
  }

  @Test
  void question_notAnswered_endsWithTheirs_whileTheRestGoesOn() {
    plan(Fate.CONTESTED);
    here.move(1, DONE);
    time.advance(Duration.ofSeconds(2));
    here.move(2, DONE);
    time.advance(Duration.ofSeconds(2));
    assertThat(card(there.visible(), 2).column()).isEqualTo(DONE);
    assertThat(card(here.visible(), 1).column()).isEqualTo(DONE);

    time.advance(Questions.PATIENCE);

    assertThat(here.questions().signal().get()).isEmpty();
    assertThat(card(here.visible(), 1).column()).isEqualTo(DOING);
    assertThat(told(here)).containsExactly("“Water the tomatoes” stays as somebody else has it.");
    assertThatThrownBy(() -> here.questions().answer(1, Set.of()))
        .isInstanceOf(Refusal.class)
        .hasMessage("This conflict is decided already.");
    assertAgreed();
  }

  @Test
  void question_movedOnMeanwhile_isPutAgain() {
    plan(Fate.CONTESTED);
    here.edit(1, new Edit("Mine", null, Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(2));
    there.edit(1, new Edit("Other", "More", Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(2));

    here.questions().answer(1, Set.of("title"));
    time.advance(Duration.ofSeconds(2));
    assertThat(here.questions().signal().get()).hasSize(1);
    here.questions().answer(1, Set.of("title"));
    settle();

    assertThat(server.cards().card(1).title()).isEqualTo("Mine");
    assertThat(server.cards().card(1).note()).isEqualTo("More");
    assertAgreed();
  }

  @Test
  void forced409_anotherField_isMerged() {
    plan(Fate.OVERTAKEN);

    here.move(1, DONE);
    settle();

    assertThat(server.cards().at(1))
        .isEqualTo(
            new Versioned<>(
                new Card(1, "Water the tomatoes", "Twice a day", Set.of("garden", "urgent"), DONE),
                3));
    assertAgreed();
  }

  @Test
  void removed_isGoneAndTold() {
    plan(Fate.REMOVED);

    here.move(1, DONE);
    settle();

    assertThat(here.visible().get().contains(1L)).isFalse();
    assertThat(told(here)).containsExactly("“Water the tomatoes” was removed by somebody else.");
    assertAgreed();
    assertThatThrownBy(() -> here.move(1, DOING))
        .isInstanceOf(Refusal.class)
        .hasMessage("This card is not there any more.");
  }

  @Test
  void answerLost_isAskedForAgain_andTheWriteIsDoneOnce() {
    plan(Fate.UNANSWERED);

    here.move(1, DONE);
    time.advance(Desk.PATIENCE);
    assertThat(here.store().pending().get())
        .extracting(Pending::status)
        .containsExactly(MutationStatus.RETRYING);
    settle();

    assertThat(server.cards().version(1)).isEqualTo(2);
    assertAgreed();
  }

  @Test
  void unreachable_isTriedAgainUntilItArrives() {
    server.dial(dials -> dials.withReachable(false));
    here.move(1, DONE);
    time.advance(Duration.ofSeconds(20));
    assertThat(card(here.visible(), 1).column()).isEqualTo(DONE);
    assertThat(server.cards().card(1).column()).isEqualTo(TODO);

    server.dial(dials -> dials.withReachable(true));
    time.advance(Duration.ofSeconds(10));

    assertThat(server.cards().card(1).column()).isEqualTo(DONE);
    settle();
    assertAgreed();
  }

  @Test
  void add_editedBeforeItIsNamed_isRemapped() {
    here.add("Sweep");
    here.edit(-1, new Edit("Sweep the yard", null, Set.of("home"), Set.of()));
    here.move(-1, DOING);
    assertThat(card(here.visible(), -1).title()).isEqualTo("Sweep the yard");

    time.advance(Duration.ofSeconds(1));
    assertThat(here.visible().get().contains(-1L)).isFalse();
    assertThat(card(here.visible(), 7))
        .isEqualTo(new Card(7, "Sweep the yard", "", Set.of("home"), DOING));
    assertThat(here.books().renamed()).containsExactly(List.of("-1", "7"));
    here.edit(-1, new Edit(null, "Leaves, too", Set.of(), Set.of())); // by a page that lags
    settle();

    assertThat(server.cards().card(7))
        .isEqualTo(new Card(7, "Sweep the yard", "Leaves, too", Set.of("home"), DOING));
    assertThat(told(here)).isEmpty();
    assertAgreed();
    assertThat(here.naive().get()).isEqualTo(server.cards().table());
  }

  @Test
  void add_refused_takesItsEditsAlong() {
    plan(Fate.REFUSED);

    here.add("Sweep");
    here.edit(-1, new Edit("Sweep the yard", null, Set.of(), Set.of()));
    settle();

    assertThat(here.visible().get()).isEqualTo(Authority.initial().cards().table());
    assertThat(here.store().deadLetters().get())
        .extracting(DeadLetter::kind)
        .containsExactly(DeadLetter.Kind.REJECTED, DeadLetter.Kind.NOT_REPLAYABLE);
    assertAgreed();
  }

  @Test
  void undo_pendingMove_isCancelled() {
    server.dial(dials -> dials.withReachable(false));
    here.move(1, DONE);
    here.undo();

    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);
    settle();
    server.dial(dials -> dials.withReachable(true));
    settle();
    assertThat(server.cards().version(1)).isEqualTo(1);
    assertThatThrownBy(here::undo)
        .isInstanceOf(Refusal.class)
        .hasMessage("There is nothing to undo.");
    assertAgreed();
  }

  @Test
  void undo_pendingMoveThatTheServerHasAllTheSame_isTakenBackThereToo() {
    here.move(1, DONE);
    time.advance(Duration.ofMillis(700));
    here.undo();
    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);

    time.advance(Duration.ofSeconds(1));
    assertThat(card(here.visible(), 1).column()).isEqualTo(TODO);
    settle();

    assertThat(server.cards().at(1))
        .isEqualTo(new Versioned<>(Authority.initial().cards().card(1), 3));
    assertAgreed();
  }

  @Test
  void undoAndRedo_settledChanges_areChangesOfTheirOwn() {
    Card first = card(here.visible(), 1);
    here.edit(1, new Edit("Water them", null, Set.of("today"), Set.of("garden")));
    settle();
    there.edit(1, new Edit(null, "Once a day", Set.of(), Set.of()));
    settle();

    here.undo();
    settle();
    assertThat(server.cards().card(1)).isEqualTo(first.withNote("Once a day"));
    here.redo();
    settle();
    assertThat(server.cards().card(1).title()).isEqualTo("Water them");
    here.undo();
    settle();

    assertThat(server.cards().card(1)).isEqualTo(first.withNote("Once a day"));
    assertAgreed();
  }

  @Test
  void undo_refusedChange_isNoStep() {
    plan(Fate.REFUSED);
    here.move(1, DONE);
    assertThat(here.history().undoName().get()).isEqualTo("Move to Done: “Water the tomatoes”");

    settle();

    assertThat(here.history().canUndo().get()).isFalse();
  }

  @Test
  void latencyShortened_answersAndNewsKeepTheirOrder() {
    server.dial(dials -> dials.withLatency(Duration.ofSeconds(4)));
    here.edit(1, new Edit(null, "slow", Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(2));
    server.dial(dials -> dials.withLatency(Duration.ZERO));
    plan(Fate.CONTESTED);
    there.edit(1, new Edit(null, "quick", Set.of(), Set.of()));
    time.advance(Duration.ofSeconds(3));

    there.questions().answer(1, Set.of("note"));
    settle();

    assertThat(server.cards().card(1).note()).isEqualTo("quick");
    assertAgreed();
  }
}
