package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Level;
import io.stateward.time.VirtualTimekeeper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SyncHubTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final SyncHub hub =
      SyncHub.named("test")
          .types(new ListType())
          .authorizer(Authorizer.everybody())
          .executor(Runnable::run)
          .timekeeper(time)
          .open();

  @Test
  void subscribe_toADocumentThatIsNew_beginsWithAnEmptySnapshot() {
    RawClient ada = RawClient.of(hub, "ada");

    ada.subscribe("notes");

    assertThat(ada.last(Frame.Welcome.class).version()).isEqualTo(1);
    Frame.Snapshot snapshot = ada.last(Frame.Snapshot.class);
    assertThat(snapshot.at().sequence()).isZero();
    assertThat(snapshot.last()).isZero();
    assertThat(snapshot.state()).isEqualTo(Tree.array());
  }

  @Test
  void mutate_isAcknowledgedToItsAuthorAndToldToOthers() {
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");

    ada.add("notes", 1, "milk");

    assertThat(ada.heard(Frame.Acknowledged.class))
        .containsExactly(
            new Frame.Acknowledged("notes", 1, 1, Level.APPLIED, null),
            new Frame.Acknowledged("notes", 1, 1, Level.DURABLE, null));
    assertThat(bob.heard(Frame.Update.class))
        .containsExactly(new Frame.Update("notes", 1, "ada", 1, 0, Tree.of("milk")));
    assertThat(ada.heard(Frame.Update.class)).isEmpty();
  }

  @Test
  void mutate_thatComesAgain_hasNoSecondEffectAndIsAnsweredAgain() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.add("notes", 1, "milk");
    ada.add("notes", 1, "milk");

    assertThat(ada.heard(Frame.Acknowledged.class))
        .filteredOn(each -> each.level() == Level.DURABLE)
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.sequence()).isEqualTo(1));
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    assertThat(bob.last(Frame.Snapshot.class).state()).isEqualTo(Tree.array("milk"));
  }

  @Test
  void mutate_thatIsRefused_comesBackById_andWhatWasBuiltOnItIsSuperseded() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.add("notes", 1, "no");
    ada.add("notes", 2, "milk");
    ada.add("notes", 3, "bread", 2);
    ada.add("notes", 1, "no");

    assertThat(ada.heard(Frame.Rejected.class))
        .extracting(each -> each.id() + " " + each.code())
        .containsExactly("1 unwanted", "2 superseded", "1 unwanted");
    assertThat(ada.last(Frame.Acknowledged.class))
        .isEqualTo(new Frame.Acknowledged("notes", 3, 1, Level.DURABLE, null));
  }

  @Test
  void subscribe_atAKnownPosition_resumesThere() {
    RawClient ada = RawClient.of(hub, "ada");
    RawClient bob = RawClient.of(hub, "bob");
    ada.subscribe("notes");
    bob.subscribe("notes");
    ada.add("notes", 1, "milk");
    bob.vanish();
    ada.add("notes", 2, "bread");
    ada.add("notes", 3, "lower");

    RawClient again = RawClient.of(hub, "bob");
    again.subscribe("notes", bob.position("notes"));

    assertThat(again.last(Frame.Resumed.class).at().sequence()).isEqualTo(1);
    assertThat(again.heard(Frame.Update.class))
        .extracting(each -> each.change().asString())
        .containsExactly("bread", "LOWER");
    assertThat(ada.last(Frame.Acknowledged.class).change()).isEqualTo(Tree.of("LOWER"));
    assertThat(ada.texts("notes", List.of("milk", "bread", "lower")))
        .containsExactly("milk", "bread", "LOWER");
  }

  @Test
  void mutate_thatSkipsAnId_lapsesWithAGap() {
    RawClient ada = RawClient.of(hub, "ada");
    ada.subscribe("notes");

    ada.add("notes", 2, "milk");
    ada.add("notes", 1, "bread");
    assertThat(ada.last(Frame.Lapsed.class).code()).isEqualTo("gap");
    assertThat(ada.heard(Frame.Acknowledged.class)).isEmpty();

    ada.subscribe("notes");
    ada.add("notes", 1, "bread");
    assertThat(ada.last(Frame.Acknowledged.class).level()).isEqualTo(Level.DURABLE);
  }
}
