package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.sync.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends is answered with a code and a sentence, and others notice nothing. */
final class BadInputTest {

  private static final String KEY = "0123456789abcdef";

  private final TestHub setting = new TestHub();
  private SyncHub hub = setting.open();
  private final RawClient witness = witness();
  private final List<Probe.Failed> reported = new ArrayList<>();
  private final Subscription probing =
      Probe.attach(
          event -> {
            if (event instanceof Probe.Failed failed) {
              reported.add(failed);
            }
          });

  private RawClient witness() {
    RawClient client = RawClient.of(hub, "witness");
    client.subscribe("notes");
    return client;
  }

  /** Somebody else was told nothing but what took place, and can go on. */
  @AfterEach
  void othersNoticeNothing() {
    probing.close();
    assertThat(witness.closed).isNull();
    assertThat(witness.heard)
        .noneMatch(each -> each instanceof Frame.Lapsed || each instanceof Frame.Failure);
    witness.add("notes", 1, "still here");
    assertThat(witness.last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"t\":7}",
        "{\"t\":\"dance\"}",
        "{\"t\":\"subscribe\"}",
        "{\"t\":\"subscribe\",\"doc\":\"\",\"type\":\"list\"}",
        "{\"t\":\"subscribe\",\"doc\":\"\\ud800\",\"type\":\"list\"}",
        "{\"t\":\"subscribe\",\"doc\":\"x\",\"type\":\"list\",\"epoch\":\"e\",\"seq\":-1}",
        "{\"t\":\"subscribe\",\"doc\":\"x\",\"type\":\"list\",\"epoch\":\"e\",\"seq\":1e999999}",
        "{\"t\":\"mutate\",\"doc\":\"notes\",\"epoch\":\"e\",\"id\":0,\"base\":0,\"change\":1}",
        "{\"t\":\"mutate\",\"doc\":\"notes\",\"epoch\":\"e\",\"id\":1.5,\"base\":0,\"change\":1}",
        "{\"t\":\"mutate\",\"doc\":\"notes\",\"epoch\":\"e\",\"id\":1,\"base\":0}",
        "{\"t\":\"update\",\"doc\":\"notes\",\"seq\":1,\"client\":\"a\",\"id\":1,\"base\":0,\"change\":1}",
        "{\"t\":\"welcome\",\"version\":1,\"session\":\"s\",\"heartbeat\":1,\"largest\":1}",
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"other\",\"key\":\"0123456789abcdef\"}",
      })
  void frame_thatIsNone_isAnErrorAndCloses(String text) {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.sayText(text);

    assertThat(ada.last(Frame.Failure.class).reason()).isNotBlank();
    assertThat(ada.closed).isEqualTo(4400);
    assertThat(ada.closedBecause).isNotBlank();
    assertThat(reported).isEmpty();
  }

  @Test
  void frame_thatIsDeeplyNested_isAnErrorAndCloses() {
    RawClient ada = RawClient.of(hub, "ada");

    ada.sayText("[".repeat(200_000));
    assertThat(ada.closed).isEqualTo(4400);

    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    bob.sayText(
        "{\"t\":\"mutate\",\"doc\":\"notes\",\"epoch\":\"e\",\"id\":1,\"base\":0,\"change\":"
            + "[".repeat(70)
            + "]".repeat(70)
            + "}");
    assertThat(bob.closed).isEqualTo(4400);
    assertThat(bob.last(Frame.Failure.class).reason()).contains("64");
  }

  @Test
  void frame_thatIsHuge_closes() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.sayText(" ".repeat(1 << 20) + "x");
    assertThat(ada.closed).isEqualTo(4413);

