package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.protocol.Frame;
import io.stateward.sync.protocol.Frames;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What the simulation has found in the hub, each as the one order of events that led to it. */
final class FoundBySimulationTest {

  private final TestHub setting = new TestHub();
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Test
  void subscribe_beforeTheConnectionBeforeHasLeft_endsWhatWasSharedThere() {
    setting.executor = tasks::add;
    SyncHub hub = setting.open();
    RawClient bob = RawClient.of(hub, "bob");
    bob.subscribe("notes");
    RawClient before = RawClient.of(hub, "ada");
    before.subscribe("notes");
    before.say(new Frame.Share("notes", Tree.of("here")));
    runAll();
    assertThat(bob.last(Frame.Presence.class).state()).isEqualTo(Tree.of("here"));

    RawClient after = RawClient.of(hub, "ada"); // of another process: it shares nothing
    after.subscribe("notes");
    tasks.remove().run(); // its hello ends the connection before, whose turn waits
    Runnable leaving = tasks.removeLast();
    runAll();
    leaving.run();
    runAll();

    assertThat(before.closed).isEqualTo(4409);
    assertThat(after.heard(Frame.Snapshot.class)).hasSize(1);
    assertThat(bob.last(Frame.Presence.class).state()).isEqualTo(Tree.ofNull());
  }

  @Test
  void message_ofMoreFramesThanMayWait_isTakenIn() {
    setting.limits = HubLimits.standard().withEachConnection(each -> each.withWaitingFrames(2));
    RawClient ada = RawClient.of(setting.open(), "ada");
    ada.subscribe("notes");

    String ping = Frames.encode(new Frame.Ping(1));
    ada.sayText("[" + String.join(",", Collections.nCopies(50, ping)) + "]");
    ada.add("notes", 1, "milk");

    assertThat(ada.closed).isNull(); // else it would come again with the same, for ever
    assertThat(ada.last(Frame.Acknowledged.class).id()).isEqualTo(1);
  }
}
