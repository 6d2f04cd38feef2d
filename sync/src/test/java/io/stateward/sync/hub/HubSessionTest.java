package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HubSessionTest {

  private final TestHub setting = new TestHub();

  private static Tree cursor(int at) {
    return Tree.object().plus("cursor", at);
  }

  @Test
  void subscribe_anew_givesASnapshotThoughThePositionIsGood() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    Position at = ada.position("notes");

    ada.say(new Frame.Subscribe("notes", "list", at, true));
    assertThat(ada.heard(Frame.Snapshot.class)).hasSize(2);
    assertThat(ada.last(Frame.Snapshot.class).last()).isEqualTo(1);
    ada.say(new Frame.Subscribe("notes", "list", at, false));
    assertThat(ada.heard(Frame.Snapshot.class)).hasSize(2);
    assertThat(ada.last(Frame.Resumed.class).at()).isEqualTo(at);
  }

  @Test
  void share_isToldToOthersNowAndLater_andTakenBackAtTheEnd() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");

    ada.say(new Frame.Share("notes", cursor(3)));
    RawClient cy = RawClient.of(hub, "cy");
    cy.subscribe("notes");
    ada.vanish();
    RawClient late = RawClient.of(hub, "late");
    late.subscribe("notes");

    List<Frame.Presence> expected =
        List.of(
            new Frame.Presence("notes", "ada", cursor(3)),
            new Frame.Presence("notes", "ada", Tree.ofNull()));
    assertThat(bob.heard(Frame.Presence.class)).isEqualTo(expected);
    assertThat(cy.heard(Frame.Presence.class)).isEqualTo(expected);
    assertThat(late.heard(Frame.Presence.class)).isEmpty();
    assertThat(ada.heard(Frame.Presence.class)).isEmpty();
  }

  @Test
  void share_toWhoReadsSlowly_leavesOutWhatWasReplaced() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");

    bob.reads = false;
    for (int i = 0; i < 100; i++) {
      ada.say(new Frame.Share("notes", cursor(i)));
    }
    bob.read(true);

    assertThat(bob.heard(Frame.Presence.class))
        .containsExactly(
            new Frame.Presence("notes", "ada", cursor(0)),
            new Frame.Presence("notes", "ada", cursor(99)));
  }

  @Test
  void unsubscribe_hasWhatWasSentJudged_andTellsNothingMore() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");

    bob.add("notes", 1, "milk");
    bob.say(new Frame.Unsubscribe("notes"));
    int heard = bob.heard.size();
    ada.add("notes", 1, "bread");

    assertThat(ada.heard(Frame.Update.class)).hasSize(1);
    assertThat(bob.heard).hasSize(heard);
  }

  @Test
  void askHistory_hasAllEventsOfMemoryAndJournal_ownOnesToo() {
    setting.limits = HubLimits.standard().withEachDocument(each -> each.withRecent(16));
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    for (int i = 1; i <= 200; i++) {
      ada.add("notes", i, "t" + i);
    }

    ada.say(new Frame.AskHistory("notes", 3, 150));

    Frame.History history = ada.last(Frame.History.class);
    assertThat(history.after()).isEqualTo(3);
    assertThat(history.events())
        .extracting(Frame.Update::sequence)
        .hasSize(147)
        .isSorted()
        .startsWith(4L)
        .endsWith(150L);
  }

  @Test
  void silence_forTwoAndAHalfHeartbeats_closes() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    for (int i = 0; i < 10; i++) {
      setting.time.advance(Duration.ofSeconds(15));
      ada.say(new Frame.Ping(i));
    }
    assertThat(ada.closed).isNull();
    assertThat(ada.heard(Frame.Ping.class)).hasSize(10);
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(9);

    setting.time.advance(Duration.ofSeconds(30));
    assertThat(ada.closed).isNull();
    setting.time.advance(Duration.ofSeconds(15));

    assertThat(ada.closed).isEqualTo(4000);
    assertThat(hub.figures().connections()).isZero();
  }

  @Test
  void reader_thatTakesNothing_isClosedThoughItTalks() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");

    ada.reads = false;
    for (int i = 0; i < 4; i++) {
      setting.time.advance(Duration.ofSeconds(15));
      ada.say(new Frame.Ping(i));
    }

    assertThat(ada.closed).isEqualTo(4001);
  }

  /** An authorizer with rights that can be taken away. */
  private static final class Rights implements Authorizer {
    final Set<String> forbidden = new HashSet<>();

    @Override
    public Admission authenticate(Peer peer, @Nullable Tree credentials) {
      return credentials == null
          ? Admission.denied("Who are you?")
          : Admission.admitted(credentials.asString());
    }

    @Override
    public Permission may(
        String principal, String document, Operation operation, @Nullable Tree change) {
      String what = principal + " " + operation + " " + document;
      return forbidden.contains(what)
          ? Permission.refused("No " + operation + " for you.")
          : Permission.granted();
    }
  }

  private static RawClient connect(SyncHub hub, String name) {
    RawClient client = RawClient.silent(hub, name);
    client.say(RawClient.hello(name, Tree.of(name)));
    return client;
  }

  @Test
  void authorizer_decidesWhoMayWhat() {
    Rights rights = new Rights();
    rights.forbidden.addAll(
        List.of("ada READ secret", "ada CREATE new", "ada WRITE notes", "ada SHARE notes"));
    setting.authorizer = rights;
    SyncHub hub = setting.open();
    assertThat(RawClient.of(hub, "nobody").closed).isEqualTo(4401);
    RawClient ada = connect(hub, "ada");

    ada.subscribe("secret");
    ada.subscribe("new");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    ada.say(new Frame.Share("notes", cursor(1)));
    assertThat(ada.heard(Frame.Lapsed.class))
        .extracting(each -> each.document() + " " + each.code() + " " + each.retryMillis())
        .containsExactly("secret forbidden -1", "new forbidden -1");
    assertThat(ada.last(Frame.Rejected.class))
        .isEqualTo(new Frame.Rejected("notes", 1, "forbidden", "No WRITE for you.", null));
    assertThat(ada.last(Frame.Failure.class).reason()).isEqualTo("No SHARE for you.");

    connect(hub, "bob").subscribe("new");
    ada.subscribe("new");
    assertThat(ada.last(Frame.Snapshot.class).document()).isEqualTo("new");
    assertThat(hub.documents()).containsExactly("new", "notes");
  }

  /** Told in pairs, in this order: who counts them has the number that there are. */
  @Test
  void sessionClosed_isToldOfWhoWasToldAsOpened_andOfNobodyElse() {
    setting.limits = HubLimits.standard().withConnectionsOfPrincipal(1);
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada", "ada");
    RawClient busy = RawClient.of(hub, "phone", "ada");
    RawClient taken = RawClient.of(hub, "ada", "eve");
    assertThat(busy.last(Frame.Failure.class).code()).isEqualTo("busy");
    assertThat(taken.last(Frame.Failure.class).code()).isEqualTo("taken");
    assertThat(busy.closed).isEqualTo(1013);
    assertThat(taken.closed).isEqualTo(1013);
    RawClient.silent(hub, "stranger").vanish();
    ada.vanish();

    assertThat(setting.events(HubEvent.SessionOpened.class))
        .extracting(HubEvent.SessionOpened::client)
        .containsExactly("ada");
    assertThat(setting.events(HubEvent.SessionClosed.class))
        .extracting(HubEvent.SessionClosed::session)
        .containsExactly(setting.events(HubEvent.SessionOpened.class).get(0).session());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void session_thatEndsWhileItIsOpened_isToldAsClosedAfter(boolean earlier) {
    List<RawClient> ada = new ArrayList<>();
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(Peer peer, @Nullable Tree credentials) {
            if (earlier) {
              ada.get(0).vanish();
            }
            return Admission.admitted("ada");
          }

          @Override
          public Permission may(
              String principal, String document, Operation operation, @Nullable Tree change) {
            return Permission.granted();
          }
        };
    setting.whenTold =
        event -> {
          if (event instanceof HubEvent.SessionOpened && !earlier) {
            ada.get(0).vanish();
          }
        };
    ada.add(RawClient.silent(setting.open(), "ada"));

    ada.get(0).say(RawClient.hello("ada", null));

    assertThat(setting.events)
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("SessionOpened", "SessionClosed");
  }

  @Test
  void recheck_endsWhatIsNoLongerAllowed() {
    Rights rights = new Rights();
    setting.authorizer = rights;
    SyncHub hub = setting.open();
    RawClient ada = connect(hub, "ada");
    RawClient bob = connect(hub, "bob");
    for (RawClient each : List.of(ada, bob)) {
      each.subscribe("notes");
      each.subscribe("other");
    }

    rights.forbidden.add("ada READ notes");
    hub.recheckDocument("notes");
    bob.add("notes", 1, "secret");
    bob.add("other", 1, "open");

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
    assertThat(ada.heard(Frame.Update.class))
        .extracting(Frame.Update::document)
        .containsExactly("other");
    rights.forbidden.add("ada READ other");
    hub.recheckPrincipal("ada");
    assertThat(ada.last(Frame.Lapsed.class).document()).isEqualTo("other");
    assertThat(bob.heard(Frame.Lapsed.class)).isEmpty();
    hub.expel("ada", "You have left the company.");
    assertThat(ada.closed).isEqualTo(4401);
    assertThat(bob.closed).isNull();
  }

  @Test
  void subscribe_thatFails_leavesNothingOfTheOneBefore() {
    setting.times = HubTimes.standard().withIdle(Duration.ofSeconds(20));
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");

    ada.say(new Frame.Subscribe("notes", "nonsense", null));
    bob.add("notes", 1, "secret");

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("type");
    assertThat(ada.heard(Frame.Update.class)).isEmpty();
    ada.vanish();
    bob.vanish();
    setting.time.advance(Duration.ofSeconds(20));
    assertThat(hub.figures().documents()).isZero();
  }

  @Test
  void mutations_ofAConnectionThatWasReplaced_areNotTakenInAfterIt() {
    SyncHub hub = setting.open();
    RawClient first = RawClient.of(hub, "ada");
    first.subscribe("notes");
    RawClient second = RawClient.of(hub, "ada");
    second.subscribe("notes");

    first.add("notes", 1, "of the old connection");
    second.add("notes", 1, "of the new connection");

    assertThat(second.texts("notes", List.of("of the new connection")))
        .containsExactly("of the new connection");
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    assertThat(bob.last(Frame.Snapshot.class).state())
        .isEqualTo(Tree.array("of the new connection"));
  }

  @Test
  void subscription_ofAConnectionThatWasReplacedMeanwhile_doesNotTakeThePlaceOfTheNewOne() {
    List<RawClient> second = new ArrayList<>();
    SyncHub[] hub = new SyncHub[1];
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(Peer peer, @Nullable Tree credentials) {
            return Admission.admitted("ada");
          }

          @Override
          public Permission may(
              String principal, String document, Operation operation, @Nullable Tree change) {
            if (second.isEmpty()) { // while the first connection is asked about
              second.add(RawClient.silent(hub[0], "ada"));
              second.get(0).say(RawClient.hello("ada", null));
              second.get(0).subscribe("notes");
            }
            return Permission.granted();
          }
        };
    hub[0] = setting.open();
    RawClient first = RawClient.of(hub[0], "ada");

    first.subscribe("notes");

    assertThat(first.closed).isEqualTo(4409);
    second.get(0).add("notes", 1, "milk");
    assertThat(second.get(0).last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
  }

  @Test
  void answers_comeInTheOrderOfTheIds() {
    SyncHub hub = setting.open();
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.reads = false;
    bob.add("notes", 1, "first");
    ada.add("notes", 1, "a1");
    ada.add("notes", 2, "no");
    ada.add("notes", 3, "a3", 2);
    bob.add("notes", 2, "last");
    ada.read(true);

    assertThat(
            ada.heard.stream()
                .filter(
                    each ->
                        each instanceof Frame.Update
                            || each instanceof Frame.Rejected
                            || (each instanceof Frame.Acknowledged is
                                && is.level() == Level.DURABLE))
                .map(each -> each.getClass().getSimpleName()))
        .containsExactly("Update", "Acknowledged", "Rejected", "Acknowledged", "Update");
  }

  @Test
  void figures_countWhatThereIsAndWasDone() {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    ada.add("notes", 1, "milk");
    ada.add("notes", 2, "no");
    ada.add("notes", 9, "gap");

    HubFigures figures = hub.figures();

    assertThat(figures.connections()).isEqualTo(1);
    assertThat(figures.documents()).isEqualTo(1);
    assertThat(figures.accepted()).isEqualTo(1);
    assertThat(figures.repeated()).isEqualTo(1);
    assertThat(figures.batches()).isEqualTo(2);
    assertThat(figures.framesSent()).isEqualTo(ada.heard.size());
    assertThat(figures.refused()).containsOnlyKeys("unwanted");
    assertThat(figures.lapsed()).containsOnlyKeys("gap");
    assertThat(figures.subscriptions()).isZero();
    ada.vanish();
    assertThat(hub.figures().closed()).containsEntry(1006, 1L);
  }
}
