package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.spi.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's id is seen by many; its place has only who has its key, as the same principal. */
final class ClientKeyTest {

  private static final String KEY = "the key that ada made";
  private static final String OTHER = "the key that eve made";

  private final TestHub setting = new TestHub();

  /** A client that all are called, and are who the container says: nobody in particular. */
  private static RawClient connect(SyncHub hub, String key) {
    return connect(hub, key, null);
  }

  private static RawClient connect(SyncHub hub, String key, @Nullable String principal) {
    RawClient client = RawClient.silent(hub, "c", new Peer("test", principal, java.util.Map.of()));
    client.say(new Frame.Hello(List.of(1), "c", key, null));
    return client;
  }

  private static RawClient author(SyncHub hub) {
    RawClient ada = connect(hub, KEY);
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    return ada;
  }

  @Test
  void hello_withAnotherKey_doesNotTakeThePlaceOfWhoIsConnected() {
    SyncHub hub = setting.open();
    RawClient ada = author(hub);

    RawClient eve = connect(hub, OTHER);

    assertThat(eve.last(Frame.Failure.class).code()).isEqualTo("taken");
    assertThat(eve.closed).isEqualTo(1013);
    assertThat(eve.closedBecause).startsWith("retry-after=1000 ");
    assertThat(ada.closed).isNull();
    ada.add("notes", 2, "bread");
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(2);
  }

  @Test
  void hello_withTheSameKey_takesOver() {
    SyncHub hub = setting.open();
    RawClient ada = author(hub);

    RawClient again = connect(hub, KEY);
    again.subscribe("notes");

    assertThat(ada.closed).isEqualTo(4409);
    assertThat(again.last(Frame.Snapshot.class).last()).isEqualTo(1);
  }