    RawClient bob = RawClient.of(hub, "bob");
    bob.sayText("\"" + "\u20ac".repeat(400_000) + "\""); // 1.2 million bytes in fewer characters
    assertThat(bob.closed).isEqualTo(4413);
  }

  @Test
  void hello_ofAnotherVersion_isToldWhichOneIsSpoken() {
    RawClient ada = RawClient.silent(hub, "ada");

    ada.say(new Frame.Hello(List.of(2, 3), "ada", KEY, null));

    assertThat(ada.closed).isEqualTo(4406);
    assertThat(ada.last(Frame.Failure.class).reason())
        .isEqualTo("This hub speaks version 1, not [2, 3].");
  }

  @Test
  void hello_thatIsRefused_closesThoughNothingIsRead() {
    RawClient ada = RawClient.silent(hub, "ada");
    ada.reads = false;

    ada.say(new Frame.Hello(List.of(9), "ada", KEY, null));
    assertThat(ada.closed).isNull();
    setting.time.advance(Duration.ofSeconds(10));

    assertThat(ada.closed).isEqualTo(4406);
  }

  @Test
  void hello_thatNeverComes_closesAfterAWhile() {
    RawClient ada = RawClient.silent(hub, "ada");
    setting.time.advance(Duration.ofSeconds(9));
    assertThat(ada.closed).isNull();

    setting.time.advance(Duration.ofSeconds(1));

    assertThat(ada.closed).isEqualTo(4000);
    RawClient bob = RawClient.silent(hub, "bob");
    bob.say(new Frame.Ping(1));
    assertThat(bob.closed).isEqualTo(4400);
    assertThat(bob.last(Frame.Failure.class).code()).isEqualTo("order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab\\ud800", "65"})
  void hello_withAClientIdThatIsNone_isRefused(String id) {
    RawClient ada = RawClient.silent(hub, "ada");

    String client = id.equals("65") ? "x".repeat(65) : id;
    ada.sayText(
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"%s\",\"key\":\"%s\"}"
            .formatted(client, KEY));

    assertThat(ada.closed).isEqualTo(4400);
  }

  @Test
  void hello_ofAClientThatIsHere_replacesOwnAndNeverSomebodyElses() {
    RawClient first = RawClient.of(hub, "c", "ada");
    first.subscribe("notes");
    first.add("notes", 1, "milk");
    RawClient thief = RawClient.of(hub, "c", "eve");
    assertThat(thief.closed).isEqualTo(1013); // for it may be the owner, and the other the thief
    assertThat(thief.closedBecause).startsWith("retry-after=1000 ");
    assertThat(first.closed).isNull();

    RawClient second = RawClient.of(hub, "c", "ada");

    assertThat(first.closed).isEqualTo(4409);
    assertThat(second.closed).isNull();
    second.vanish();
    thief = RawClient.of(hub, "c", "eve");
    thief.subscribe("notes");
    assertThat(thief.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
  }

  @Test
  void subscribe_toATypeThatThereIsNot_isRefused() {
    RawClient ada = RawClient.of(hub, "ada");

    ada.say(new Frame.Subscribe("other", "nonsense", null));

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("unknown");
    assertThat(ada.closed).isNull();
  }

  @Test
  void subscribe_toTooManyDocuments_isRefused() {
    RawClient ada = RawClient.of(hub, "ada");
    for (int i = 0; i < 256; i++) {
      if (i % 100 == 99) {
        setting.time.advance(Duration.ofSeconds(2)); // else they are created too fast
      }
      ada.subscribe("d" + i);
    }

    ada.subscribe("one more");
    assertThat(ada.last(Frame.Lapsed.class).reason()).contains("at most 256");
    ada.say(new Frame.Unsubscribe("d7"));
    ada.subscribe("another");

    assertThat(ada.last(Frame.Snapshot.class).document()).isEqualTo("another");
  }

  @Test
  void mutate_withoutASubscription_isAnError() {
    RawClient ada = RawClient.of(hub, "ada");

    ada.add("notes", 1, "milk");

    assertThat(ada.last(Frame.Failure.class).code()).isEqualTo("order");
    assertThat(ada.closed).isNull();
  }

  private static String epoch(RawClient client) {
    return client.position("notes").epoch();
  }

  @Test
  void mutate_madeAfterWhatThereIsNot_isRefused() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.say(new Frame.Mutate("notes", epoch(ada), 1, 99, 0, Tree.of("milk")));

    assertThat(ada.last(Frame.Rejected.class).code()).isEqualTo("base");
  }

  @Test
  void mutate_ofAnotherEpoch_lapses() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.say(new Frame.Mutate("notes", "made up", 1, 0, 0, Tree.of("milk")));
    ada.say(new Frame.Mutate("notes", "made up", 2, 0, 0, Tree.of("bread")));

    assertThat(ada.heard(Frame.Lapsed.class))
        .extracting(Frame.Lapsed::code)
        .containsExactly("epoch");
  }

  @Test
  void subscribe_atAPositionThatThereIsNot_getsASnapshotAndHarmsNobodyElse() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes", new Position("made up", 7));
    String epoch = ada.last(Frame.Snapshot.class).at().epoch();

    ada.subscribe("notes", new Position(epoch, Long.MAX_VALUE));

    assertThat(ada.heard(Frame.Snapshot.class)).hasSize(2);
    assertThat(ada.last(Frame.Snapshot.class).at().epoch()).isEqualTo(epoch);
  }

  @Test
  void mutate_withAnIdThatJumps_neverTakesPlace() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.add("notes", Long.MAX_VALUE, "milk");

    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("gap");
    assertThat(hub.figures().accepted()).isZero();
  }

  @Test
  void askHistory_ofNonsense_isAnsweredWithNothing() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.say(new Frame.AskHistory("notes", 99, 0));
    assertThat(ada.last(Frame.History.class).events()).isNull();
    ada.say(new Frame.AskHistory("notes", 0, Long.MAX_VALUE));
    assertThat(ada.last(Frame.History.class).events()).isEmpty();
    ada.say(new Frame.AskHistory("other", 0, 1));

    assertThat(ada.heard(Frame.History.class)).hasSize(2);
    assertThat(ada.closed).isNull();
  }

  @Test
  void share_ofTooMuch_isAnError() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.say(new Frame.Share("notes", Tree.of("x".repeat(10_000))));

    assertThat(ada.last(Frame.Failure.class).code()).isEqualTo("limit");
    assertThat(witness.heard(Frame.Presence.class)).isEmpty();
  }

  @Test
  void flood_isSlowedDown_thenClosed() {
    RawClient ada = RawClient.of(hub, "ada");
    for (int i = 0; i < 6000; i++) {
      ada.say(new Frame.Ping(i));
    }
    assertThat(ada.closed).isNull();
    assertThat(ada.last(Frame.Pong.class).number()).isLessThan(4001);
    setting.time.advance(Duration.ofSeconds(2));
    assertThat(ada.last(Frame.Pong.class).number()).isEqualTo(5999);

    for (int i = 0; i < 20_000; i++) {
      ada.say(new Frame.Ping(i));
    }

    assertThat(ada.closed).isEqualTo(4429);
  }

  @Test
  void bytes_areLimitedToo() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    String text = "x".repeat(1_000_000);

    int said = 0;
    while (ada.closed == null && said < 100) {
      ada.say(new Frame.Mutate("other", "e", 1, 0, 0, Tree.of(text)));
      said++;
    }

    assertThat(ada.closed).isEqualTo(4429);
    assertThat(said).isLessThan(30);
  }

  @Test
  void accept_ofTooManyConnections_closesTheNewOne() {
    setting.limits = HubLimits.standard().withConnections(2);
    SyncHub small = setting.open();
    RawClient.of(small, "ada");
    RawClient.of(small, "bob");

    RawClient cy = RawClient.silent(small, "cy");

    assertThat(cy.closed).isEqualTo(1013);
    assertThat(cy.closedBecause).startsWith("retry-after=1000 ");
  }

  @Test
  void authorizer_thatThrows_refusesAndIsReported() {
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(
              io.stateward.sync.spi.Peer peer, @org.jspecify.annotations.Nullable Tree with) {
            if (with == null) {
              throw new IllegalStateException("thrown by the authorizer");
            }
            return Admission.admitted(with.asString());
          }

          @Override
          public Permission may(
              String principal,
              String document,
              Operation operation,
              @org.jspecify.annotations.Nullable Tree change) {
            if (operation == Operation.WRITE || document.equals("secret")) {
              throw new IllegalStateException("thrown by the authorizer");
            }
            return Permission.granted();
          }
        };
    SyncHub strict = setting.open();

    RawClient nobody = RawClient.of(strict, "nobody");
    assertThat(nobody.closed).isEqualTo(1011);
    RawClient ada = RawClient.silent(strict, "ada");
    ada.say(RawClient.hello("ada", Tree.of("ada")));
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    ada.subscribe("secret");

    assertThat(ada.last(Frame.Rejected.class).code()).isEqualTo("failed");
    assertThat(ada.last(Frame.Lapsed.class).document()).isEqualTo("secret");
    assertThat(reported).hasSize(3);
  }

  @Test
  void open_withoutAnAuthorizer_isRefused() {
    assertThatThrownBy(() -> SyncHub.named("open").types(new ListType()).open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Authorizer.everybody()");
    assertThatThrownBy(() -> SyncHub.named("x").types(new ListType(), new ListType()))
        .hasMessageContaining("'list'");
    assertThatThrownBy(() -> SyncHub.named("x").authorizer(Authorizer.everybody()).open())
        .hasMessageContaining("no types");
  }

  @Test
  void listener_thatThrows_isReportedAndHarmsNobody() {
    SyncHub loud =
        SyncHub.named("loud")
            .types(new ListType())
            .authorizer(Authorizer.everybody())
            .executor(Runnable::run)
            .timekeeper(setting.time)
            .listener(
                event -> {
                  throw new IllegalStateException("thrown by the listener");
                })
            .open();

    RawClient ada = RawClient.of(loud, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");

    assertThat(ada.last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
    assertThat(reported).isNotEmpty();
  }
}
