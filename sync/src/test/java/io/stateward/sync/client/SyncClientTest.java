package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SyncClientTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final NaiveHub hub = new NaiveHub();
  private final SyncClient client = client(Journal.memory());

  private SyncClient client(Journal outbox) {
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

  private static Submission write(DocumentChannel<Lines> channel, String line) {
    return channel.submit(Tree.of(line));
  }

  private static Settled settled(Submission submission) {
    return submission.settled().toCompletableFuture().getNow(new Settled.Superseded());
  }

  @Test
  void open_hubThere_connects() {
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s1"));
    assertThat(hub.heard(Frame.Hello.class)).hasSize(1);
    assertThat(hub.line().client).isEqualTo(client.id()).hasSize(32);
  }

  @Test
  void document_hubHasIt_isLiveWithIt() {
    hub.append("notes", "a");

    DocumentChannel<Lines> notes = lines(client);

    assertThat(shown(notes)).containsExactly("a");
    assertThat(notes.status().get())
        .isEqualTo(new DocumentStatus.Live(new Position("e1", 1), 0, 0));
  }

  @Test
  void submit_connected_isVisibleStoredSentAndDurable() {
    DocumentChannel<Lines> notes = lines(client);
    hub.applyOnly = true;

    Submission submission = write(notes, "mine");

    assertThat(shown(notes)).containsExactly("mine");
    assertThat(submission.progress()).isEqualTo(Submission.Progress.APPLIED);
    assertThat(client.pending().get()).isEqualTo(1);
    hub.line().say(new Frame.Acknowledged("notes", 1, 1, Level.DURABLE, null));
    assertThat(settled(submission)).isEqualTo(new Settled.Durable(1));
    assertThat(submission.progress()).isEqualTo(Submission.Progress.SETTLED);
    assertThat(client.pending().get()).isZero();
    assertThat(notes.replica().calls).containsExactly("reset 0", "edit 1", "confirm 1 at 1");
  }

  @Test
  void update_ofSomebodyElse_isTakenInOrderAndOnce() {
    DocumentChannel<Lines> notes = lines(client);
    hub.append("notes", "a");
    hub.append("notes", "b");

    hub.line().say(new Frame.Update("notes", 1, "somebody", 1, 0, Tree.of("a")));

    assertThat(shown(notes)).containsExactly("a", "b");
    assertThat(notes.position()).isEqualTo(new Position("e1", 2));
  }

  @Test
  void message_ofSeveralFrames_isTakenFrameByFrameUntilOneEndsTheConnection() {
    DocumentChannel<Lines> notes = lines(client);

    hub.line()
        .saySo(
            "[%s,%s,7,%s]"
                .formatted(
                    Frames.encode(new Frame.Update("notes", 1, "somebody", 1, 0, Tree.of("a"))),
                    Frames.encode(new Frame.Update("notes", 2, "somebody", 2, 1, Tree.of("b"))),
                    Frames.encode(new Frame.Update("notes", 3, "somebody", 3, 2, Tree.of("c")))));

    assertThat(shown(notes)).containsExactly("a", "b");
    assertThat(client.status().get()).isInstanceOf(ConnectionStatus.Reconnecting.class);
  }

  @Test
  void submit_whileAMessageIsUnderWay_goesTogetherInTheNext() {
    DocumentChannel<Lines> notes = lines(client);
    hub.line().holds = true;
    for (int i = 0; i < 5; i++) {
      write(notes, "line " + i);
    }
    int messages = hub.line().messages;

    hub.line().release();

    assertThat(hub.line().messages).isEqualTo(messages + 1);
    assertThat(shown(notes)).hasSize(5);
    assertThat(client.pending().get()).isZero();
    assertThat(hub.heard(Frame.Mutate.class))
        .extracting(Frame.Mutate::id)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void update_oneMissing_subscribesAgain() {
    DocumentChannel<Lines> notes = lines(client);
    hub.filter = frame -> !(frame instanceof Frame.Update);
    hub.append("notes", "a");
    hub.filter = frame -> true;

    hub.append("notes", "b");

    assertThat(shown(notes)).containsExactly("a", "b");
    assertThat(hub.heard(Frame.Subscribe.class)).hasSize(2);
  }

  @Test
  void submit_whileCutOff_isSentAfterReconnecting() {
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "a");
    hub.line().cut(1006, "");
    Submission second = write(notes, "b");
    hub.append("notes", "x");

    assertThat(client.status().get()).isInstanceOf(ConnectionStatus.Reconnecting.class);
    assertThat(notes.status().get()).isEqualTo(new DocumentStatus.Behind(1, 0));
    time.advance(Duration.ofMillis(200));

    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s2"));
    assertThat(settled(second)).isEqualTo(new Settled.Durable(3));
    assertThat(shown(notes)).containsExactly("a", "x", "b");
    assertThat(hub.document("notes").lines()).containsExactly("a", "x", "b");
  }

  @Test
  void resumed_answerWasLost_hasOneEffect() {
    DocumentChannel<Lines> notes = lines(client);
    hub.filter = frame -> !(frame instanceof Frame.Acknowledged);
    Submission submission = write(notes, "a");
    assertThat(hub.document("notes").lines()).containsExactly("a");
    hub.filter = frame -> true;

    hub.line().cut(1006, "");
    time.advance(Duration.ofMillis(200));

    assertThat(settled(submission)).isEqualTo(new Settled.Durable(1));
    assertThat(hub.document("notes").lines()).containsExactly("a");
    assertThat(hub.mutationsHeard()).containsExactly(1L);
    assertThat(shown(notes)).containsExactly("a");
  }

  @Test
  void rejected_pipelined_followersAreSentAgainUnderNewIds() {
    DocumentChannel<Lines> notes = lines(client);
    hub.manual = true;

    write(notes, "a");
    Submission bad = write(notes, "bad");
    Submission after = write(notes, "b");
    hub.line().deliver();

    assertThat(hub.mutationsHeard()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(settled(bad)).isEqualTo(new Settled.Refused("invalid", "No.", null));
    assertThat(settled(after)).isEqualTo(new Settled.Durable(2));
    assertThat(after.id()).isEqualTo(4);
    assertThat(shown(notes)).containsExactly("a", "b");
    assertThat(notes.deadLetters().get())
        .containsExactly(new DeadLetter("notes", 2, Tree.of("bad"), "invalid", "No.", null));
    assertThat(client.pending().get()).isZero();
  }

  @Test
  void rejected_answerWasLost_isAskedForAgain() {
    DocumentChannel<Lines> notes = lines(client);
    hub.filter = frame -> !(frame instanceof Frame.Rejected || frame instanceof Frame.Acknowledged);
    Submission first = write(notes, "a");
    Submission bad = write(notes, "bad");
    Submission after = write(notes, "b");
    hub.filter = frame -> true;

    hub.line().cut(1006, "");
    time.advance(Duration.ofMillis(200));

    assertThat(settled(first)).isEqualTo(new Settled.Durable(1));
    assertThat(settled(bad)).isInstanceOf(Settled.Refused.class);
    assertThat(settled(after)).isEqualTo(new Settled.Durable(2));
    assertThat(hub.document("notes").lines()).containsExactly("a", "b");
  }

  @Test
  void snapshot_answerWasLost_outcomeIsAskedForAgain() {
    DocumentChannel<Lines> notes = lines(client);
    hub.filter = frame -> !(frame instanceof Frame.Rejected || frame instanceof Frame.Acknowledged);
    Submission first = write(notes, "a");
    Submission bad = write(notes, "bad");
    Submission after = write(notes, "b");
    hub.filter = frame -> true;
    hub.document("notes").epoch = "e2";
    hub.append("notes", "x");

    hub.line().cut(1006, "");
    Submission offline = write(notes, "c");
    time.advance(Duration.ofMillis(200));

    assertThat(settled(first)).isEqualTo(new Settled.Durable(1));
    assertThat(settled(bad)).isInstanceOf(Settled.Refused.class);
    // The hub refused it, as it was made without knowing of the refusal before it.
    assertThat(settled(after)).isEqualTo(new Settled.Refused("superseded", "No.", null));
    assertThat(settled(offline)).isEqualTo(new Settled.Durable(3));
    assertThat(shown(notes)).containsExactly("a", "x", "c");
    assertThat(client.pending().get()).isZero();
  }

  @Test
  void take_needsHistory_asksForItAndHoldsWhatFollows() {
    DocumentChannel<Lines> notes = lines(client);
    hub.append("notes", "a");
    hub.append("notes", "b");
    hub.manual = true;

    hub.append("notes", "!1");
    hub.append("notes", "c");
    hub.line().deliver();

    assertThat(hub.heard(Frame.AskHistory.class))
        .containsExactly(new Frame.AskHistory("notes", 1, 2));
    assertThat(shown(notes)).containsExactly("a", "b", "!1", "c");
    assertThat(notes.replica().calls)
        .containsExactly("reset 0", "take 1", "take 2", "history 1 1", "take 3", "take 4");
  }

  @Test
  void take_historyIsGone_beginsWithASnapshot() {
    DocumentChannel<Lines> notes = lines(client);
    hub.append("notes", "a");
    hub.document("notes").forgetful = true;

    hub.append("notes", "!0");

    assertThat(shown(notes)).containsExactly("a", "!0");
    assertThat(hub.heard(Frame.Subscribe.class))
        .last()
        .isEqualTo(new Frame.Subscribe("notes", "lines", new Position("e1", 1), true));
  }

  @Test
  void replicaThrows_itIsReset() {
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "mine");
    notes.replica().failure = new IllegalStateException("broken");
    hub.append("notes", "a");
    notes.replica().failure = null;

    time.advance(Duration.ofSeconds(1));

    assertThat(shown(notes)).containsExactly("mine", "a");
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s1"));
  }

  @Test
  void replicaThrows_cutOffBeforeTheSnapshot_hubLearnsThePositionAllTheSame() {
    DocumentChannel<Lines> notes = lines(client);
    hub.append("notes", "a");
    notes.replica().failure = new IllegalStateException("broken");
    hub.filter = frame -> !(frame instanceof Frame.Snapshot);
    hub.append("notes", "b");
    notes.replica().failure = null;
    hub.line().cut(1006, "");
    hub.filter = frame -> true;

    time.advance(Duration.ofSeconds(1));

    assertThat(hub.heard(Frame.Subscribe.class))
        .last()
        .isEqualTo(new Frame.Subscribe("notes", "lines", new Position("e1", 1), true));
    assertThat(shown(notes)).containsExactly("a", "b");
  }

  @Test
  void closed_finalCode_isRefusedUntilReconnect() {
    lines(client);
    hub.line().cut(CloseCode.FORBIDDEN.code(), "Not you.");

    time.advance(Duration.ofMinutes(5));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Refused(4403, "Not you."));
    assertThat(hub.lines).hasSize(1);

    client.reconnect();
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s2"));
  }

  @Test
  void closed_replaced_comesBackUnlessItHappensAgainSoon() {
    hub.line().cut(CloseCode.REPLACED.code(), "");
    assertThat(client.status().get())
        .isInstanceOfSatisfying(
            ConnectionStatus.Reconnecting.class,
            it -> assertThat(it.in()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    time.advance(Duration.ofSeconds(30));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s2"));

    hub.line().cut(CloseCode.REPLACED.code(), "");
    time.advance(Duration.ofSeconds(10));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s3"));

    hub.line().cut(CloseCode.REPLACED.code(), "Another one.");
    time.advance(Duration.ofMinutes(5));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Refused(4409, "Another one."));
    assertThat(hub.lines).hasSize(3);

    client.reconnect();
    hub.line().cut(CloseCode.REPLACED.code(), "");
    time.advance(Duration.ofSeconds(2));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s5"));
  }

  @Test
  void closed_retryAfter_waitsThatLong() {
    hub.line().cut(CloseCode.RESTART.code(), "retry-after=5000 back soon");

    assertThat(client.status().get())
        .isInstanceOfSatisfying(
            ConnectionStatus.Reconnecting.class,
            it -> assertThat(it.in()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_200)));
    time.advance(Duration.ofMillis(4_999));
    assertThat(hub.lines).hasSize(1);
    time.advance(Duration.ofMillis(201));
    assertThat(hub.lines).hasSize(2);
  }

  @Test
  void connect_fails_backsOffWithJitterAndAttemptsBeginAnewOnceStable() {
    hub.unreachable = new IllegalStateException("No route.");
    List<ConnectionStatus> seen = new ArrayList<>();
    client.status().subscribe(change -> seen.add(change.now()));
    hub.line().cut(1006, "");
    time.advance(Duration.ofMinutes(3));
    List<ConnectionStatus.Reconnecting> waits =
        seen.stream()
            .filter(ConnectionStatus.Reconnecting.class::isInstance)
            .map(ConnectionStatus.Reconnecting.class::cast)
            .toList();
    assertThat(waits).hasSizeGreaterThan(10);
    for (ConnectionStatus.Reconnecting wait : waits) {
      long bound = Math.min(30_000, 200L << Math.min(20, wait.attempt() - 1));
      assertThat(wait.in()).isLessThanOrEqualTo(Duration.ofMillis(bound));
    }

    hub.unreachable = null;
    time.advance(Duration.ofSeconds(30));
    time.advance(Duration.ofSeconds(11));
    hub.line().cut(1006, "");

    assertThat(client.status().get())
        .isInstanceOfSatisfying(
            ConnectionStatus.Reconnecting.class, it -> assertThat(it.attempt()).isEqualTo(1));
  }

  @Test
  void attempts_beginAnewOnlyAfterTenSecondsInSync() {
    lines(client);
    hub.filter = frame -> !(frame instanceof Frame.Resumed);
    hub.line().cut(1006, "");
    comeBack();
    time.advance(Duration.ofMillis(9_999));
    hub.filter = frame -> true;
    hub.line().say(new Frame.Resumed("notes", new Position("e1", 0), 0, 0));
    time.advance(Duration.ofMillis(9_999));
    hub.line().cut(1006, "");
    assertThat(attempt()).isEqualTo(2);

    comeBack();
    time.advance(Duration.ofSeconds(10));
    hub.line().cut(1006, "");
    assertThat(attempt()).isEqualTo(1);
  }

  private void comeBack() {
    for (int i = 0;
        i < 1_000 && !(client.status().get() instanceof ConnectionStatus.Connected);
        i++) {
      time.advance(Duration.ofMillis(1));
    }
    assertThat(client.status().get()).isInstanceOf(ConnectionStatus.Connected.class);
  }

  private int attempt() {
    return ((ConnectionStatus.Reconnecting) client.status().get()).attempt();
  }

  @Test
  void welcome_neverComes_triesAgain() {
    hub.deaf = true;
    hub.line().cut(1006, "");
    time.advance(Duration.ofMillis(200));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connecting());

    time.advance(Duration.ofMillis(10_000));
    hub.deaf = false;
    time.advance(Duration.ofMillis(1_000));

    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s3"));
  }

  @Test
  void silence_twoAndAHalfHeartbeats_connectionIsGivenUp() {
    hub.silent = true;
    time.advance(Duration.ofMillis(37_499));
    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Connected("s1"));

    time.advance(Duration.ofMillis(1));

    assertThat(client.status().get()).isInstanceOf(ConnectionStatus.Reconnecting.class);
    assertThat(hub.line().closedBy).isEqualTo(CloseCode.SILENT.code());
    assertThat(hub.heard(Frame.Ping.class)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void frame_unreadable_connectionIsMadeAnew() {
    DocumentChannel<Lines> notes = lines(client);
    hub.line().saySo("{\"t\":\"update\"");
    time.advance(Duration.ofMillis(200));

    hub.append("notes", "a");

    assertThat(hub.lines).hasSize(2);
    assertThat(shown(notes)).containsExactly("a");
  }

  @Test
  void lapsed_forAWhile_subscribesAgain() {
    DocumentChannel<Lines> notes = lines(client);
    hub.line().subscribed.clear();
    hub.line().say(new Frame.Lapsed("notes", "unavailable", "Later.", 3_000));
    hub.append("notes", "a");
    assertThat(notes.status().get()).isEqualTo(new DocumentStatus.Behind(0, 0));

    time.advance(Duration.ofMillis(2_999));
    assertThat(shown(notes)).isEmpty();
    time.advance(Duration.ofMillis(201));

    assertThat(shown(notes)).containsExactly("a");
  }

  @Test
  void lapsed_forGood_isRefused() {
    DocumentChannel<Lines> notes = lines(client);
    hub.line().say(new Frame.Lapsed("notes", "forbidden", "Not you.", -1));

    write(notes, "mine");

    assertThat(notes.status().get())
        .isEqualTo(new DocumentStatus.Refused("forbidden", "Not you.", 1));
    assertThat(hub.mutationsHeard()).isEmpty();
    client.reconnect();
    assertThat(hub.document("notes").lines()).containsExactly("mine");
  }

  @Test
  void lapsed_forgotten_whatMayHaveArrivedIsADeadLetterAndTheRestGoesOn() {
    DocumentChannel<Lines> notes = lines(client);
    write(notes, "a");
    hub.silent = true;
    Submission unknown = write(notes, "b");
    hub.line().cut(1006, "");
    Submission offline = write(notes, "c");
    hub.silent = false;
    hub.document("notes").last.clear();
    hub.filter = frame -> !(frame instanceof Frame.Resumed);

    time.advance(Duration.ofMillis(200));
    hub.filter = frame -> true;
    hub.line().say(new Frame.Lapsed("notes", "forgotten", "Who?", -1));
    time.advance(Duration.ofMillis(200));

    assertThat(settled(unknown))
        .isInstanceOfSatisfying(
            Settled.Refused.class, it -> assertThat(it.code()).isEqualTo("forgotten"));
    assertThat(settled(offline)).isEqualTo(new Settled.Durable(2));
    assertThat(hub.heard(Frame.Subscribe.class)).last().extracting(Frame.Subscribe::at).isNull();
    assertThat(shown(notes)).containsExactly("a", "c");
    assertThat(client.pending().get()).isZero();
  }

  @Test
  void submit_windowIsFull_waitsForAnswers() {
    DocumentChannel<Lines> notes = lines(client);
    hub.manual = true;
    for (int i = 0; i < 150; i++) {
      write(notes, "line " + i);
    }
    assertThat(hub.mutationsHeard()).hasSize(100);

    hub.line().deliver();
    hub.line().deliver();

    assertThat(hub.mutationsHeard()).hasSize(150);
    assertThat(client.pending().get()).isZero();
  }

  @Test
  void submit_tooLargeForTheHub_isRefusedHereAndBlocksNothing() {
    hub.largestFrame = 200;
    hub.line().cut(1006, "");
    DocumentChannel<Lines> notes = lines(client);
    Submission large = write(notes, "x".repeat(300));
    Submission after = write(notes, "b");

    time.advance(Duration.ofMillis(200));

    assertThat(settled(large))
        .isInstanceOfSatisfying(
            Settled.Refused.class, it -> assertThat(it.code()).isEqualTo("too-large"));
    assertThat(settled(after)).isEqualTo(new Settled.Durable(1));
    assertThat(hub.mutationsHeard()).containsExactly(1L);
    assertThat(shown(notes)).containsExactly("b");
  }

  @Test
  void submit_longerThanWhatIsLeftOfTheRoomAtTheHub_waitsUntilAllBeforeItWasTakenIn() {
    hub.waitingCharacters = 10_000;
    hub.line().cut(1006, "");
    time.advance(Duration.ofMillis(200));
    DocumentChannel<Lines> notes = lines(client);
    hub.manual = true; // what is answered is not heard
    write(notes, "x".repeat(1_000));
    write(notes, "x".repeat(6_000));
    write(notes, "c");
    assertThat(hub.mutationsHeard()).containsExactly(1L);

    int before = hub.heard.size();
    hub.line().deliver();

    assertThat(hub.heard.subList(before, hub.heard.size()))
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Mutate", "Ping", "Mutate"); // the first is more than half by itself
    assertThat(hub.mutationsHeard()).containsExactly(1L, 2L, 3L);
    assertThat(client.pending().get()).isZero();
  }

  @Test
  void submit_replicaRefuses_nothingHappens() {
    DocumentChannel<Lines> notes = lines(client);

    assertThatThrownBy(() -> write(notes, "")).hasMessage("A line is not empty.");

    assertThat(notes.pending().get()).isZero();
    write(notes, "a");
    assertThat(hub.document("notes").lines()).containsExactly("a");
  }

  @Test
  void presence_isSharedAgainAfterAReconnectionAndGoneWhileOffline() {
    DocumentChannel<Lines> notes = lines(client);
    hub.line().say(new Frame.Presence("notes", "bob", Tree.of("at 3")));
    assertThat(notes.presence().get()).isEqualTo(Map.of("bob", Tree.of("at 3")));

    notes.share(Tree.of("at 5"));
    hub.line().cut(1006, "");
    assertThat(notes.presence().get()).isEmpty();
    time.advance(Duration.ofMillis(200));

    assertThat(hub.heard(Frame.Share.class))
        .containsExactly(
            new Frame.Share("notes", Tree.of("at 5")), new Frame.Share("notes", Tree.of("at 5")));
  }

  @Test
  void presence_closedWhileSomethingIsPending_isTakenBackAndNotSharedAgain() {
    DocumentChannel<Lines> notes = lines(client);
    DocumentChannel<Lines> other = lines(client);
    hub.applyOnly = true;
    write(notes, "mine");
    notes.share(Tree.of("at 5"));

    notes.close();
    assertThat(shares()).containsExactly(Tree.of("at 5")); // somebody has it open still
    other.close();
    assertThat(shares()).containsExactly(Tree.of("at 5"), Tree.ofNull());
    hub.line().cut(1006, "");
    hub.applyOnly = false;
    time.advance(Duration.ofMillis(200));

    assertThat(client.pending().get()).isZero();
    assertThat(shares()).hasSize(2);
  }

  @Test
  void presence_closedWhileOffline_isNotSharedAgain() {
    DocumentChannel<Lines> notes = lines(client);
    notes.share(Tree.of("at 5"));
    client.disconnect();
    write(notes, "mine");
    notes.close();
    client.reconnect();

    assertThat(client.pending().get()).isZero();
    assertThat(shares()).containsExactly(Tree.of("at 5"));
  }

  private List<Tree> shares() {
    return hub.heard(Frame.Share.class).stream().map(Frame.Share::state).toList();
  }

  @Test
  void disconnect_isOfflineUntilReconnect() {
    DocumentChannel<Lines> notes = lines(client);

    client.disconnect();
    write(notes, "a");

    assertThat(client.status().get()).isEqualTo(new ConnectionStatus.Offline(1));
    time.advance(Duration.ofMinutes(1));
    assertThat(hub.lines).hasSize(1);
    client.reconnect();
    assertThat(hub.document("notes").lines()).containsExactly("a");
    assertThat(client.whenSettled().toCompletableFuture()).isCompleted();
  }

  @Test
  void close_lastHolder_unsubscribesOnceAllIsSettled() {
    DocumentChannel<Lines> first = lines(client);
    DocumentChannel<Lines> second = lines(client);
    assertThat(second.replica()).isSameAs(first.replica());
    hub.silent = true;
    write(first, "a");
    first.close();
    first.close();
    write(second, "b");
    second.close();
    assertThat(hub.heard(Frame.Unsubscribe.class)).isEmpty();
    assertThatThrownBy(() -> write(first, "c")).isInstanceOf(IllegalStateException.class);

    hub.silent = false;
    hub.line().cut(1006, "");
    time.advance(Duration.ofMillis(200));

    assertThat(hub.document("notes").lines()).containsExactly("a", "b");
    assertThat(hub.heard(Frame.Unsubscribe.class)).hasSize(1);
    DocumentChannel<Lines> again = lines(client);
    assertThat(again.replica()).isNotSameAs(first.replica());
    assertThat(shown(again)).containsExactly("a", "b");
  }

  @Test
  void close_endsTheConnectionAndTheOutbox() {
    Journal outbox = Journal.memory();
    SyncClient other = client(outbox);
    DocumentChannel<Lines> notes = lines(other);

    other.close();

    assertThat(other.closed().toCompletableFuture()).isCompletedWithValue(0);
    assertThat(other.status().get()).isEqualTo(new ConnectionStatus.Closed());
    assertThat(hub.line().open).isFalse();
    assertThatThrownBy(() -> write(notes, "late")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> outbox.append(new byte[1])).hasMessageContaining("closed");
  }
}
