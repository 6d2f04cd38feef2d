package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.crdt.PositiveNegativeCounter;
import io.stateward.sync.crdt.ReplicatedType;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.record.RecordType;
import io.stateward.sync.text.TextType;
import io.stateward.time.VirtualTimekeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was pending at the end of a process is sent by the next one, also if nobody asks for it. */
final class BacklogTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final NaiveHub hub = new NaiveHub();
  private final List<String> reports = new ArrayList<>();
  private final Subscription probe =
      Probe.attach(
          event -> {
            if (event instanceof Probe.Failed failed) {
              reports.add(failed.problem());
            }
          });

  @AfterEach
  void detach() {
    probe.close();
  }

  private SyncClient open(Journal outbox, UnaryOperator<SyncClientBuilder> more) {
    return more.apply(
            SyncClient.over(hub)
                .outbox(outbox)
                .executor(Runnable::run)
                .timekeeper(time)
                .random(new Random(7)))
        .open();
  }

  private SyncClient open(Journal outbox) {
    return open(outbox, builder -> builder.kind("lines", Lines::new));
  }

  private static DocumentChannel<Lines> lines(SyncClient client, String document) {
    return client.document(document, Lines.class, Lines::new);
  }

  /** Writes a line into each document without a connection, and ends. */
  private Journal offline(int documents, String line) {
    FaultyJournal outbox = new FaultyJournal();
    hub.unreachable = new IllegalStateException("No route.");
    SyncClient client = open(outbox);
    for (int i = 0; i < documents; i++) {
      lines(client, name(i)).submit(Tree.of(line));
    }
    client.close();
    hub.unreachable = null;
    return outbox.left();
  }

  private static String name(int index) {
    return "doc-%02d".formatted(index);
  }

  private List<String> subscribed() {
    return hub.heard(Frame.Subscribe.class).stream().map(Frame.Subscribe::document).toList();
  }

  @Test
  void restart_nobodyOpensThem_allIsSentAndLetGoOf() {
    Journal outbox = offline(40, "mine");

    SyncClient client = open(outbox);

    assertThat(client.unsettled()).isEmpty();
    assertThat(client.pending().get()).isZero();
    for (int i = 0; i < 40; i++) {
      assertThat(hub.document(name(i)).lines()).containsExactly("mine");
    }
    List<String> inOrder = IntStream.range(0, 40).mapToObj(BacklogTest::name).toList();
    int first = Backlog.AT_ONCE;
    assertThat(subscribed().subList(0, first)).hasSameElementsAs(inOrder.subList(0, first));
    assertThat(subscribed().subList(first, 40)).isEqualTo(inOrder.subList(first, 40));
    assertThat(hub.heard(Frame.Unsubscribe.class)).hasSize(40);
    assertThat(reports).isEmpty();
  }

  @Test
  void restart_hubIsSlow_onlySoManyAreOpenAtATime() {
    Journal outbox = offline(40, "mine");
    hub.applyOnly = true;

    SyncClient client = open(outbox);

    assertThat(subscribed()).hasSize(Backlog.AT_ONCE);
    assertThat(client.unsettled()).hasSize(40);
    hub.applyOnly = false;
    hub.line().cut(1006, "");
    time.advance(Duration.ofSeconds(5));
    assertThat(client.unsettled()).isEmpty();
    assertThat(hub.documents).hasSize(40);
  }

  @Test
  void open_inTheMiddleOfIt_goesOnWithWhatIsThere() {
    Journal outbox = offline(20, "mine");
    hub.applyOnly = true;
    SyncClient client = open(outbox);

    DocumentChannel<Lines> first = lines(client, name(0));
    DocumentChannel<Lines> last = lines(client, name(19));
    first.submit(Tree.of("more"));
    hub.applyOnly = false;
    hub.line().cut(1006, "");
    time.advance(Duration.ofSeconds(5));

    assertThat(client.unsettled()).isEmpty();
    assertThat(hub.document(name(0)).lines()).containsExactly("mine", "more");
    assertThat(hub.document(name(19)).lines()).containsExactly("mine");
    hub.append(name(0), "theirs"); // it is still followed, and so is the other
    hub.append(name(19), "theirs");
    assertThat(first.replica().shown()).containsExactly("mine", "more", "theirs");
    assertThat(last.replica().shown()).containsExactly("mine", "theirs");
  }

  @Test
  void refused_ofADocumentThatNobodyOpened_isFoundAmongTheDeadLettersOfTheClient() {
    FaultyJournal kept = new FaultyJournal();
    offline(2, "bad").read(0, 100).forEach(entry -> kept.append(entry.bytes()));

    SyncClient client = open(kept);

    List<DeadLetter> letters = client.deadLetters().get();
    assertThat(letters).extracting(DeadLetter::document).containsExactly(name(0), name(1));
    assertThat(letters).extracting(DeadLetter::change).containsOnly(Tree.of("bad"));
    assertThat(client.unsettled()).isEmpty();
    hub.unreachable = new IllegalStateException("No route.");
    SyncClient restarted = open(kept.left());
    assertThat(restarted.deadLetters().get()).isEqualTo(letters);
    DocumentChannel<Lines> opened = lines(restarted, name(1));
    assertThat(opened.deadLetters().get()).containsExactly(letters.get(1));
    opened.dismiss(letters.get(1));
    assertThat(restarted.deadLetters().get()).containsExactly(letters.get(0));
  }

  @Test
  void refused_inADocumentThatWasOpenAtTheEnd_isFoundWithoutOpeningIt() {
    FaultyJournal outbox = new FaultyJournal();
    SyncClient client = open(outbox);
    DocumentChannel<Lines> notes = lines(client, "notes");
    notes.submit(Tree.of("good"));
    notes.submit(Tree.of("bad"));
    notes.submit(Tree.of("bad too"));
    notes.dismiss(notes.deadLetters().get().get(0));
    List<DeadLetter> letters = client.deadLetters().get();
    assertThat(letters).hasSize(1);

    hub.unreachable = new IllegalStateException("No route.");
    SyncClient restarted = open(outbox.left(), builder -> builder); // of no known kind

    assertThat(restarted.deadLetters().get()).isEqualTo(letters);
  }

  @Test
  void unknownKind_waitsAndIsReportedOnce() {
    Journal outbox = offline(2, "mine");

    SyncClient client = open(outbox, builder -> builder);
    time.advance(Duration.ofSeconds(9));
    assertThat(reports).isEmpty(); // whoever opens them may be on his way
    time.advance(Duration.ofMinutes(2));

    assertThat(client.unsettled()).isEqualTo(Map.of(name(0), 1, name(1), 1));
    assertThat(reports)
        .singleElement()
        .asString()
        .contains("[doc-00, doc-01]", "[lines]", "SyncClientBuilder.kind");
    lines(client, name(0));
    assertThat(hub.document(name(0)).lines()).containsExactly("mine");
    assertThat(client.unsettled()).isEqualTo(Map.of(name(1), 1));
  }

  @Test
  void factoryThrows_isReportedAndTheOthersGoOn() {
    Journal outbox = offline(2, "mine");

    SyncClient client =
        open(
            outbox,
            builder ->
                builder.kind(
                    "lines",
                    context -> {
                      if (context.document().equals(name(0))) {
                        throw new IllegalStateException("No.");
                      }
                      return new Lines(context);
                    }));

    assertThat(client.unsettled()).isEqualTo(Map.of(name(0), 1));
    assertThat(hub.document(name(1)).lines()).containsExactly("mine");
    assertThat(reports).singleElement().asString().contains(name(0), "stays in the outbox");
  }

  @Test
  void forbidden_holdsUpNobodyAndStaysInTheOutbox() {
    FaultyJournal outbox = new FaultyJournal();
    offline(40, "mine").read(0, 200).forEach(entry -> outbox.append(entry.bytes()));
    hub.filter =
        frame -> {
          boolean early =
              frame instanceof Frame.Snapshot is && is.document().compareTo(name(20)) < 0;
          if (early) {
            String document = ((Frame.Snapshot) frame).document();
            hub.line().say(new Frame.Lapsed(document, "forbidden", "You may not read it.", -1));
          }
          return !early;
        };

    SyncClient client = open(outbox);

    assertThat(client.unsettled()).hasSize(20).containsKey(name(19)).doesNotContainKey(name(20));
    assertThat(hub.document(name(39)).lines()).containsExactly("mine");
    assertThat(client.pending().get()).isEqualTo(20);
    hub.filter = frame -> true; // the right was given back
    client.reconnect();
    time.advance(Duration.ofSeconds(1));
    assertThat(client.unsettled()).isEmpty();
    assertThat(hub.document(name(0)).lines()).containsExactly("mine");
  }

  @Test
  void unavailable_holdsUpNobodyIsReportedAndIsAskedForAgain() {
    FaultyJournal outbox = new FaultyJournal();
    offline(40, "mine").read(0, 200).forEach(entry -> outbox.append(entry.bytes()));
    hub.filter =
        frame -> {
          boolean early =
              frame instanceof Frame.Snapshot is && is.document().compareTo(name(20)) < 0;
          if (early) {
            String document = ((Frame.Snapshot) frame).document();
            hub.line().say(new Frame.Lapsed(document, "unavailable", "It is unreadable.", 1_000));
          }
          return !early;
        };

    SyncClient client = open(outbox);
    assertThat(subscribed()).doesNotContain(name(20));
    time.advance(Duration.ofMinutes(2));

    assertThat(client.unsettled()).hasSize(20).containsKey(name(19)).doesNotContainKey(name(20));
    assertThat(hub.document(name(39)).lines()).containsExactly("mine");
    assertThat(reports).hasSize(20).allMatch(each -> each.contains("waits in the outbox"));
    assertThat(reports).anyMatch(each -> each.contains(name(0)));
    hub.filter = frame -> true; // it was repaired
    time.advance(Duration.ofMinutes(1));
    assertThat(client.unsettled()).isEmpty();
    assertThat(hub.document(name(0)).lines()).containsExactly("mine");
    assertThat(hub.heard(Frame.Unsubscribe.class)).hasSize(40);
  }

  @Test
  void close_meanwhile_nothingIsLost() {
    FaultyJournal outbox = new FaultyJournal();
    offline(40, "mine").read(0, 200).forEach(entry -> outbox.append(entry.bytes()));
    hub.silent = true;
    SyncClient client = open(outbox);
    hub.silent = false;
    client.close();
    assertThat(client.closed().toCompletableFuture()).isCompletedWithValue(0);
    time.advance(Duration.ofMinutes(1));

    SyncClient restarted = open(outbox.left());

    assertThat(restarted.unsettled()).isEmpty();
    assertThat(hub.documents).hasSize(40).allSatisfy((id, each) -> hasOneLine(each));
  }

  private static void hasOneLine(NaiveHub.Document document) {
    assertThat(document.lines()).containsExactly("mine");
  }

  @Test
  void kind_givenTwice_isRefused() {
    assertThatThrownBy(() -> SyncClient.over(hub).kind("text", Lines::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'text'");
  }

  @Test
  void fileOutbox_textsRecordsAndValues_areSentByTheNextProcess(@TempDir Path folder) {
    ReplicatedType<PositiveNegativeCounter> votes =
        ReplicatedType.of(
            "votes", PositiveNegativeCounter.empty(), PositiveNegativeCounter.codec());
    Path file = folder.resolve("outbox");
    try (Together there = new Together(TextType.standard(), RecordType.standard(), votes)) {
      SyncClient ada = there.client("ada", Journal.file(file));
      ada.disconnect();
      ada.text("notes").insert(0, "Hello");
      ada.record("task").put(Tree.object().plus("title", "Milk"));
      ada.replicated("likes", votes).change((count, me) -> count.add(me, 3));
      assertThat(ada.unsettled()).containsOnlyKeys("likes", "notes", "task");
      ada.close();
      there.settle();

      SyncClient again = there.client("ada", Journal.file(file), builder -> builder.kind(votes));
      there.settle();

      assertThat(again.unsettled()).isEmpty();
      SyncClient bob = there.client("bob");
      TextDocument notes = bob.text("notes");
      RecordDocument<Tree> task = bob.record("task");
      ReplicatedDocument<PositiveNegativeCounter> likes = bob.replicated("likes", votes);
      there.settle();
      assertThat(notes.now()).hasToString("Hello");
      assertThat(task.now()).isEqualTo(Tree.object().plus("title", "Milk"));
      assertThat(likes.now().value()).isEqualTo(3);
    }
  }
}
