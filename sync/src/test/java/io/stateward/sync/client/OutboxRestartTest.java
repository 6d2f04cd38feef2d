package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import io.stateward.time.VirtualTimekeeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboxRestartTest {

  private VirtualTimekeeper time = VirtualTimekeeper.create();
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

  private static List<String> shown(DocumentChannel<Lines> channel) {
    return channel.exclusively(() -> channel.replica().shown());
  }

  private static void write(DocumentChannel<Lines> channel, String line) {
    channel.submit(Tree.of(line));
  }

  /** A day in the life of a client; after each step its outbox is what a restart would find. */
  private void live(SyncClient client) {
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "a");
    hub.append("notes", "x");
    hub.filter = frame -> !(frame instanceof Frame.Acknowledged);
    write(notes, "b");
    hub.lines.forEach(each -> each.cut(1006, ""));
    hub.filter = frame -> true;
    write(notes, "c");
    write(notes, "bad");
    write(notes, "d");
    time.advance(Duration.ofMillis(200));
    hub.append("notes", "!0");
    write(notes, "e");
    client.disconnect();
    write(notes, "f");
    write(notes, "bad too");
    write(notes, "g");
  }

  @Test
  void restart_offline_hasEverything() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    live(client);
    List<String> shown = shown(lines(client));
    int pending = client.pending().get();
    List<DeadLetter> letters = lines(client).deadLetters().get();

    hub.unreachable = new IllegalStateException("No route.");
    SyncClient restarted = open(outbox.left());

    assertThat(restarted.id()).isEqualTo(client.id());
    assertThat(restarted.pending().get()).isEqualTo(pending).isEqualTo(3);
    assertThat(restarted.unsettled()).isEqualTo(Map.of("notes", 3));
    DocumentChannel<Lines> notes = lines(restarted);
    assertThat(shown(notes)).isEqualTo(shown);
    assertThat(notes.pending().get()).isEqualTo(3);
    assertThat(restarted.unsettled()).isEqualTo(Map.of("notes", 3));
    assertThat(restarted.pending().get()).isEqualTo(3);
    assertThat(notes.deadLetters().get()).isEqualTo(letters).hasSize(1);
    assertThat(notes.status().get()).isEqualTo(new DocumentStatus.Behind(3, 0));
  }

  private List<String> keysHeard() {
    return hub.heard(Frame.Hello.class).stream().map(Frame.Hello::key).toList();
  }

  @Test
  void key_isMadeOncePerOutbox_fromNoSeed() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient first = open(outbox);
    first.close();
    open(outbox.left()).close();
    SyncClient other = open(new FaultyJournal());

    assertThat(other.id()).isEqualTo(first.id()); // of the same seed
    List<String> keys = keysHeard();
    assertThat(keys).hasSize(3).allMatch(key -> key.length() == 43);
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
  }

  @Test
  void key_thatIsShort_isRefusedAndNotShown() {
    SyncClientBuilder builder = SyncClient.over(hub).keys(() -> "too short");

    assertThatThrownBy(builder::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The key of a client has from 16 to 128 characters; this has 9.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"key\":[\"a secret key\"]"})
  void open_ofAnOutboxWithoutAKey_isRefused(String key) {
    Journal outbox = Journal.memory();
    String record = "{\"k\":\"client\",\"version\":1,\"id\":\"ada\"%s,\"n\":1}".formatted(key);
    outbox.append(List.of(record.getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> open(outbox))
        .isInstanceOf(UnreadableOutboxException.class)
        .hasMessageContaining("has no key")
        .hasMessageNotContaining("a secret");
  }

  @Test
  void restart_atEachRecord_convergesWithoutASecondEffect() {
    FaultyJournal whole = new FaultyJournal();
    live(open(whole));
    long records = whole.next();
    assertThat(records).isGreaterThan(15);

    for (long cut = 1; cut <= records; cut++) {
      OutboxRestartTest day = new OutboxRestartTest();
      Journal outbox = day.liveAndDieAt(cut);

      SyncClient restarted = day.open(outbox);
      DocumentChannel<Lines> notes = lines(restarted);
      write(notes, "z");
      day.time.advance(Duration.ofMinutes(2));

      assertThat(restarted.pending().get()).as("cut at %d", cut).isZero();
      List<String> there = day.hub.document("notes").lines();
      assertThat(shown(notes)).as("cut at %d", cut).isEqualTo(there);
      assertThat(there).as("cut at %d", cut).doesNotHaveDuplicates().contains("z");
      List<String> own = new ArrayList<>(there);
      own.retainAll(List.of("a", "b", "c", "d", "e", "f", "g", "z"));
      assertThat(own).as("cut at %d", cut).isSorted().endsWith("z");
    }
  }

  /** Lives the day, and dies when the outbox has so many records. Returns what a restart finds. */
  private Journal liveAndDieAt(long cut) {
    FaultyJournal mortal =
        new FaultyJournal(
            cut,
            () -> {
              hub.unreachable = new IllegalStateException("The process has ended.");
              hub.lines.forEach(each -> each.open = false);
            });
    live(open(mortal));
    time = VirtualTimekeeper.create(); // what the dead one had scheduled never comes
    hub.unreachable = null;
    hub.filter = frame -> true;
    hub.lines.forEach(each -> each.open = false);
    return mortal.left();
  }

  @Test
  void append_fails_changeIsVisibleUnsavedAndNotSentUntilItIsStored() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    outbox.failing = true;

    Submission submission = notes.submit(Tree.of("a"));

    assertThat(shown(notes)).containsExactly("a");
    assertThat(submission.progress()).isEqualTo(Submission.Progress.VISIBLE);
    assertThat(notes.status().get())
        .isEqualTo(new DocumentStatus.Live(new Position("e1", 0), 1, 1));
    assertThat(client.unsaved().get()).isEqualTo(1);
    assertThat(hub.mutationsHeard()).isEmpty();

    outbox.failing = false;
    time.advance(Duration.ofMillis(200));

    assertThat(client.unsaved().get()).isZero();
    assertThat(notes.status().get())
        .isEqualTo(new DocumentStatus.Live(new Position("e1", 1), 0, 0));
    assertThat(hub.document("notes").lines()).containsExactly("a");
  }

  @Test
  void append_failsButWrites_recordIsReadOnce() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    client.disconnect();
    outbox.failing = true;
    outbox.writesAllTheSame = true;
    write(notes, "a");
    time.advance(Duration.ofMillis(200));
    outbox.failing = false;
    time.advance(Duration.ofSeconds(30));
    assertThat(client.unsaved().get()).isZero();

    hub.unreachable = new IllegalStateException("No route.");
    DocumentChannel<Lines> restarted = lines(open(outbox.left()));

    assertThat(shown(restarted)).containsExactly("a");
    assertThat(restarted.pending().get()).isEqualTo(1);
  }

  @Test
  void restart_afterARefusalAndAResumption_hasNoSecondEffect() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    hub.manual = true;
    write(notes, "bad");
    write(notes, "a");
    write(notes, "b");
    hub.filter = frame -> !(frame instanceof Frame.Acknowledged);
    hub.line().deliver(); // a and b go again, as 4 and 5, of which nothing is heard
    hub.lines.forEach(each -> each.cut(1006, ""));
    hub.manual = false;
    hub.document("notes").renamed = "e2"; // so that the resumption is recorded
    write(notes, "c");
    time.advance(Duration.ofMillis(200));
    Journal left = outbox.left();

    hub.lines.forEach(each -> each.open = false);
    hub.filter = frame -> true;
    time = VirtualTimekeeper.create();
    DocumentChannel<Lines> again = lines(open(left));
    time.advance(Duration.ofSeconds(1));

    assertThat(hub.document("notes").lines()).containsExactly("a", "b", "c");
    assertThat(shown(again)).containsExactly("a", "b", "c");
    assertThat(again.pending().get()).isZero();
  }

  @Test
  void restart_fromAnOlderOutbox_whatIsNewIsNotTakenForWhatWasSent() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    write(lines(client), "a");
    Journal older = outbox.left();
    write(lines(client), "b");
    write(lines(client), "c");
    client.close();

    SyncClient restarted = open(older);
    restarted.disconnect();
    DocumentChannel<Lines> notes = lines(restarted);
    write(notes, "d");
    assertThat(shown(notes)).containsExactly("a", "d");
    restarted.reconnect();
    time.advance(Duration.ofSeconds(1));

    assertThat(hub.document("notes").lines()).containsExactly("a", "b", "c", "d");
    assertThat(shown(notes)).containsExactly("a", "b", "c", "d");
    assertThat(restarted.pending().get()).isZero();
  }

  @Test
  void append_journalIsGoneForGood_isOpenedAgainWithEverything() {
    List<FaultyJournal> opened = new ArrayList<>();
    SyncClient client =
        SyncClient.over(hub)
            .outbox(
                () -> {
                  opened.add(new FaultyJournal()); // it has lost all that it had
                  return opened.get(opened.size() - 1);
                })
            .executor(Runnable::run)
            .timekeeper(time)
            .random(new Random(7))
            .open();
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "a");
    client.disconnect();
    write(notes, "b");
    opened.get(0).failing = true;
    write(notes, "c");

    time.advance(Duration.ofSeconds(2));

    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).closed).isEqualTo(1);
    assertThat(client.unsaved().get()).isZero();
    hub.unreachable = new IllegalStateException("No route.");
    SyncClient restarted = open(opened.get(1).left());
    assertThat(restarted.id()).isEqualTo(client.id());
    assertThat(shown(lines(restarted))).containsExactly("a", "b", "c");
  }

  @Test
  void close_outboxFails_saysWhatIsLost() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    outbox.failing = true;
    write(notes, "a");
    write(notes, "b");

    client.close();

    assertThat(client.closed().toCompletableFuture()).isCompletedWithValue(2);
    assertThat(outbox.closed).isEqualTo(1);
  }

  @Test
  void compaction_keepsEverythingAndBoundsTheOutbox() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    DocumentChannel<Lines> other = client.document("other", Lines.class, Lines::new);
    other.submit(Tree.of("kept"));
    other.close();
    client.disconnect();
    write(notes, "pending");
    client.reconnect();
    String line = "x".repeat(20_000);
    for (int i = 0; i < 60; i++) {
      client.document("scratch " + i % 3, Lines.class, Lines::new).submit(Tree.of("bad" + line));
    }
    client.disconnect();
    write(notes, "last");

    long bytes =
        outbox.read(outbox.first(), 10_000).stream().mapToLong(each -> each.bytes().length).sum();
    assertThat(outbox.first()).isPositive();
    // 3 documents of 20 dead letters of 20 kB
    assertThat(bytes).isLessThan(5L * 3 * 20 * 20_000);
    hub.unreachable = new IllegalStateException("No route.");
    SyncClient restarted = open(outbox.left());
    assertThat(restarted.id()).isEqualTo(client.id());
    assertThat(shown(lines(restarted))).containsExactly("pending", "last");
    DocumentChannel<Lines> again = restarted.document("other", Lines.class, Lines::new);
    assertThat(shown(again)).containsExactly("kept");
    assertThat(restarted.pending().get()).isEqualTo(1);
  }

  @Test
  void compaction_cutFails_whatIsNotOpenIsThereOnce() {
    FaultyJournal outbox = new FaultyJournal();
    outbox.uncut = true;
    hub.unreachable = new IllegalStateException("No route.");
    SyncClient first = open(outbox);
    DocumentChannel<Lines> notes = lines(first);
    write(notes, "a");
    write(notes, "b");
    first.close();
    hub.unreachable = null;
    hub.append("notes", "x");

    SyncClient second = open(outbox);
    String line = "x".repeat(20_000);
    DocumentChannel<Lines> scratch = second.document("scratch", Lines.class, Lines::new);
    for (int i = 0; i < 60; i++) {
      scratch.submit(Tree.of("bad" + line));
    }
    second.close();
    assertThat(outbox.cutsTried).isPositive();

    SyncClient third = open(outbox);
    assertThat(third.unsettled()).isEqualTo(Map.of("notes", 2));
    DocumentChannel<Lines> again = lines(third);
    time.advance(Duration.ofSeconds(1));
    assertThat(shown(again)).containsExactly("x", "a", "b");
    assertThat(hub.document("notes").lines()).containsExactly("x", "a", "b");
    assertThat(third.pending().get()).isZero();
  }

  @Test
  void dismiss_ofOneOfTwoWithTheSameNumber_leavesTheOtherAfterARestart() {
    FaultyJournal outbox = new FaultyJournal();
    hub.largestFrame = 1_000;
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "x".repeat(2_000)); // never sent, so its number is used again
    write(notes, "bad");
    List<DeadLetter> letters = notes.deadLetters().get();
    assertThat(letters).extracting(DeadLetter::id).containsExactly(1L, 1L);

    notes.dismiss(letters.get(0));

    assertThat(notes.deadLetters().get()).containsExactly(letters.get(1));
    SyncClient restarted = open(outbox.left());
    assertThat(restarted.deadLetters().get()).containsExactly(letters.get(1));
    assertThat(lines(restarted).deadLetters().get()).containsExactly(letters.get(1));
  }

  @Test
  void open_journalOfSomethingElse_isRefusedAndLeftAlone() {
    Journal journal = Journal.memory();
    journal.append("{\"n\":1,\"k\":\"other\",\"d\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> open(journal))
        .isInstanceOf(UnreadableOutboxException.class)
        .hasMessageContaining("which client");
    journal.append(new byte[] {1, 2});
    assertThatThrownBy(() -> open(journal))
        .isInstanceOf(UnreadableOutboxException.class)
        .hasMessageContaining("record at 1");
    assertThat(journal.next()).isEqualTo(2);
  }
}
