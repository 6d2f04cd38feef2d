package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextDeltaBuilder;
import io.stateward.sync.text.TextType;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Texts, with a hub and clients over a network in memory, in virtual time and on one thread. */
final class TextDocumentTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Executor later = task -> time.schedule(Duration.ZERO, task);
  private final MemoryNetwork network = MemoryNetwork.create(later, time, 7);
  private final SyncHub hub =
      SyncHub.named("hub")
          .types(TextType.upTo(50_000))
          .authorizer(Authorizer.everybody())
          .executor(later)
          .timekeeper(time)
          .open();
  private final List<SyncClient> clients = new ArrayList<>();

  TextDocumentTest() {
    network.listen(hub::accept);
  }

  private SyncClient client(String name, Journal outbox) {
    SyncClient client =
        SyncClient.over(network.transport(name))
            .outbox(outbox)
            .executor(later)
            .timekeeper(time)
            .random(new Random(name.hashCode()))
            .open();
    clients.add(client);
    return client;
  }

  private SyncClient client(String name) {
    return client(name, Journal.memory());
  }

  private void settle() {
    time.advance(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    clients.forEach(SyncClient::close);
    hub.shutdown();
    settle();
  }

  @Test
  void insert_ofOne_isSeenByTheOther() {
    TextDocument ada = client("ada").text("notes");
    TextDocument bob = client("bob").text("notes");
    settle();

    Submission typed = ada.insert(0, "Hello 😅");

    assertThat(ada.now()).hasToString("Hello 😅");
    assertThat(typed.settled().toCompletableFuture()).isNotDone();
    settle();
    assertThat(typed.settled().toCompletableFuture().join()).isEqualTo(new Settled.Durable(1));
    assertThat(bob.now()).hasToString("Hello 😅");
    assertThat(bob.text().get()).isEqualTo(ada.text().get());
    assertThat(bob.changes().get().origin().kind()).isEqualTo(Origin.Kind.REMOTE);
  }

  @Test
  void edits_ofBothAtOnce_areMerged() {
    TextDocument ada = client("ada").text("notes");
    TextDocument bob = client("bob").text("notes");
    ada.insert(0, "The fox jumps");
    settle();

    ada.insert(4, "quick ");
    bob.insert(13, " high");
    bob.delete(0, 4);
    settle();

    assertThat(ada.now()).hasToString("quick fox jumps high");
    assertThat(bob.now()).hasToString("quick fox jumps high");
  }

  @Test
  void edits_madeOffline_areMergedWhenTheClientIsBack() {
    SyncClient offline = client("ada");
    TextDocument ada = offline.text("notes");
    TextDocument bob = client("bob").text("notes");
    bob.insert(0, "one two");
    settle();
    offline.disconnect();
    settle();

    ada.insert(3, " and");
    bob.insert(0, "- ");
    settle();

    assertThat(ada.now()).hasToString("one and two");
    assertThat(offline.status().get()).isEqualTo(new ConnectionStatus.Offline(1));
    offline.reconnect();
    settle();
    assertThat(ada.now()).hasToString("- one and two").isEqualTo(bob.now());
    assertThat(offline.pending().get()).isZero();
  }

  @Test
  void undo_afterOthersHaveEdited_takesBackOnlyWhatWasDoneHere() {
    TextDocument ada = client("ada").text("notes");
    TextDocument bob = client("bob").text("notes");
    ada.insert(0, "mine");
    settle();
    bob.insert(4, " and yours");
    settle();

    assertThat(ada.canUndo()).isTrue();
    assertThat(ada.undo()).isPresent();
    settle();
    assertThat(bob.now()).hasToString(" and yours");
    assertThat(ada.undo()).isEmpty();

    ada.redo();
    settle();
    assertThat(bob.now()).hasToString("mine and yours");
    assertThat(bob.canUndo()).isTrue();
  }

  @Test
  void edit_ofWhatWasSeenBefore_isMovedOverWhatChangedSince() {
    TextDocument ada = client("ada").text("notes");
    TextDocument bob = client("bob").text("notes");
    ada.insert(0, "world");
    settle();
    TextChange seen = ada.changes().get();
    bob.insert(0, "Hello ");
    settle();

    ada.edit(seen, TextDelta.insert(5, "!"));

    assertThat(ada.now()).hasToString("Hello world!");
    assertThatThrownBy(
            () ->
                ada.edit(
                    new TextChange(seen.was(), seen.delta(), seen.now(), seen.origin(), 99),
                    TextDelta.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("revision 99 of 'notes', which is now at 3");
  }

  @Test
  void edit_thatDoesNotFit_isRefusedAtOnce() {
    TextDocument ada = client("ada").text("notes");
    ada.insert(0, "abc");

    assertThatThrownBy(() -> ada.delete(2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ada.insert(0, "\ud83d")).isInstanceOf(IllegalArgumentException.class);

    assertThat(ada.now()).hasToString("abc");
    settle();
    assertThat(ada.deadLetters().get()).isEmpty();
  }

  @Test
  void edit_thatTheHubRefuses_isTakenOutAndAmongTheDeadLetters() {
    TextDocument ada = client("ada").text("notes");
    TextDocument bob = client("bob").text("notes");
    ada.insert(0, "a".repeat(45_000));
    settle();

    Submission refused = ada.insert(2, "x".repeat(6_000));
    ada.insert(0, "- ");
    settle();

    assertThat(refused.settled().toCompletableFuture().join())
        .isInstanceOf(Settled.Refused.class)
        .extracting(settled -> ((Settled.Refused) settled).code())
        .isEqualTo("limit");
    assertThat(ada.now()).hasToString("- " + "a".repeat(45_000)).isEqualTo(bob.now());
    assertThat(ada.deadLetters().get()).hasSize(1);
    assertThat(ada.deadLetters().get().get(0).reason()).contains("6000 more").contains("50000");
  }

  @Test
  void clientThatBeginsAgain_hasWhatItHadAndSendsWhatIsPending() {
    Journal outbox = new KeptJournal(Journal.memory());
    SyncClient before = client("ada", outbox);
    TextDocument ada = before.text("notes");
    ada.insert(0, "saved ");
    settle();
    before.disconnect();
    ada.insert(6, "and pending");
    settle();
    before.close();
    settle();

    SyncClient after = client("ada again", outbox);
    TextDocument again = after.text("notes");

    assertThat(again.now()).hasToString("saved and pending");
    assertThat(after.id()).isEqualTo(before.id());
    settle();
    TextDocument bob = client("bob").text("notes");
    settle();
    assertThat(bob.now()).hasToString("saved and pending");
  }

  @Test
  void edit_ofMoreThanAHubTakesAtOnce_isSentAsSeveralAndUndoneAsOne() {
    SyncClient ada = client("ada");
    TextDocument notes = ada.text("long");
    TextDocument there = client("bob").text("long");
    notes.insert(0, "ab".repeat(12_000)); // three changes
    settle();
    TextDeltaBuilder every = TextDelta.builder();
    for (int i = 0; i < 12_000; i++) {
      every.retain(1).delete(1);
    }

    Submission edit = notes.edit(every.build());

    assertThat(notes.now()).hasToString("a".repeat(12_000));
    assertThat(ada.pending().get()).isEqualTo(3);
    assertThat(edit.progress()).isNotEqualTo(Submission.Progress.SETTLED);
    settle();
    assertThat(edit.settled().toCompletableFuture().join()).isEqualTo(new Settled.Durable(6));
    assertThat(edit.progress()).isEqualTo(Submission.Progress.SETTLED);
    assertThat(there.now()).hasToString("a".repeat(12_000));
    assertThat(notes.undo()).isPresent();
    assertThat(notes.now()).hasToString("ab".repeat(12_000));
    settle();
    assertThat(there.now()).hasToString("ab".repeat(12_000));
    assertThat(notes.deadLetters().get()).isEmpty();
  }

  @Test
  void edit_longOneThatDoesNotFit_changesNothing() {
    TextDocument notes = client("ada").text("long");
    notes.insert(0, "a".repeat(8_000));
    notes.insert(0, "a".repeat(7_000));
    TextDeltaBuilder every = TextDelta.builder();
    for (int i = 0; i < 10_000; i++) {
      every.retain(1).delete(1);
    }

    assertThatThrownBy(() -> notes.edit(every.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20000");

    assertThat(notes.now()).hasToString("a".repeat(15_000));
    assertThat(notes.pending().get()).isEqualTo(2);
  }

  @Test
  void edit_byAnEditorThatEditsItself_isRefused() {
    TextDocument notes = client("ada").text("notes");

    assertThatThrownBy(
            () ->
                notes.edit(
                    text -> {
                      notes.insert(0, "by itself");
                      return TextDelta.insert(0, "returned");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Return the whole edit");

    assertThat(notes.now()).hasToString("by itself");
  }

  @Test
  void undo_whenItCannotBeSubmitted_isStillToBeUndone() {
    SyncClient ada = client("ada");
    TextDocument notes = ada.text("notes");
    TextDocument same = ada.text("notes");
    notes.insert(0, "Hello");
    notes.close();

    assertThatThrownBy(notes::undo).isInstanceOf(IllegalStateException.class);

    assertThat(same.canUndo()).isTrue();
    assertThat(same.undo()).isPresent();
    assertThat(same.now().isEmpty()).isTrue();
    same.close();
    assertThatThrownBy(same::redo).isInstanceOf(IllegalStateException.class);
    TextDocument again = ada.text("notes");
    assertThat(again.redo()).isPresent();
    assertThat(again.now()).hasToString("Hello");
  }

  @Test
  void share_isSeenByTheOthersUntilTheClientGoes() {
    SyncClient first = client("ada");
    TextDocument ada = first.text("notes");
    TextDocument bob = client("bob").text("notes");
    settle();

    ada.share(Tree.object().plus("name", "Ada").plus("at", 3));
    settle();

    assertThat(bob.presence().get())
        .containsExactly(
            java.util.Map.entry(first.id(), Tree.parse("{\"name\":\"Ada\",\"at\":3}")));
    first.close();
    settle();
    assertThat(bob.presence().get()).isEmpty();
  }
}
