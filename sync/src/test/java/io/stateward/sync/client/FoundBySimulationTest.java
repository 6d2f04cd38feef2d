package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.protocol.Frame;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schedules that the simulation came upon, in as few steps as they need. */
final class FoundBySimulationTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final NaiveHub hub = new NaiveHub();

  private SyncClient open(Journal outbox) {
    return SyncClient.over(hub)
        .outbox(outbox)
        .executor(Runnable::run)
        .timekeeper(time)
        .random(new Random(7))
        .open();
  }

  private static DocumentChannel<Lines> lines(SyncClient client) {
    return client.document("notes", Lines.class, Lines::new);
  }

  /** Has all lines sent before the first answer is heard. */
  private void writeTogether(DocumentChannel<Lines> notes, String... all) {
    hub.manual = true;
    for (String each : all) {
      notes.submit(Tree.of(each));
    }
    hub.manual = false;
    hub.line().deliver();
  }

  @Test
  void refusal_lostWhileWhatFollowsIsToldAsSuperseded_takesNothingInTwice() {
    SyncClient client = open(Journal.memory());
    DocumentChannel<Lines> notes = lines(client);

    hub.filter = frame -> !(frame instanceof Frame.Rejected is) || is.code().equals("superseded");
    writeTogether(notes, "bad", "b", "c");
    hub.filter = frame -> true;
    time.advance(Duration.ofMinutes(2));

    assertThat(hub.document("notes").lines()).containsExactly("b", "c");
    assertThat(client.pending().get()).isZero();
    assertThat(notes.deadLetters().get()).hasSize(1);
  }

  @Test
  void restart_afterARefusalAndAResumption_sendsNothingUnderAnotherNumber() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    hub.filter = frame -> !(frame instanceof Frame.Acknowledged);
    writeTogether(lines(client), "bad", "b");
    assertThat(hub.document("notes").lines()).containsExactly("b");

    hub.document("notes").renamed = "e2";
    hub.line().cut(1006, "");
    time.advance(Duration.ofSeconds(5)); // resumed, which the outbox keeps
    SyncClient restarted = open(outbox.left());
    lines(restarted);
    hub.filter = frame -> true;
    hub.line().cut(1006, "");
    time.advance(Duration.ofMinutes(2));

    assertThat(hub.document("notes").lines()).containsExactly("b");
    assertThat(restarted.pending().get()).isZero();
  }

  @Test
  void changesOnTheirWayWhenItLapsed_areNotTakenForARefusalOfTheDocument() {
    DocumentChannel<Lines> notes = lines(open(Journal.memory()));
    long before = subscriptions();

    hub.silent = true;
    hub.line().say(new Frame.Lapsed("notes", "unavailable", "Come again.", 0));
    time.advance(Duration.ofSeconds(2));
    assertThat(subscriptions()).isEqualTo(before + 1);
    hub.line().say(new Frame.Failure("notes", "order", "Subscribe before you change a document."));
    time.advance(Duration.ofSeconds(2));

    assertThat(subscriptions()).isEqualTo(before + 1);
    assertThat(notes.status().get()).isInstanceOf(DocumentStatus.Behind.class);
  }

  private long subscriptions() {
    return hub.heard.stream().filter(frame -> frame instanceof Frame.Subscribe).count();
  }

  @Test
  void confirmation_ofWhatWasToBeAskedFor_isNotAskedForAnyMore() {
    PendingList list = new PendingList(() -> Long.MAX_VALUE);
    Pending one = pend(list);
    Pending two = pend(list);
    list.send(9);
    list.send(9);
    list.resume(2, 2, list.arrived(2)); // some of the two may have been refused

    list.applied(one); // it comes in the order of the updates, before it was asked for
    assertThat(list.confirm()).isSameAs(one);
    assertThat(list.send(1)).isSameAs(two);
    assertThat(list.confirm()).isSameAs(two);

    Pending three = pend(list);
    assertThat(list.send(1)).isSameAs(three); // nothing that was asked for in vain is in its way
  }

  private static Pending pend(PendingList list) {
    Pending made = list.next(Tree.of("x"), 0);
    list.add(made);
    return made;
  }
}
