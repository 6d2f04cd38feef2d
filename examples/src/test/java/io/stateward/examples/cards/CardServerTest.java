package io.stateward.examples.cards;

import static io.stateward.examples.cards.Column.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Versioned;
import io.stateward.store.WriteResult;
import io.stateward.store.WriteResult.Conflict;
import io.stateward.store.WriteResult.Gone;
import io.stateward.store.WriteResult.Rejected;
import io.stateward.store.WriteResult.Saved;
import io.stateward.time.VirtualTimekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The server, in time of the test's own; a write takes one second. */
final class CardServerTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<Push> pushes = new ArrayList<>();
  private int roll = 50;
  private int keys;
  private final CardServer server = new CardServer(time, Runnable::run, () -> roll);

  private Card card(long id) {
    return server.cards().card(id);
  }

  private static Versioned<Card> at(long version, Card card) {
    return new Versioned<>(card, version);
  }

  private CompletableFuture<WriteResult<Versioned<Card>>> send(Card card, long version) {
    return server.write(new CardWrite("A-" + ++keys, "A", card, version));
  }

  /** Writes what was made of the current version. */
  private WriteResult<Versioned<Card>> answer(Card card) {
    return answer(card, server.cards().version(card.id()));
  }

  private WriteResult<Versioned<Card>> answer(Card card, long version) {
    CompletableFuture<WriteResult<Versioned<Card>>> answer = send(card, version);
    time.advance(Duration.ofSeconds(5));
    return answer.join();
  }

  @Test
  void write_knownVersion_isDecidedAfterHalfTheLatencyAndAnsweredAfterAllOfIt() {
    Card moved = card(1).withColumn(DONE);

    CompletableFuture<WriteResult<Versioned<Card>>> answer = send(moved, 1);
    time.advance(Duration.ofMillis(499));
    assertThat(card(1).column()).isEqualTo(Column.TODO);
    time.advance(Duration.ofMillis(1));
    assertThat(server.cards().at(1)).isEqualTo(at(2, moved));
    assertThat(answer).isNotDone();
    time.advance(Duration.ofMillis(500));

    assertThat(answer).isCompletedWithValue(new Saved<>(at(2, moved)));
  }

  @Test
  void write_oldVersion_isInConflictWithWhatIsThere() {
    Card seen = card(1);
    answer(seen.withTitle("Water them"));

    assertThat(answer(seen.withTitle("Do not water them"), 1))
        .isEqualTo(new Conflict<>(at(2, seen.withTitle("Water them"))));
    assertThat(card(1).title()).isEqualTo("Water them");
  }

  @Test
  void write_newCard_getsTheNextNumber() {
    assertThat(answer(Card.draft(-1, "Sweep")))
        .isEqualTo(new Saved<>(at(1, new Card(7, "Sweep", "", Set.of(), Column.TODO))));
    assertThat(server.cards().version(7)).isEqualTo(1);
  }

  @Test
  void write_cardThatIsNot_isGone() {
    assertThat(answer(card(1).withId(99), 1)).isEqualTo(new Gone<>());
  }

  @Test
  void write_sameKeyAgain_isAnsweredAgainAndDoneOnce() {
    server.dial(dials -> dials.withFate(Fate.UNANSWERED));
    CardWrite write = new CardWrite("A-1", "A", card(1).withColumn(DONE), 1);
    CompletableFuture<WriteResult<Versioned<Card>>> lost = server.write(write);
    time.advance(Duration.ofSeconds(5));
    assertThat(lost).isNotDone();

    CompletableFuture<WriteResult<Versioned<Card>>> again = server.write(write);
    time.advance(Duration.ofSeconds(5));

    assertThat(again).isCompletedWithValue(new Saved<>(at(2, card(1))));
    assertThat(server.cards().version(1)).isEqualTo(2);
  }

  @Test
  void write_tooManyInDoing_isRejectedWithTheRule() {
    answer(card(1).withColumn(Column.DOING));
    answer(card(2).withColumn(Column.DOING));

    assertThat(answer(card(3).withColumn(Column.DOING)))
        .isEqualTo(new Rejected<>("“Doing” holds 4 cards already. Finish one of them first."));
    assertThat(answer(card(4).withTitle("Paint it"))).isInstanceOf(Saved.class);
  }

  @Test
  void write_noTitle_isRejectedWithTheRule() {
    assertThat(answer(card(1).withTitle(" "))).isEqualTo(new Rejected<>("A card needs a title."));
  }

  @Test
  void write_moreCardsThanFit_isRejectedWithTheRule() {
    for (int i = 1; i <= Ruling.MOST_CARDS - 6; i++) {
      assertThat(answer(Card.draft(-i, "One more")).isSaved()).isTrue();
    }

    assertThat(answer(Card.draft(-99, "Too many")))
        .isEqualTo(new Rejected<>("The board holds 40 cards already."));
  }

  @Test
  void failureRate_decidesByTheDice() {
    server.dial(dials -> dials.withFailurePercent(51));
    assertThat(answer(card(1).withTitle("x")))
        .isEqualTo(new Rejected<>("The server refuses 51 % of all writes, as you asked for."));

    server.dial(dials -> dials.withFailurePercent(50));
    assertThat(answer(card(1).withTitle("x"))).isInstanceOf(Saved.class);
  }

  @Test
  void unreachable_writeFails() {
    server.dial(dials -> dials.withReachable(false));

    CompletableFuture<WriteResult<Versioned<Card>>> answer = send(card(1).withTitle("x"), 1);
    time.advance(Duration.ofSeconds(1));

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining("The server cannot be reached.");
  }

  @Test
  void fates_areOfTheNextWritesInOrder() {
    server.dial(dials -> dials.withFate(Fate.REFUSED).withFate(Fate.OVERTAKEN));
    Card seen = card(1);

    assertThat(answer(seen.withTitle("a")))
        .isEqualTo(new Rejected<>("The server refuses this write, as you asked for."));
    assertThat(answer(seen.withTitle("b")))
        .isEqualTo(new Conflict<>(at(2, seen.relabelled(Set.of("urgent"), Set.of()))));
    assertThat(answer(card(1).withTitle("c"))).isInstanceOf(Saved.class);
    assertThat(server.dials().get().fates()).isEmpty();
  }

  @Test
  void contested_somebodyChangesTheSameField() {
    List<UnaryOperator<Card>> changes =
        List.of(
            card -> card.withTitle("a"), card -> card.withNote("b"), card -> card.withColumn(DONE));
    List<Card> theirs = new ArrayList<>();
    for (UnaryOperator<Card> change : changes) {
      server.dial(dials -> dials.withFate(Fate.CONTESTED));
      assertThat(answer(change.apply(card(1)))).isInstanceOf(Conflict.class);
      theirs.add(card(1));
    }

    assertThat(server.cards().version(1)).isEqualTo(4);
    assertThat(theirs.get(0).title()).isEqualTo("Water the tomatoes, please");
    assertThat(theirs.get(1).note()).isEqualTo("Somebody else has written this.");
    assertThat(theirs.get(2).column()).isEqualTo(Column.DOING);
  }

  @Test
  void removed_isGoneAndTold() {
    server.follow(pushes::add);
    server.dial(dials -> dials.withFate(Fate.REMOVED));

    assertThat(answer(card(1).withTitle("x"))).isEqualTo(new Gone<>());
    assertThat(pushes).containsExactly(new Push(1, null, "", ""));
    assertThat(server.cards().table().contains(1L)).isFalse();
  }

  @Test
  void follow_isToldOfEveryWriteUntilItIsClosed() {
    var following = server.follow(pushes::add);

    answer(card(1).withTitle("x"));
    following.close();
    answer(card(1).withTitle("y"));

    assertThat(pushes).containsExactly(new Push(1, at(2, card(1).withTitle("x")), "A-1", ""));
  }

  @Test
  void log_saysWhatBecameOfEachWriteAndForgetsTheOldest() {
    Card seen = card(1);
    answer(seen.withTitle("a"), 1);
    answer(seen.withTitle("b"), 1);
    assertThat(server.log().get())
        .extracting(LogLine::text)
        .containsExactly("200 card 1: card 1 is v2", "409 card 1: it is v2, not v1");

    for (int i = 0; i < Authority.MOST_LINES; i++) {
      answer(seen, 1);
    }
    assertThat(server.log().get()).hasSize(Authority.MOST_LINES);
    assertThat(server.log().get().get(0).number()).isEqualTo(3);
  }

  @Test
  void answers_areRememberedForTheLastWritesOnly() {
    Authority state = Authority.initial();
    for (int i = 0; i < Authority.Answers.MOST + 5; i++) {
      state = state.answering("A-" + i, at(1, card(1)));
    }

    assertThat(state.answers().byKey()).hasSize(Authority.Answers.MOST).containsKey("A-5");
    assertThat(state.answers().byKey()).doesNotContainKey("A-4");
  }
}
