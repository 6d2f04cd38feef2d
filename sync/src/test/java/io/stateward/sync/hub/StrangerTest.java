package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.spi.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who means no good may have of a hub: so much, and others notice nothing. */
final class StrangerTest {

  private final TestHub setting = new TestHub();
  private final FaultyStorage disk = new FaultyStorage(DocumentStorage.memory());

  private SyncHub open(HubLimits limits) {
    setting.limits = limits;
    return setting.open();
  }

  // Documents

  @Test
  void documents_createdTooFast_areNotCreated_untilLater() {
    SyncHub hub =
        open(HubLimits.standard().withEachConnection(each -> each.withCreationsPerSecond(5)));
    RawClient eve = RawClient.of(hub, "eve");
    for (int i = 0; i < 100; i++) {
      eve.subscribe("d" + i);
    }

    assertThat(hub.documents()).hasSize(10); // a burst is two seconds' worth
    List<Frame.Lapsed> refused = eve.heard(Frame.Lapsed.class);
    assertThat(refused).hasSize(90);
    assertThat(refused)
        .allMatch(each -> each.code().equals("unavailable") && each.retryMillis() == 1_000);
    assertThat(refused.get(0).reason())
        .isEqualTo("One connection creates at most 5 documents per second.");

    eve.subscribe("d0"); // which is there
    assertThat(eve.last(Frame.Snapshot.class).document()).isEqualTo("d0");
    RawClient ada = RawClient.of(hub, "ada"); // whom that is no matter of
    ada.subscribe("of ada");
    assertThat(ada.last(Frame.Snapshot.class).document()).isEqualTo("of ada");
    setting.time.advance(Duration.ofSeconds(1));
    eve.subscribe("d99");
    assertThat(eve.last(Frame.Snapshot.class).document()).isEqualTo("d99");
  }

  @Test
  void documents_thatMayNotBeCreated_spendNothing() {
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(
              Peer peer, @org.jspecify.annotations.Nullable Tree credentials) {
            return Admission.admitted("eve");
          }

          @Override
          public Permission may(
              String principal,
              String document,
              Operation operation,
              @org.jspecify.annotations.Nullable Tree change) {
            return operation == Operation.CREATE && document.startsWith("secret")
                ? Permission.refused("No.")
                : Permission.granted();
          }
        };
    SyncHub hub =
        open(HubLimits.standard().withEachConnection(each -> each.withCreationsPerSecond(1)));
    RawClient eve = RawClient.of(hub, "eve");
    for (int i = 0; i < 10; i++) {
      eve.subscribe("secret " + i);
    }
    eve.subscribe("notes");

