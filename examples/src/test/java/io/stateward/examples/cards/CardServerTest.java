package io.stateward.examples.cards;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The server, in time of the test's own; a write takes one second. */
final class CardServerTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<Push> pushes = new ArrayList<>();
  private int roll = 50;
  private int keys;
  private final CardServer server = new CardServer(time, Runnable::run, () -> roll);

  private Card card(long id) {
    return Objects.requireNonNull(server.cards().get(id));
  }

  private CompletableFuture<WriteResult<Card>> send(Card card) {
    return server.write(new CardWrite("A-" + ++keys, "A", card));
  }

  private WriteResult<Card> answer(Card card) {
    CompletableFuture<WriteResult<Card>> answer = send(card);
    time.advance(Duration.ofSeconds(5));
    return answer.join();
  }

  @Test
  void write_knownVersion_isDecidedAfterHalfTheLatencyAndAnsweredAfterAllOfIt() {
    Card moved = card(1).withColumn(Column.DONE);

    CompletableFuture<WriteResult<Card>> answer = send(moved);
    time.advance(Duration.ofMillis(499));
    assertThat(card(1).column()).isEqualTo(Column.TODO);
    time.advance(Duration.ofMillis(1));
    assertThat(card(1)).isEqualTo(moved.withVersion(2));
    assertThat(answer).isNotDone();
    time.advance(Duration.ofMillis(500));

    assertThat(answer).isCompletedWithValue(new Saved<>(moved.withVersion(2)));
  }

  @Test
  void write_oldVersion_isInConflictWithWhatIsThere() {
    Card seen = card(1);
    answer(seen.withTitle("Water them"));

    assertThat(answer(seen.withTitle("Do not water them"))).isEqualTo(new Conflict<>(card(1)));
    assertThat(card(1).title()).isEqualTo("Water them");
  }

  @Test
  void write_newCard_getsTheNextNumber() {
    assertThat(answer(Card.draft(-1, "Sweep", Column.TODO)))
        .isEqualTo(new Saved<>(new Card(7, "Sweep", "", Set.of(), Column.TODO, 1)));
    assertThat(card(7).version()).isEqualTo(1);
  }

  @Test
  void write_cardThatIsNot_isGone() {
    assertThat(answer(card(1).withId(99))).isEqualTo(new Gone<>());
  }

  @Test
  void write_sameKeyAgain_isAnsweredAgainAndDoneOnce() {
    server.dial(dials -> dials.withFate(Fate.UNANSWERED));
    CardWrite write = new CardWrite("A-1", "A", card(1).withColumn(Column.DONE));
    CompletableFuture<WriteResult<Card>> lost = server.write(write);
    time.advance(Duration.ofSeconds(5));
    assertThat(lost).isNotDone();

    CompletableFuture<WriteResult<Card>> again = server.write(write);
    time.advance(Duration.ofSeconds(5));

    assertThat(again).isCompletedWithValue(new Saved<>(card(1)));
    assertThat(card(1).version()).isEqualTo(2);
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
      assertThat(answer(Card.draft(-i, "One more", Column.TODO)).isSaved()).isTrue();
    }

    assertThat(answer(Card.draft(-99, "Too many", Column.TODO)))
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

    CompletableFuture<WriteResult<Card>> answer = send(card(1).withTitle("x"));
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
        .isEqualTo(new Conflict<>(seen.relabelled(Set.of("urgent"), Set.of()).withVersion(2)));
    assertThat(answer(card(1).withTitle("c"))).isInstanceOf(Saved.class);
    assertThat(server.dials().get().fates()).isEmpty();
  }

  @Test
  void contested_somebodyChangesTheSameField() {
    Card seen = card(1);
    List<Card> mine =
        List.of(seen.withTitle("a"), seen.withNote("b"), seen.withColumn(Column.DONE));
    List<Card> theirs = new ArrayList<>();
    for (Card one : mine) {
      server.dial(dials -> dials.withFate(Fate.CONTESTED));
      Card current = card(1);
      answer(
          new Card(
              1,
              one.title().equals("a") ? "a" : current.title(),
              one.note().equals("b") ? "b" : current.note(),
              current.labels(),
              one.column(),
              current.version()));
      theirs.add(card(1));
    }

    assertThat(theirs).extracting(Card::version).containsExactly(2L, 3L, 4L);
    assertThat(theirs.get(0).title()).isEqualTo("Water the tomatoes, please");
    assertThat(theirs.get(1).note()).isEqualTo("Somebody else has written this.");
    assertThat(theirs.get(2).column()).isEqualTo(Column.DOING);
  }

  @Test
  void removed_isGoneAndTold() {
    server.follow(pushes::add);
    server.dial(dials -> dials.withFate(Fate.REMOVED));

    assertThat(answer(card(1).withTitle("x"))).isEqualTo(new Gone<>());
    assertThat(pushes).containsExactly(new Push(1, null, ""));
    assertThat(server.cards().contains(1L)).isFalse();
  }

  @Test
  void follow_isToldOfEveryWriteUntilItIsClosed() {
    var following = server.follow(pushes::add);

    answer(card(1).withTitle("x"));
    following.close();
    answer(card(1).withTitle("y"));

    assertThat(pushes).containsExactly(new Push(1, card(1).withTitle("x").withVersion(2), "A"));
  }

  @Test
  void log_saysWhatBecameOfEachWriteAndForgetsTheOldest() {
    Card seen = card(1);
    answer(seen.withTitle("a"));
    answer(seen.withTitle("b"));
    assertThat(server.log().get())
        .extracting(LogLine::text)
        .containsExactly("200 card 1: card 1 is v2", "409 card 1: it is v2, not v1");

    for (int i = 0; i < Authority.MOST_LINES; i++) {
      answer(seen);
    }
    assertThat(server.log().get()).hasSize(Authority.MOST_LINES);
    assertThat(server.log().get().get(0).number()).isEqualTo(3);
  }

  @Test
  void answers_areRememberedForTheLastWritesOnly() {
    Authority state = Authority.initial();
    for (int i = 0; i < Authority.MOST_KEYS + 5; i++) {
      state = state.answering("A-" + i, card(1));
    }

    assertThat(state.answered()).hasSize(Authority.MOST_KEYS).containsKey("A-5");
    assertThat(state.answered()).doesNotContainKey("A-4");
  }
}
