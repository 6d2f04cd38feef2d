package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import org.junit.jupiter.api.Test;

/** What the simulation has found in the hub, each as the one order of events that led to it. */
final class FoundBySimulationTest {

  private final TestHub setting = new TestHub();

  @Test
  void subscribe_inThePlaceOfAConnectionThatIsGone_endsWhatWasSharedThere() {
    SyncHub hub = setting.open();
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    RawClient before = RawClient.of(hub, "ada");
    before.subscribe("notes");
    before.say(new Frame.Share("notes", Tree.of("here")));

    RawClient after = RawClient.of(hub, "ada"); // the first one is gone, which nobody has noticed
    after.subscribe("notes");

    assertThat(bob.last(Frame.Presence.class))
        .isEqualTo(new Frame.Presence("notes", "ada", Tree.ofNull()));
  }
}
