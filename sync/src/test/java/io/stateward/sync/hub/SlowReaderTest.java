package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.spi.Mutation;
import io.stateward.sync.spi.SharedState;
import io.stateward.sync.spi.SharedType;
import io.stateward.sync.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reads slowly, or not at all, makes nothing wait in memory. */
final class SlowReaderTest {

  private final TestHub setting = new TestHub();

  @Test
  void reader_thatTakesNothing_makesNothingWait() {
    setting.limits =
        HubLimits.standard()
            .withEachDocument(each -> each.withLeastHistory(3000)); // whatever is saved meanwhile
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient client = RawClient.of(hub, "slow" + i);
      client.subscribe("notes");
      client.reads = false;
      slow.add(client);
    }

    for (int i = 1; i <= 3000; i++) {
      ada.add("notes", i, "t" + i);
    }

    HubFigures figures = hub.figures();
    assertThat(figures.largestLag()).isEqualTo(2999);
    assertThat(figures.waitingAnswers()).isZero();
    assertThat(figures.waitingCharacters()).isZero();
    RawClient reader = slow.get(7);
    reader.read(true);
    assertThat(reader.heard(Frame.Update.class))
        .extracting(Frame.Update::sequence)
        .hasSize(3000)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(hub.figures().waitingCharacters()).isZero();
  }

  @Test
  void reader_thatFallsTooFarBehind_hasToSubscribeAgain() {
    setting.limits = HubLimits.standard().withEachConnection(each -> each.withLag(100));
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    RawClient slow = RawClient.of(hub, "slow");
    slow.subscribe("notes");
    slow.reads = false;
    for (int i = 1; i <= 200; i++) {
      ada.add("notes", i, "t" + i);
    }

    slow.read(true);

    assertThat(slow.last(Frame.Lapsed.class).code()).isEqualTo("lagging");
    assertThat(slow.heard(Frame.Update.class)).hasSize(1);
    slow.subscribe("notes", slow.position("notes"));
    assertThat(slow.last(Frame.Resumed.class).at().sequence()).isEqualTo(1);
    assertThat(slow.heard(Frame.Update.class)).hasSize(200);
  }

  /** The state of a kind that lets go of all history at once. */
  private record Forgetful(SharedState of, long[] last) implements SharedState {
    @Override
    public Verdict judge(Mutation mutation) {
      last[0] = mutation.sequence();
      return of.judge(mutation);
    }

    @Override
    public void replay(Mutation mutation) {
      last[0] = mutation.sequence();
      of.replay(mutation);
    }

    @Override
    public Tree snapshot() {
      return of.snapshot();
    }

    @Override
    public Tree store() {
      return of.store();
    }

    @Override
    public long trim(long sequence) {
      return last[0];
    }
  }

  private static final class ForgetfulType implements SharedType {
    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public SharedState create() {
      return new Forgetful(new ListType().create(), new long[1]);
    }

    @Override
    public SharedState restore(Tree stored) {
      return new Forgetful(new ListType().restore(stored), new long[1]);
    }
  }

  @Test
  void reader_someChangesBehind_isToldThoughTheHistoryWasCutAfterThem() {
    setting.limits =
        HubLimits.standard().withEachDocument(each -> each.withLeastHistory(5).withHistory(10));
    SyncHub hub = setting.open(DocumentStorage.memory(), new ForgetfulType());
    RawClient ada = RawClient.of(hub, "ada");
    RawClient slow = RawClient.of(hub, "slow");
    List.of(ada, slow).forEach(each -> each.say(new Frame.Subscribe("notes", "forgetful", null)));
    slow.reads = false;
    ada.add("notes", 1, "t1");
    for (int i = 2; i <= 100; i++) {
      ada.add("notes", i, "x".repeat(3_000)); // the record is saved, and the history cut, by then
    }

    slow.read(true);

    assertThat(slow.heard(Frame.Lapsed.class)).isEmpty();
    assertThat(slow.heard(Frame.Update.class)).hasSize(100);
    ada.say(
        new Frame.Mutate("notes", ada.position("notes").epoch(), 101, 50, 0, Tree.of("too late")));
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("lagging"); // it was cut
  }

  @Test
  void answers_thatAreNotRead_closeTheConnection() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.reads = false;
    int said = 0;
    while (ada.closed == null && said < 5000) {
      said++;
      ada.add("notes", said, "no", said - 1);
    }

    assertThat(ada.closed).isEqualTo(4001);
    assertThat(said).isLessThan(1100);
    RawClient bob = RawClient.of(hub, "bob");
    bob.reads = false;
    for (int i = 0; i < 3000; i++) {
      bob.say(new Frame.Ping(i));
    }
    assertThat(bob.closed).isNull();
    bob.read(true);
    assertThat(bob.heard(Frame.Pong.class)).extracting(Frame.Pong::number).last().isEqualTo(2999L);
    assertThat(bob.heard(Frame.Pong.class)).hasSize(2);
  }

  @Test
  void documents_ofOneConnection_taketurns() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    RawClient reader = RawClient.of(hub, "reader");
    for (String document : List.of("busy", "quiet")) {
      ada.subscribe(document);
      reader.subscribe(document);
    }
    reader.reads = false;
    for (int i = 1; i <= 1000; i++) {
      ada.add("busy", i, "t" + i);
    }
    ada.add("quiet", 1, "one");

    reader.read(true);

    List<Frame.Update> updates = reader.heard(Frame.Update.class);
    assertThat(updates).hasSize(1001);
    assertThat(updates.subList(0, 4)).extracting(Frame.Update::document).contains("quiet");
  }

  @Test
  void changes_thatWaitTooMany_haveTheirAuthorComeAgain() {
    setting.limits = HubLimits.standard().withEachDocument(each -> each.withWaiting(10));
    HeldTasks tasks = new HeldTasks();
    setting.executor = tasks;
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    tasks.hold();
    for (int i = 1; i <= 30; i++) {
      ada.add("notes", i, "t" + i);
    }
    tasks.release();
    assertThat(hub.figures().connections()).isEqualTo(1);

    assertThat(ada.heard(Frame.Lapsed.class))
        .extracting(Frame.Lapsed::code)
        .containsExactly("unavailable");
    ada.subscribe("notes", ada.position("notes"));
    long last = ada.last(Frame.Resumed.class).last();
    assertThat(last).isBetween(0L, 10L);
    ada.add("notes", last + 1, "again");
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(last + 1);
  }
}
