package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.persist.Journal;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Position;
import io.stateward.sync.spi.Peer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may only read, or never changed a thing, costs the others nothing that is stored. */
final class ReadersTest {

  private final TestHub setting = new TestHub();
  private final FaultyStorage storage = new FaultyStorage(DocumentStorage.memory());
  private final Set<String> readers = new HashSet<>();

  {
    setting.authorizer =
        new Authorizer() {
          @Override
          public Admission authenticate(Peer peer, @Nullable Tree credentials) {
            return Authorizer.everybody().authenticate(peer, credentials);
          }

          @Override
          public Permission may(
              String principal, String document, Operation operation, @Nullable Tree change) {
            return operation == Operation.WRITE && readers.contains(principal)
                ? Permission.refused("You may read only.")
                : Permission.granted();
          }
        };
  }

  private long entries() {
    try (Journal journal = storage.journal("notes")) {
      return journal.next();
    }
  }

  @Test
  void mutations_ofWhoMayOnlyRead_areRefusedWithoutAnEntry() {
    SyncHub hub = setting.open(storage);
    RawClient eve = RawClient.of(hub, "eve");
    readers.add("eve");
    eve.subscribe("notes");

    for (int id = 1; id <= 300; id++) {
      eve.add("notes", id, "spam", id - 1);
    }
    eve.add("notes", 300, "spam", 299); // it comes again

    assertThat(eve.heard(Frame.Rejected.class)).hasSize(301);
    assertThat(eve.heard(Frame.Rejected.class))
        .extracting(Frame.Rejected::code)
        .containsOnly("forbidden");
    assertThat(entries()).isZero();
    assertThat(eve.closed).isNull();
    eve.subscribe("notes");
    assertThat(eve.last(Frame.Snapshot.class).last()).isZero();
  }

  @Test
  void mutation_afterRefusalsInPassing_storesThoseToo() {
    SyncHub hub = setting.open(storage);
    RawClient eve = RawClient.of(hub, "eve");
    readers.add("eve");
    eve.subscribe("notes");
    eve.add("notes", 1, "spam");
    eve.add("notes", 2, "more", 1);
    readers.clear();

    eve.add("notes", 3, "unaware", 1);
    eve.add("notes", 4, "milk", 3);
    hub.halt().toCompletableFuture().join();

    SyncHub next = setting.open(storage);
    RawClient again = RawClient.of(next, "eve");
    again.subscribe("notes");
    assertThat(again.last(Frame.Snapshot.class).last()).isEqualTo(4);
    assertThat(again.last(Frame.Snapshot.class).refused()).isEqualTo(3);
    assertThat(again.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array("milk"));
    for (int id = 1; id <= 4; id++) {
      again.add("notes", id, "again");
    }
    assertThat(again.heard(Frame.Rejected.class))
        .extracting(each -> each.id() + " " + each.code())
        .containsExactly("1 refused", "2 forbidden", "3 superseded");
    assertThat(again.last(Frame.Acknowledged.class).id()).isEqualTo(4);
  }

  @Test
  void denials_ofAWriterInARow_areBounded() {
    SyncHub hub = setting.open(storage);
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    bob.add("notes", 1, "milk");
    readers.add("bob");

    for (int id = 2; id <= 500; id++) {
      bob.add("notes", id, "spam", id - 1);
    }

    assertThat(bob.closed).isEqualTo(4429);
    assertThat(entries()).isLessThanOrEqualTo(102);
    assertThat(bob.heard(Frame.Rejected.class)).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void denials_betweenWhatIsAllowed_doNotClose() {
    SyncHub hub = setting.open(storage);
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    long refused = 0;
    for (int id = 1; id <= 400; id++) {
      boolean denied = id % 4 != 0;
      readers.removeAll(Set.of("bob"));
      readers.addAll(denied ? Set.of("bob") : Set.of());
      bob.add("notes", id, "t" + id, refused);
      refused = denied ? id : refused;
    }

    assertThat(bob.closed).isNull();
    assertThat(hub.figures().accepted()).isEqualTo(100);
  }

  @Test
  void readers_takeNoPlaceOfThoseWhoWrote() {
    setting.limits = HubLimits.standard().withEachDocument(each -> each.withClients(3));
    SyncHub hub = setting.open(storage);
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");
    ada.add("notes", 1, "milk");
    Position at = ada.position("notes");
    ada.vanish();
    for (int i = 0; i < 50; i++) {
      RawClient reader = RawClient.of(hub, "reader" + i);
      reader.subscribe("notes");
      reader.vanish();
    }
    for (int i = 0; i < 50; i++) { // of these nothing is accepted
      RawClient refused = RawClient.of(hub, "refused" + i);
      refused.subscribe("notes");
      refused.add("notes", 1, "no");
      refused.vanish();
    }
    hub.close();

    SyncHub next = setting.open(storage);
    RawClient again = RawClient.of(next, "ada");
    again.subscribe("notes", at);

    assertThat(again.last(Frame.Resumed.class).last()).isEqualTo(1);
  }
}
