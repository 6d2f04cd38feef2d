package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubStorageTest {

  private final TestHub setting = new TestHub();
  private final FaultyStorage storage = new FaultyStorage(DocumentStorage.memory());

  private static List<String> numbered(int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      texts.add("t" + i);
    }
    return texts;
  }

  private static void addAll(RawClient client, String document, int from, int to) {
    for (int i = from; i <= to; i++) {
      client.add(document, i, "t" + i);
    }
  }

  private static Tree state(SyncHub hub, String document) {
    RawClient reader = RawClient.of(hub, "reader");
    reader.subscribe(document);
    Tree state = reader.last(Frame.Snapshot.class).state();
    reader.vanish();
    return state;
  }

  @Test
  void restart_afterAHalt_hasEveryDurableChangeAndEveryAnswer(@TempDir Path folder) {
    SyncHub hub = setting.open(DocumentStorage.files(folder));
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    ada.add("notes", 2, "no");
    ada.add("notes", 3, "bread", 2);
    Position at = ada.position("notes");
    hub.halt().toCompletableFuture().join();

    SyncHub next = setting.open(DocumentStorage.files(folder));
    RawClient again = RawClient.of(next, "ada");
    again.subscribe("notes", at);
    again.add("notes", 1, "milk");
    again.add("notes", 2, "no");

    Frame.Resumed resumed = again.last(Frame.Resumed.class);
    assertThat(resumed.at().sequence()).isEqualTo(2);
    assertThat(resumed.at().epoch()).isNotEqualTo(at.epoch());
    assertThat(resumed.last()).isEqualTo(3);
    assertThat(resumed.refused()).isEqualTo(2);
    assertThat(again.last(Frame.Acknowledged.class))
        .isEqualTo(new Frame.Acknowledged("notes", 1, 1, Level.DURABLE, null));
    assertThat(again.last(Frame.Rejected.class))
        .isEqualTo(
            new Frame.Rejected("notes", 2, "unwanted", "It is not wanted.", Tree.array("milk")));
    assertThat(state(next, "notes")).isEqualTo(Tree.array("milk", "bread"));
    next.close();
  }

  @Test
  void restart_afterAClose_readsTheRecordAndNoJournal(@TempDir Path folder) {
    SyncHub hub = setting.open(DocumentStorage.files(folder));
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 1, 200);
    Position early = new Position(ada.position("notes").epoch(), 70);

    hub.close();
    assertThat(ada.closed).isEqualTo(1012);
    assertThat(ada.closedBecause).startsWith("retry-after=1000 ");

    SyncHub next = setting.open(DocumentStorage.files(folder));
    RawClient bob = RawClient.of(next, "bob");
    bob.subscribe("notes", early);
    assertThat(bob.heard(Frame.Update.class))
        .extracting(each -> each.change().asString())
        .isEqualTo(numbered(71, 200));
    assertThat(next.documents()).containsExactly("notes");
    next.close();
  }

  @Test
  void restart_withABackupOfAnEarlierState_neverResumesWhoSawMore(@TempDir Path folder)
      throws IOException {
    Path live = folder.resolve("live");
    Path backup = folder.resolve("backup");
    SyncHub hub = setting.open(DocumentStorage.files(live));
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 1, 5);
    hub.close();
    copy(live, backup);
    hub = setting.open(DocumentStorage.files(live));
    ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 6, 9);
    Position lost = ada.position("notes");
    hub.close();

    SyncHub restored = setting.open(DocumentStorage.files(backup));
    RawClient bob = RawClient.of(restored, "bob");
    bob.subscribe("notes");
    addAll(bob, "notes", 1, 20); // past where ada was, so sequences alone would not tell
    ada = RawClient.of(restored, "ada");
    ada.subscribe("notes", lost);

    assertThat(ada.heard(Frame.Resumed.class)).isEmpty();
    assertThat(ada.last(Frame.Snapshot.class).at().sequence()).isEqualTo(25);
    assertThat(ada.last(Frame.Snapshot.class).last()).isEqualTo(5);
    assertThat(ada.last(Frame.Snapshot.class).at().epoch()).isNotEqualTo(lost.epoch());
    restored.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void restart_withAJournalThatIsDamaged_saysSoAndBeginsAnEpoch(@TempDir Path folder)
      throws IOException {
    SyncHub hub = setting.open(DocumentStorage.files(folder));
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 1, 9);
    Position lost = ada.position("notes");
    hub.halt().toCompletableFuture().join();
    Path journal;
    try (Stream<Path> files = Files.list(folder.resolve("journals"))) {
      journal = files.filter(file -> file.toString().endsWith(".journal")).findAny().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(journal, bytes);

    SyncHub next = setting.open(DocumentStorage.files(folder));
    ada = RawClient.of(next, "ada");
    ada.subscribe("notes", lost);

    Frame.Snapshot snapshot = ada.last(Frame.Snapshot.class);
    assertThat(snapshot.at().sequence()).isPositive().isLessThan(9);
    assertThat(snapshot.last()).isEqualTo(snapshot.at().sequence());
    assertThat(setting.events(HubEvent.HistoryLost.class)).hasSize(1);
    addAll(ada, "notes", (int) snapshot.last() + 1, 12);
    next.halt().toCompletableFuture().join();
    SyncHub third = setting.open(DocumentStorage.files(folder));
    assertThat(state(third, "notes")).isEqualTo(ListType.tree(numbered(1, 12)));
    third.close();
  }

  @Test
  void append_thatFails_dropsTheDocumentAndTellsNobodyButItsAuthor() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");
    ada.add("notes", 1, "milk");
    Position before = ada.position("notes");

    storage.appendsFail = true;
    ada.add("notes", 2, "bread");

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
    assertThat(ada.last(Frame.Lapsed.class).retryMillis()).isEqualTo(1000);
    assertThat(bob.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
    assertThat(bob.heard(Frame.Update.class)).hasSize(1);
    storage.appendsFail = false;
    ada.subscribe("notes", before);
    assertThat(ada.last(Frame.Resumed.class).last()).isEqualTo(1);
    ada.add("notes", 2, "bread");
    bob.subscribe("notes", bob.position("notes"));
    assertThat(bob.heard(Frame.Update.class))
        .extracting(each -> each.change().asString())
        .containsExactly("milk", "bread");
  }

  @Test
  void judge_thatThrowsHalfWay_loadsAnewAndRefusesItUnjudged() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");
    ada.add("notes", 1, "milk");
    List<Probe.Failed> reported = new ArrayList<>();

    Subscription probing = reportsTo(reported);
    ada.add("notes", 2, "throw");
    probing.close();

    assertThat(reported).hasSize(1);
    assertThat(reported.get(0).problem()).contains("mutation 2 of client 'ada'");
    assertThat(setting.events(HubEvent.DocumentFailed.class)).hasSize(1);
    assertThat(ada.heard(Frame.Rejected.class)).isEmpty();
    for (RawClient each : List.of(ada, bob)) {
      assertThat(each.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
      assertThat(each.last(Frame.Lapsed.class).retryMillis()).isEqualTo(1000);
      each.subscribe("notes", each.position("notes"));
    }
    ada.add("notes", 2, "throw"); // it has no answer, so it comes again
    assertThat(ada.last(Frame.Rejected.class).id()).isEqualTo(2);
    assertThat(ada.last(Frame.Rejected.class).code()).isEqualTo("failed");
    ada.add("notes", 3, "bread", 2);
    assertThat(bob.texts("notes", List.of())).containsExactly("milk", "bread");
    assertThat(bob.heard(Frame.Lapsed.class)).hasSize(1);
    assertThat(state(hub, "notes")).isEqualTo(Tree.array("milk", "bread"));
  }

  @Test
  void judge_thatThrowsWhileTheJournalFails_isJudgedAgain() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    storage.appendsFail = true;
    ada.add("notes", 1, "throw");
    storage.appendsFail = false;
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Snapshot.class).last()).isZero();
    assertThat(ada.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array());
    ada.add("notes", 1, "throw");
    ada.subscribe("notes");

    assertThat(ada.last(Frame.Snapshot.class).refused()).isEqualTo(1);
    assertThat(ada.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array());
  }

  private static Subscription reportsTo(List<Probe.Failed> reported) {
    return Probe.attach(
        event -> {
          if (event instanceof Probe.Failed failed) {
            reported.add(failed);
          }
        });
  }

  @Test
  void append_thatFailsAfterAll_hasOneEffect() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    Position before = ada.position("notes");

    storage.appendsAreMadeAndFail = true;
    ada.add("notes", 1, "milk");
    storage.appendsAreMadeAndFail = false;
    ada.subscribe("notes", before);

    assertThat(ada.last(Frame.Resumed.class).last()).isEqualTo(1);
    assertThat(ada.last(Frame.Acknowledged.class))
        .isEqualTo(new Frame.Acknowledged("notes", 1, 1, Level.DURABLE, null));
    assertThat(state(hub, "notes")).isEqualTo(Tree.array("milk"));
  }

  @Test
  void applied_isToldBeforeTheAppend_durableAndUpdatesAfterIt() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");
    List<String> atAppend = new ArrayList<>();
    storage.beforeAppend =
        () -> {
          atAppend.add("applied " + ada.heard(Frame.Acknowledged.class).size());
          atAppend.add("updates " + bob.heard(Frame.Update.class).size());
        };

    ada.add("notes", 1, "milk");

    assertThat(atAppend).containsExactly("applied 1", "updates 0");
    assertThat(ada.last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
  }

  @Test
  void documents_beyondTheLimit_areToldToComeAgainAndOpenOnceThereIsRoom() {
    setting.limits = HubLimits.standard().withDocuments(2);
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("one");
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("two");

    bob.subscribe("three");

    Frame.Lapsed lapsed = bob.last(Frame.Lapsed.class);
    assertThat(lapsed.document()).isEqualTo("three");
    assertThat(lapsed.code()).isEqualTo("unavailable");
    assertThat(lapsed.reason()).contains("2 documents");
    assertThat(lapsed.retryMillis()).isPositive();
    ada.vanish();
    setting.time.advance(Duration.ofMinutes(2));
    RawClient cleo = RawClient.of(hub, "cleo");
    cleo.subscribe("three");
    assertThat(cleo.last(Frame.Snapshot.class).document()).isEqualTo("three");
  }

  @Test
  void load_thatFails_saysWhyAndTriesAgain() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    ada.vanish();
    setting.time.advance(Duration.ofMinutes(2));
    assertThat(setting.events(HubEvent.DocumentClosed.class)).hasSize(1);

    storage.opensFail = true;
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    assertThat(bob.last(Frame.Lapsed.class).reason()).contains("the disk is full");
    assertThat(bob.last(Frame.Lapsed.class).retryMillis()).isEqualTo(1000);
    storage.opensFail = false;
    bob.subscribe("notes");

    assertThat(bob.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array("milk"));
  }

  @Test
  void load_ofADocumentWhoseRecordIsGone_isRefusedAndLeavesItAsItIs() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    hub.close();
    StoredRecord record = Objects.requireNonNull(storage.records().read("notes"));
    storage.records().delete("notes", record.version());

    SyncHub next = setting.open(storage);
    RawClient bob = RawClient.of(next, "bob");
    bob.subscribe("notes");

    assertThat(bob.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
    assertThat(bob.last(Frame.Lapsed.class).reason()).contains("its record is missing");
    assertThat(storage.records().read("notes")).isNull();
    storage.records().write("notes", 0, record.bytes());
    bob.subscribe("notes");
    assertThat(bob.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array("milk"));
  }

  @Test
  void load_ofAStateThatCannotBeRead_isRefusedAndLeavesItAsItIs() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    hub.close();
    StoredRecord record = Objects.requireNonNull(storage.records().read("notes"));
    Tree broken = Tree.parse(record.bytes()).asObject().plus("state", "no list");
    byte[] bytes = broken.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    storage.records().write("notes", record.version(), bytes);

    SyncHub next = setting.open(storage);
    RawClient bob = RawClient.of(next, "bob");
    bob.subscribe("notes");

    assertThat(bob.last(Frame.Lapsed.class).reason()).contains("cannot be read");
    assertThat(bob.last(Frame.Lapsed.class).retryMillis()).isEqualTo(30_000);
    next.close();
    assertThat(Objects.requireNonNull(storage.records().read("notes")).bytes()).isEqualTo(bytes);
  }

  @Test
  void save_thatFails_keepsTheJournal() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 1, 10);

    storage.writesFail = true;
    hub.close();
    storage.writesFail = false;

    assertThat(state(setting.open(storage), "notes")).isEqualTo(ListType.tree(numbered(1, 10)));
  }

  @Test
  void create_thatCannotBeStored_isTriedAgain() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");

    storage.writesFail = true;
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
    storage.writesFail = false;
    ada.subscribe("notes");

    assertThat(ada.last(Frame.Snapshot.class).at().sequence()).isZero();
  }

  @Test
  void delete_tellsSubscribersAndLeavesNothing(@TempDir Path folder) throws IOException {
    SyncHub hub = setting.open(DocumentStorage.files(folder));
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    Position at = ada.position("notes");

    hub.delete("notes").toCompletableFuture().join();

    assertThat(ada.last(Frame.Lapsed.class))
        .isEqualTo(new Frame.Lapsed("notes", "deleted", "The document was deleted.", -1));
    assertThat(hub.documents()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("journals"))) {
      assertThat(files).isEmpty();
    }
    ada.subscribe("notes", at);
    assertThat(ada.last(Frame.Snapshot.class).at().sequence()).isZero();
    assertThat(ada.last(Frame.Snapshot.class).last()).isZero();
    assertThatThrownBy(() -> hub.delete("nothing").toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("There is no document 'nothing'.");
    hub.close();
  }

  @Test
  void delete_thatFails_takesNothingInUntilItIsDone() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");

    storage.deletesFail = true;
    assertThatThrownBy(() -> hub.delete("notes").toCompletableFuture().join())
        .hasMessageContaining("could not be deleted");
    ada.add("notes", 2, "into the void");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");
    assertThat(ada.last(Frame.Lapsed.class).retryMillis()).isEqualTo(1000);
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(1);
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("unavailable");

    storage.deletesFail = false;
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("deleted");
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array());
  }

  @Test
  void delete_thatWasInterrupted_isDoneAtTheNextUse() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    hub.halt().toCompletableFuture().join();
    try (Journal journal = storage.journal("notes")) {
      journal.append(new Entry.Deleted().bytes());
    }

    SyncHub next = setting.open(storage);
    RawClient bob = RawClient.of(next, "bob");
    bob.subscribe("notes");
    assertThat(bob.last(Frame.Lapsed.class).code()).isEqualTo("deleted");
    bob.subscribe("notes");

    assertThat(bob.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array());
  }

  @Test
  void documents_ofAnyName_areKeptApart(@TempDir Path folder) {
    List<String> names =
        List.of(
            "../../etc/passwd", "..", ".", "a/b", "a\\b", "nul", "ä", "a", "A", "x".repeat(512));
    SyncHub hub = setting.open(DocumentStorage.files(folder));
    RawClient ada = RawClient.of(hub, "ada");
    for (String name : names) {
      ada.subscribe(name);
      ada.add(name, 1, "of " + name.length());
    }
    hub.close();

    SyncHub next = setting.open(DocumentStorage.files(folder));
    assertThat(next.documents()).containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      assertThat(state(next, name)).isEqualTo(Tree.array("of " + name.length()));
    }
    next.close();
    assertThat(folder.getParent().resolve("etc")).doesNotExist();
  }

  @Test
  void trim_keepsWhatAClientThatIsAwayNeeds() {
    setting.limits =
        HubLimits.standard().withEachDocument(each -> each.withLeastHistory(5).withRecent(4));
    SyncHub hub = setting.open(storage);
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    bob.add("notes", 1, "from bob"); // who only reads has to take a snapshot
    addAll(ada, "notes", 1, 10);
    bob.vanish();
    Position at = bob.position("notes");
    addAll(ada, "notes", 11, 300);
    hub.close();

    SyncHub next = setting.open(storage);
    RawClient again = RawClient.of(next, "bob");
    again.subscribe("notes", at);

    assertThat(again.last(Frame.Resumed.class).at().sequence()).isEqualTo(11);
    assertThat(again.heard(Frame.Update.class))
        .extracting(each -> each.change().asString())
        .isEqualTo(numbered(11, 300));
  }

  @Test
  void trim_afterTheRetention_forgetsAndGivesASnapshot() {
    setting.limits = HubLimits.standard().withEachDocument(each -> each.withLeastHistory(5));
    setting.times = HubTimes.standard().withRetention(Duration.ofHours(1));
    SyncHub hub = setting.open(storage);
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    bob.add("notes", 1, "from bob");
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    Position early = bob.position("notes");
    bob.vanish();
    for (int minute = 0; minute < 120; minute++) {
      addAll(ada, "notes", minute + 1, minute + 1);
      ada.say(new Frame.Ping(minute));
      for (int beat = 0; beat < 4; beat++) {
        setting.time.advance(Duration.ofSeconds(15));
        ada.say(new Frame.Pong(beat));
      }
    }
    hub.close();

    SyncHub next = setting.open(storage);
    RawClient again = RawClient.of(next, "bob");
    again.subscribe("notes", new Position(early.epoch(), 0));
    assertThat(again.last(Frame.Lapsed.class).code()).isEqualTo("forgotten");
    assertThat(again.last(Frame.Lapsed.class).retryMillis()).isEqualTo(-1);
    again.say(new Frame.Subscribe("notes", "list", new Position(early.epoch(), 0), true));
    assertThat(again.heard(Frame.Lapsed.class))
        .extracting(Frame.Lapsed::code)
        .containsExactly("forgotten", "forgotten");
    again.subscribe("notes", early);
    assertThat(again.last(Frame.Snapshot.class).at().sequence()).isEqualTo(121);
    assertThat(again.last(Frame.Snapshot.class).last()).isZero();
  }

  @Test
  void history_isBoundedWhoeverIsAway() {
    setting.limits =
        HubLimits.standard()
            .withEachDocument(each -> each.withLeastHistory(5).withHistory(100).withRecent(8));
    SyncHub hub = setting.open(storage);
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    bob.add("notes", 1, "from bob");
    Position at = bob.position("notes");
    bob.vanish();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    addAll(ada, "notes", 1, 1000);
    hub.close();
    try (Journal journal = storage.journal("notes")) {
      assertThat(journal.next() - journal.first()).isLessThanOrEqualTo(100 + Positions.EVERY);
    }

    SyncHub next = setting.open(storage);
    bob = RawClient.of(next, "bob");
    bob.subscribe("notes", at);

    assertThat(bob.last(Frame.Snapshot.class).at().sequence()).isEqualTo(1001);
  }

  @Test
  void journal_fullOfRefusals_isCutAllTheSame() {
    setting.limits =
        HubLimits.standard().withEachDocument(each -> each.withHistory(10).withLeastHistory(5));
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    for (int i = 2; i < 500; i++) {
      ada.add("notes", i, "no", i - 1);
    }

    hub.close();

    try (Journal journal = storage.journal("notes")) {
      assertThat(journal.next() - journal.first()).isZero();
    }
    assertThat(state(setting.open(storage), "notes")).isEqualTo(Tree.array("milk"));
  }

  @Test
  void mutate_madeBeforeWhatIsHeld_getsASnapshot() {
    setting.limits =
        HubLimits.standard().withEachDocument(each -> each.withLeastHistory(5).withHistory(10));
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    Position early = ada.position("notes");
    addAll(ada, "notes", 1, 100);
    Position at = ada.position("notes");
    hub.close();

    SyncHub next = setting.open(storage);
    ada = RawClient.of(next, "ada");
    ada.subscribe("notes", at);
    ada.say(new Frame.Mutate("notes", at.epoch(), 101, early.sequence(), 0, Tree.of("late")));
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("lagging");
    ada.subscribe("notes", at);

    assertThat(ada.last(Frame.Snapshot.class).last()).isEqualTo(100);
  }

  @Test
  void open_ofADocumentOfAnotherType_isRefused() {
    SharedType other =
        new SharedType() {
          @Override
          public String name() {
            return "other";
          }

          @Override
          public SharedState create() {
            return new ListType().create();
          }

          @Override
          public SharedState restore(Tree stored) {
            return create();
          }
        };
    SyncHub hub = setting.open(storage, other);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.say(new Frame.Subscribe("notes", "other", null));
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("type");
    hub.close();
    ada = RawClient.of(setting.open(storage, other), "ada");
    ada.say(new Frame.Subscribe("notes", "other", null));

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("type");
  }

  /** Refused and accepted in turns: each refusal is a run of its own. */
  @Test
  void mutations_refusedLongAgo_areNeverToldAsDurable() {
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    for (int id = 1; id <= 2_400; id += 2) {
      ada.add("notes", id, "no", Math.max(0, id - 2));
      ada.add("notes", id + 1, "t", id);
      setting.time.advance(Duration.ofMillis(10)); // not faster than frames are taken
    }
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(2_400);
    hub.close();
    for (int time = 0; time < 2; time++) { // from the record, and from it once more
      SyncHub next = setting.open(storage);
      RawClient again = RawClient.of(next, "ada");
      again.subscribe("notes");

      for (long id : List.of(1L, 2L, 351L, 353L, 2_399L, 2_400L)) {
        again.add("notes", id, "again");
      }

      assertThat(again.heard(Frame.Rejected.class))
          .extracting(each -> each.id() + " " + each.code())
          .containsExactly(
              "1 forgotten", "2 forgotten", "351 forgotten", "353 refused", "2399 unwanted");
      assertThat(again.heard(Frame.Acknowledged.class))
          .extracting(Frame.Acknowledged::id)
          .containsExactly(2_400L);
      var unused = next.halt();
    }
  }
}
