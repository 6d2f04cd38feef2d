package io.stateward.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.signal.Subscription;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.transport.MemoryNetwork;
import io.stateward.time.Timekeeper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveTextTest {

  @TempDir private Path folder;
  private final MemoryNetwork network =
      MemoryNetwork.create(ForkJoinPool.commonPool(), Timekeeper.system(), 7);
  private SyncHub hub;
  private Subscription listening;

  @BeforeEach
  void start() {
    hub = LiveText.hub(folder.resolve("documents"));
    listening = network.listen(hub::accept);
  }

  @AfterEach
  void stop() {
    listening.close();
    hub.close();
  }

  private SyncClient client(String name) {
    return LiveText.client(network.transport(name), folder.resolve(name));
  }

  @Test
  void edits_ofOne_reachTheOther_andCursorsToo() throws Exception {
    try (SyncClient ada = client("ada");
        SyncClient bob = client("bob")) {
      List<TextDelta> seen = new CopyOnWriteArrayList<>();
      CountDownLatch arrived = new CountDownLatch(1);
      TextDocument hers = LiveText.open(ada);
      TextDocument his = bob.text("notes");
      try (Subscription following =
          LiveText.watch(
              his,
              (delta, by) -> {
                seen.add(delta);
                if (his.now().toString().contains("Hello")) {
                  arrived.countDown();
                }
              })) {
        hers.whenSettled().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(seen).isNotEmpty();

      CountDownLatch shared = new CountDownLatch(1);
      try (Subscription watching =
          his.presence()
              .subscribe(
                  change -> {
                    if (!change.now().isEmpty()) {
                      shared.countDown();
                    }
                  })) {
        LiveText.share(hers, 5);
        assertThat(shared.await(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(his.presence().get())
          .isEqualTo(Map.of(ada.id(), Tree.parse("{\"name\":\"Ada\",\"at\":5}")));
    }
  }

  @Test
  void edits_madeOffline_outliveTheProcess() throws Exception {
    SyncClient before = client("ada");
    CountDownLatch alone = new CountDownLatch(1);
    try (Subscription watching =
        before
            .status()
            .subscribe(
                change -> {
                  if (change.now() instanceof ConnectionStatus.Offline) {
                    alone.countDown();
                  }
                })) {
      before.disconnect();
      assertThat(alone.await(10, TimeUnit.SECONDS)).isTrue();
    }
    TextDocument offline = before.text("notes");
    offline.insert(0, "written offline");
    List<String> told = new CopyOnWriteArrayList<>();
    LiveText.tell(before, offline, told::add);
    before.close();
    before.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(told).containsExactly("offline, 1 waiting");

    try (SyncClient again = client("ada")) {
      TextDocument text = again.text("notes");
      assertThat(text.now().toString()).isEqualTo("written offline");
      text.whenSettled().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(text.pending().get()).isZero();
    }
  }
}