    assertThat(eve.heard(Frame.Lapsed.class))
        .hasSize(10)
        .allMatch(each -> each.retryMillis() == -1);
    assertThat(hub.documents()).containsExactly("notes");
  }

  // Connections

  private static RawClient from(SyncHub hub, String address, String name) {
    RawClient client = RawClient.silent(hub, name, new Peer(address, name, Map.of()));
    if (client.closed == null) {
      client.say(RawClient.hello(name, null));
    }
    return client;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "2001:db8:1:2::1, 2001:0db8:1:2:ffff::9",
    "::ffff:10.0.0.1, ::FFFF:a00:1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "unix:/run/hub, unix:/run/hub"
  })
  void connections_fromOneNetwork_areSoManyAndNoMore(String one, String same) {
    SyncHub hub = open(HubLimits.standard().withConnectionsFromAddress(3));
    List<RawClient> eve = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      eve.add(from(hub, i == 0 ? one : same, "eve" + i));
    }

    RawClient refused = from(hub, one, "eve3");

    assertThat(refused.closed).isEqualTo(1013);
    assertThat(refused.closedBecause)
        .isEqualTo("retry-after=1000 There are too many connections from your address.");
    assertThat(eve).allMatch(each -> each.closed == null);
    assertThat(from(hub, "10.0.0.2", "ada").heard(Frame.Welcome.class)).hasSize(1);
    assertThat(from(hub, "2001:db8:1:3::1", "bob").closed).isNull();
    eve.get(1).vanish();
    assertThat(from(hub, same, "eve4").closed).isNull();
    assertThat(from(hub, one, "eve5").closed).isEqualTo(1013);
  }

  @Test
  void connections_fromWhereNobodyKnows_areLimitedByTheTotalAlone() {
    SyncHub hub = open(HubLimits.standard().withConnectionsFromAddress(1).withConnections(4));
    for (int i = 0; i < 4; i++) {
      assertThat(from(hub, "", "c" + i).closed).isNull();
    }

    assertThat(from(hub, "", "c4").closed).isEqualTo(1013);
  }

  @Test
  void connections_ofOnePrincipal_areSoManyAndNoMore() {
    SyncHub hub = open(HubLimits.standard().withConnectionsOfPrincipal(2));
    RawClient first = RawClient.of(hub, "c1", "eve");
    RawClient second = RawClient.of(hub, "c2", "eve");

    RawClient third = RawClient.of(hub, "c3", "eve");

    assertThat(third.last(Frame.Failure.class).code()).isEqualTo("busy");
    assertThat(third.closed).isEqualTo(1013);
    assertThat(third.closedBecause).startsWith("retry-after=1000 ");
    assertThat(third.heard(Frame.Welcome.class)).isEmpty();
    assertThat(RawClient.of(hub, "ada").closed).isNull();
    RawClient again = RawClient.of(hub, "c1", "eve"); // in the place of the one before
    assertThat(again.closed).isNull();
    assertThat(first.closed).isEqualTo(4409);
    second.vanish();
    assertThat(RawClient.of(hub, "c3", "eve").closed).isNull();
  }

  @Test
  void connections_thatComeAndGo_leaveNothingBehind() {
    SyncHub hub =
        open(HubLimits.standard().withConnectionsOfPrincipal(1).withConnectionsFromAddress(1));
    for (int i = 0; i < 50; i++) {
      RawClient eve = from(hub, "10.0.0.1", "eve");
      assertThat(eve.closed).isNull();
      eve.vanish();
    }
  }

  // What waits for a document

  /** Has eve do something while the disk hangs in the turn of the document; returns the figures. */
  private HubFigures whileTheDiskHangs(SyncHub hub, Runnable work) {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    HubFigures[] figures = new HubFigures[1];
    disk.beforeAppend =
        () -> {
          disk.beforeAppend = null;
          work.run();
          figures[0] = hub.figures();
        };
    ada.add("notes", 1, "milk");
    assertThat(ada.last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
    ada.add("notes", 2, "bread");
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(2);
    assertThat(hub.figures().waiting()).isZero();
    return figures[0];
  }

  private SyncHub openOnDisk(HubLimits limits) {
    setting.limits = limits.withEachConnection(each -> each.withFramesPerSecond(1_000_000));
    return setting.open(disk);
  }

  @Test
  void subscriptions_thatWait_areSoManyAndNoMore() {
    SyncHub hub = openOnDisk(HubLimits.standard().withEachDocument(each -> each.withWaiting(20)));
    RawClient eve = RawClient.of(hub, "eve");

    HubFigures figures =
        whileTheDiskHangs(
            hub,
            () -> {
              for (int i = 0; i < 500; i++) {
                eve.subscribe("notes");
              }
            });

    assertThat(figures.waiting()).isLessThanOrEqualTo(2 * 20); // each of them leaves, too
    assertThat(eve.heard(Frame.Lapsed.class)).hasSize(480);
    assertThat(eve.last(Frame.Lapsed.class))
        .isEqualTo(
            new Frame.Lapsed(
                "notes", "unavailable", "Too much waits for the document; come again.", 1_000));
    eve.subscribe("notes");
    assertThat(eve.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array("milk", "bread"));
  }

  @Test
  void whatIsShared_waitsOnce_andTheLastOfItCounts() {
    SyncHub hub = openOnDisk(HubLimits.standard());
    RawClient eve = RawClient.of(hub, "eve");
    eve.subscribe("notes");
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");

    HubFigures figures =
        whileTheDiskHangs(
            hub,
            () -> {
              for (int i = 0; i <= 500; i++) {
                eve.say(new Frame.Share("notes", Tree.of(i)));
              }
            });

    assertThat(figures.waiting()).isEqualTo(1);
    assertThat(bob.heard(Frame.Presence.class))
        .containsExactly(new Frame.Presence("notes", "eve", Tree.of(500)));
    eve.say(new Frame.Share("notes", Tree.of("more")));
    assertThat(bob.last(Frame.Presence.class).state()).isEqualTo(Tree.of("more"));
  }

  @Test
  void questionsForTheHistory_thatWait_areAnsweredAsOne() {
    SyncHub hub = openOnDisk(HubLimits.standard());
    RawClient eve = RawClient.of(hub, "eve");
    eve.subscribe("notes");
    for (int i = 1; i <= 9; i++) {
      eve.add("notes", i, "t" + i);
    }

    HubFigures figures =
        whileTheDiskHangs(
            hub,
            () -> {
              for (int i = 0; i < 500; i++) {
                eve.say(new Frame.AskHistory("notes", 3 + i % 5, 4 + i % 5));
              }
            });

    assertThat(figures.waiting()).isEqualTo(1);
    List<Frame.History> answers = eve.heard(Frame.History.class);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).events()).extracting(Frame.Update::sequence).containsExactly(4L);
    assertThat(answers.get(1).after()).isEqualTo(3);
    assertThat(answers.get(1).events())
        .extracting(Frame.Update::sequence)
        .containsExactly(4L, 5L, 6L, 7L, 8L);
    eve.say(new Frame.AskHistory("notes", 8, 9));
    assertThat(eve.last(Frame.History.class).events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void questionsForTheHistory_ofASubscriptionThatEnds_areNotAskedThroughTheNext(boolean leaves) {
    SyncHub hub = openOnDisk(HubLimits.standard());
    RawClient eve = RawClient.of(hub, "eve");
    eve.subscribe("notes");

    HubFigures figures =
        whileTheDiskHangs(
            hub,
            () -> {
              eve.say(new Frame.AskHistory("notes", 0, 1));
              eve.say(new Frame.AskHistory("notes", 0, 2));
              if (leaves) {
                eve.say(new Frame.Unsubscribe("notes"));
              }
              eve.subscribe("notes");
            });

    assertThat(figures.waiting()).isLessThanOrEqualTo(4);
    assertThat(eve.heard(Frame.History.class)).hasSize(1); // the first, before that one began
    assertThat(eve.heard.indexOf(eve.last(Frame.History.class)))
        .isLessThan(eve.heard.lastIndexOf(eve.last(Frame.Snapshot.class)));
    eve.say(new Frame.AskHistory("notes", 0, 2));
    assertThat(eve.last(Frame.History.class).events()).hasSize(2);
  }
}
