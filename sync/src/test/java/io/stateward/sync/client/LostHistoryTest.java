package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.optimistic.Choice;
import io.stateward.persist.Journal;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.Text;
import io.stateward.sync.text.TextType;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A hub that has another text, and does not know what became of the one before. */
final class LostHistoryTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryNetwork network = MemoryNetwork.create(Runnable::run, time, 7);
  private SyncHub hub = hub();
  private final List<LostText> asked = new ArrayList<>();
  private CompletableFuture<Choice<Text>> answer = new CompletableFuture<>();

  LostHistoryTest() {
    network.listen((connection, peer) -> hub.accept(connection, peer));
  }

  private SyncHub hub() {
    return SyncHub.named("hub")
        .types(TextType.standard())
        .authorizer(Authorizer.everybody())
        .executor(Runnable::run)
        .timekeeper(time)
        .open();
  }

  private SyncClient client(String name, Journal outbox, @Nullable LostHistory policy) {
    SyncClientBuilder builder =
        SyncClient.over(network.transport(name))
            .outbox(outbox)
            .executor(Runnable::run)
            .timekeeper(time)
            .random(new Random(name.hashCode()));
    return (policy == null ? builder : builder.lostHistory(policy)).open();
  }

  private void settle() {
    time.advance(Duration.ofMinutes(1));
  }

  private CompletableFuture<Choice<Text>> ask(LostText lost) {
    asked.add(lost);
    return answer;
  }

  /** Edits offline what everybody had, while another hub with another text takes its place. */
  private TextDocument edited(SyncClient client, String mine, String theirs) {
    TextDocument notes = client.text("notes");
    notes.insert(0, "milk\n");
    settle();
    client.disconnect();
    notes.replace(0, notes.now().length(), mine);
    anotherHub(theirs);
    return notes;
  }

  private void anotherHub(String text) {
    hub.close();
    hub = hub();
    try (SyncClient bob = client("bob", Journal.memory(), null)) {
      bob.text("notes").insert(0, text);
      settle();
    }
  }

  @Test
  void nobodyIsAsked_isMergedThreeWays() {
    SyncClient ada = client("ada", Journal.memory(), null);
    TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");

    ada.reconnect();
    settle();

    assertThat(notes.now()).hasToString("eggs\nmilk\ntea\n");
    assertThat(notes.deadLetters().get()).isEmpty();
  }

  @Test
  void asked_untilThereIsAnAnswer_theirsShowsAndMineIsADeadLetter() {
    SyncClient ada = client("ada", Journal.memory(), this::ask);
    TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");
    Submission edit = notes.insert(0, "more ");

    ada.reconnect();
    settle();

    assertThat(notes.now()).hasToString("eggs\nmilk\n");
    assertThat(notes.changes().get().origin().kind()).isEqualTo(Origin.Kind.CORRECTION);
    assertThat(asked).extracting(LostText::document).containsExactly("notes");
    LostText lost = asked.get(0);
    assertThat(lost.base()).hasToString("milk\n");
    assertThat(lost.mine()).hasToString("more milk\ntea\n");
    assertThat(lost.theirs()).hasToString("eggs\nmilk\n");
    assertThat(edit.settled().toCompletableFuture().join()).isInstanceOf(Settled.Refused.class);
    DeadLetter letter = notes.deadLetters().get().get(0);
    assertThat(letter.code()).isEqualTo(LostHistory.CODE);
    assertThat(letter.change().at("/mine")).isEqualTo(Tree.of("more milk\ntea\n"));
    assertThat(ada.deadLetters().get()).containsExactly(letter);
    assertThat(ada.pending().get()).isZero();
  }

  @Test
  void merged_isPutInPlaceTogetherWithWhatWasDoneSince() {
    SyncClient ada = client("ada", Journal.memory(), this::ask);
    TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");
    ada.reconnect();
    settle();
    notes.insert(0, "flour\n"); // editing goes on

    answer.complete(Choice.merged(Text.of("eggs\ntea\n")));
    settle();

    assertThat(notes.now()).hasToString("flour\neggs\ntea\n");
    assertThat(notes.deadLetters().get()).isEmpty();
    assertThat(ada.pending().get()).isZero();
    TextDocument there = client("carl", Journal.memory(), null).text("notes");
    settle();
    assertThat(there.now()).hasToString("flour\neggs\ntea\n");
  }

  @Test
  void mine_takesThePlaceOfTheirs() {
    SyncClient ada = client("ada", Journal.memory(), lost -> done(Choice.mine()));
    TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");

    ada.reconnect();
    settle();

    assertThat(notes.now()).hasToString("milk\ntea\n");
    assertThat(notes.deadLetters().get()).isEmpty();
  }

  @Test
  void theirs_letterStaysAlsoAfterARestart() {
    Journal outbox = new KeptJournal(Journal.memory());
    SyncClient ada = client("ada", outbox, lost -> done(Choice.theirs()));
    TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");

    ada.reconnect();
    settle();

    assertThat(notes.now()).hasToString("eggs\nmilk\n");
    assertThat(notes.deadLetters().get()).hasSize(1);
    ada.close();
    SyncClient again = client("ada", outbox, this::ask);
    assertThat(again.deadLetters().get()).hasSize(1);
    assertThat(asked).isEmpty();
  }

  @Test
  void answer_afterTheClientWasClosed_leavesTheLetter() {
    Journal outbox = new KeptJournal(Journal.memory());
    SyncClient ada = client("ada", outbox, this::ask);
    edited(ada, "milk\ntea\n", "eggs\nmilk\n");
    ada.reconnect();
    settle();
    ada.close();

    answer.complete(Choice.mine());

    assertThat(client("ada", outbox, null).deadLetters().get()).hasSize(1);
  }

  @Test
  void decider_thatThrowsOrFails_isReportedAndTheLetterStays() {
    List<String> reports = new ArrayList<>();
    Subscription probe =
        Probe.attach(
            event -> {
              if (event instanceof Probe.Failed failed) {
                reports.add(failed.problem());
              }
            });
    try (probe) {
      SyncClient ada = client("ada", Journal.memory(), lost -> failing());
      TextDocument notes = edited(ada, "milk\ntea\n", "eggs\nmilk\n");
      ada.reconnect();
      settle();
      assertThat(notes.deadLetters().get()).hasSize(1);
      assertThat(reports).filteredOn(each -> each.contains("gave no answer")).hasSize(1);

      SyncClient eve =
          client("eve", Journal.memory(), lost -> CompletableFuture.failedFuture(new Error("No.")));
      TextDocument hers = edited(eve, "x\n", "y\n");
      eve.reconnect();
      settle();
      assertThat(hers.deadLetters().get()).hasSize(1);
      assertThat(reports).filteredOn(each -> each.contains("gave no answer")).hasSize(2);
    }
  }

  @Test
  void sameTextOnBothSides_nobodyIsAsked() {
    SyncClient ada = client("ada", Journal.memory(), this::ask);
    TextDocument notes = edited(ada, "milk\ntea\n", "milk\n");

    ada.reconnect();
    settle();

    assertThat(asked).isEmpty();
    assertThat(notes.now()).hasToString("milk\ntea\n");
    TextDocument blind = ada.text("blind"); // edited before anything of it was known
    ada.disconnect();
    blind.insert(0, "mine");
    ada.reconnect();
    settle();
    assertThat(asked).isEmpty();
  }

  private static CompletableFuture<Choice<Text>> done(Choice<Text> choice) {
    return CompletableFuture.completedFuture(choice);
  }

  private static CompletableFuture<Choice<Text>> failing() {
    throw new IllegalStateException("No dialog.");
  }
}