  @Test
  void subscribe_withAnotherKey_isForbiddenWhereTheClientIsKnown() {
    SyncHub hub = setting.open();
    author(hub).vanish();

    RawClient eve = connect(hub, OTHER);
    eve.subscribe("notes");
    eve.add("notes", 2, "as ada");

    assertThat(eve.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
    assertThat(eve.last(Frame.Lapsed.class).retryMillis()).isEqualTo(-1);
    assertThat(eve.heard(Frame.Snapshot.class)).isEmpty();
    assertThat(hub.figures().accepted()).isEqualTo(1);
  }

  @Test
  void subscribe_withAnotherKey_isForbiddenAfterTheHubHasStartedAnew() {
    FaultyStorage storage = new FaultyStorage(DocumentStorage.memory()); // outlives hubs
    for (boolean orderly : new boolean[] {true, false}) { // from the record, and from the journal
      String document = orderly ? "saved" : "journaled";
      SyncHub before = setting.open(storage);
      RawClient ada = connect(before, KEY);
      ada.subscribe(document);
      ada.add(document, 1, "milk"); // only with the first is stored whose it is
      ada.add(document, 2, "no");
      ada.add(document, 3, "bread", 2);
      var unused = orderly ? before.shutdown() : before.halt();

      SyncHub hub = setting.open(storage);
      RawClient eve = connect(hub, OTHER);
      eve.subscribe(document);
      assertThat(eve.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
      eve.vanish();
      RawClient again = connect(hub, KEY);
      again.subscribe(document);
      assertThat(again.last(Frame.Snapshot.class).last()).isEqualTo(3);
    }
  }

  /** The client is forgotten in memory and comes again, as somebody else; the record keeps it. */
  @Test
  void client_whoseForgettingWasNotStored_isNotMixedWithWhoCameAfterIt() {
    setting.limits = HubLimits.standard().withEachDocument(each -> each.withClients(1));
    FaultyStorage storage = new FaultyStorage(DocumentStorage.memory()); // outlives hubs
    SyncHub first = setting.open(storage);
    RawClient ada = author(first);
    ada.add("notes", 2, "no");
    assertThat(ada.last(Frame.Rejected.class).id()).isEqualTo(2);
    ada.vanish();
    var unused = first.shutdown();

    SyncHub second = setting.open(storage);
    storage.writesFail = true;
    RawClient writer = RawClient.of(second, "writer");
    writer.subscribe("notes");
    for (int id = 1; id <= 3; id++) { // so much that the document is saved, and the other forgotten
      writer.add("notes", id, "t".repeat(200_000));
    }
    assertThat(writer.last(Frame.Acknowledged.class).id()).isEqualTo(3);
    RawClient eve = connect(second, OTHER);
    eve.subscribe("notes");
    eve.add("notes", 1, "bread");
    eve.add("notes", 2, "butter");
    assertThat(eve.last(Frame.Acknowledged.class).id()).isEqualTo(2);
    unused = second.halt();

    storage.writesFail = false;
    SyncHub third = setting.open(storage);
    eve = connect(third, OTHER);
    eve.subscribe("notes");
    assertThat(eve.heard(Frame.Lapsed.class)).isEmpty();
    assertThat(eve.last(Frame.Snapshot.class).last()).isEqualTo(2);
    assertThat(eve.last(Frame.Snapshot.class).refused()).isZero();
    eve.add("notes", 2, "butter");
    assertThat(eve.heard(Frame.Rejected.class)).isEmpty();
    assertThat(eve.last(Frame.Acknowledged.class).id()).isEqualTo(2);
    eve.vanish();
    ada = connect(third, KEY);
    ada.subscribe("notes");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
  }

  @Test
  void key_ofOnePrincipal_isNothingWorthForAnother() {
    SyncHub hub = setting.open();
    RawClient ada = connect(hub, KEY, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");

    RawClient eve = connect(hub, KEY, "eve");
    assertThat(eve.last(Frame.Failure.class).code()).isEqualTo("taken");
    ada.vanish();
    eve = connect(hub, KEY, "eve");
    eve.subscribe("notes");

    assertThat(eve.last(Frame.Lapsed.class).code()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"key\":null",
        ",\"key\":1234567890123456",
        ",\"key\":[\"s3cret s3cret s3cret\"]",
        ",\"key\":\"\"",
        ",\"key\":\"s3cret s3cret 1\"",
        ",\"key\":\"s3cret s3cret s3cret \\ud800\"",
        "129",
        "600",
      })
  void hello_withAKeyThatIsNone_isRefusedAndNotShown(String key) {
    SyncHub hub = setting.open();
    RawClient ada = RawClient.silent(hub, "ada");

    String member = key.matches("\\d+") ? ",\"key\":\"" + "s3".repeat(300) : key;
    String cut = key.equals("129") ? member.substring(0, 8 + 129) + '"' : member;
    ada.sayText(
        "{\"t\":\"hello\",\"versions\":[1],\"client\":\"ada\"%s}"
            .formatted(key.equals("600") ? member + '"' : cut));

    assertThat(ada.closed).isEqualTo(4400);
    assertThat(ada.last(Frame.Failure.class).code()).isEqualTo("malformed");
    assertThat(ada.last(Frame.Failure.class).reason())
        .contains("'key'")
        .doesNotContain("s3", "1234");
    assertThat(setting.events.toString()).doesNotContain("s3");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 128})
  void hello_withTheShortestAndTheLongestKey_isWelcome(int length) {
    RawClient ada = connect(setting.open(), "k".repeat(length));

    assertThat(ada.heard(Frame.Welcome.class)).hasSize(1);
  }

  /** Whatever is stored, told or reported has neither the key nor the credentials. */
  @Test
  void key_isNeitherStoredNorToldNorReported() {
    List<Object> seen = new ArrayList<>();
    List<byte[]> written = new ArrayList<>();
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(Peer peer, @Nullable Tree credentials) {
            return Admission.admitted("everybody");
          }

          @Override
          public Permission may(
              String principal, String document, Operation operation, @Nullable Tree change) {
            if (operation == Operation.SHARE) {
              throw new IllegalStateException("thrown by the authorizer");
            }
            return Permission.granted();
          }
        };
    FaultyStorage storage = new FaultyStorage(DocumentStorage.memory()); // outlives hubs
    SyncHub hub = setting.open(storage);
    try (Subscription probing = Probe.attach(seen::add)) {
      for (String key : List.of(KEY, OTHER, KEY)) {
        RawClient each = RawClient.silent(hub, "c");
        each.say(new Frame.Hello(List.of(1), "c", key, Tree.of("a password")));
        each.subscribe("notes");
        each.add("notes", 1, "milk");
        each.say(new Frame.Share("notes", Tree.of("cursor")));
        each.say(new Frame.Hello(List.of(1), "c", key, Tree.of("a password")));
        seen.addAll(each.heard);
        seen.add(each.closedBecause);
      }
    }
    storage.journal("notes").read(0, 100).forEach(each -> written.add(each.bytes()));
    var unused = hub.shutdown();
    written.add(storage.records().read("notes").bytes());
    written.forEach(each -> seen.add(new String(each, StandardCharsets.UTF_8)));
    seen.addAll(setting.events);

    assertThat(seen.toString())
        .contains("everybody", "thrown by the authorizer", "\"owner\":", "\"o\":")
        .doesNotContain(KEY, OTHER, "a password");
  }

  @Test
  void owner_ofAnotherPrincipalOrKey_isAnother() {
    Set<String> owners = new HashSet<>();
    String[][] pairs = {
      {"ada", KEY}, {"ada", OTHER}, {"eve", KEY}, {"", "ada" + KEY}, {"ada" + KEY, ""},
      {"a", "da" + KEY}, {"ada\ud800", KEY}, {"ada\udc00", KEY}, {"ada?", KEY}, {"ad\u0000a", KEY},
    };
    for (String[] each : pairs) {
      owners.add(Owner.of(each[0], each[1]));
    }

    assertThat(owners).hasSize(pairs.length).allMatch(each -> each.matches("[\\w-]{22}"));
    assertThat(Owner.of("ada", "0123456789abcdef"))
        .isEqualTo(Owner.of("ada", "0123456789abcdef"))
        .isEqualTo("ywYgoSaXJngtnM1pTzAbGg");
  }
}
