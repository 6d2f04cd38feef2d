package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.VirtualThreads;
import io.stateward.codec.Tree;
import io.stateward.sync.spi.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub whose turns are virtual threads, which wait for the disk and for rights: none is pinned.
 */
@EnabledForJreRange(min = JRE.JAVA_24) // before, who waits for a monitor is pinned, as clients here
final class HubVirtualThreadsTest {

  private static final int CLIENTS = 20;
  private static final int OWN = 50;

  /** Whose answers have to be waited for: two at a time. */
  private record Slow(Semaphore desks) implements Authorizer {

    @Override
    public Admission authenticate(Peer peer, @Nullable Tree credentials) {
      return Admission.admitted("somebody");
    }

    @Override
    public Permission may(
        String principal, String document, Operation operation, @Nullable Tree change) {
      desks.acquireUninterruptibly();
      try {
        Thread.yield();
        return Permission.granted();
      } finally {
        desks.release();
      }
    }
  }

  @Test
  void hub_onVirtualThreads_losesNothingAndPinsNone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pinned.jfr");
    VirtualThreads.loadAllBeside(SyncHub.class);
    ExecutorService virtual = VirtualThreads.executor();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      use(virtual, folder.resolve("before")); // loads the classes, and the JVM pins who waits then
      recording.start();
      use(virtual, folder.resolve("during"));
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdown();
      assertThat(virtual.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Files.size(file)).isPositive();
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private static void use(ExecutorService virtual, Path folder) throws InterruptedException {
    try (SyncHub hub = open(virtual, folder)) {
      List<BusyClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new BusyClient("c" + i, () -> hub, virtual, OWN, CLIENTS * OWN, 0.001));
      }
      clients.forEach(BusyClient::connect);
      for (BusyClient each : clients) {
        assertThat(each.done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(each.wrong).isEmpty();
        assertThat(each.texts()).isEqualTo(clients.get(0).texts()).hasSize(CLIENTS * OWN);
      }
      assertThat(hub.figures().accepted()).isEqualTo((long) CLIENTS * OWN);
    }
  }

  private static SyncHub open(ExecutorService virtual, Path folder) {
    return SyncHub.named("virtual")
        .types(new ListType())
        .authorizer(new Slow(new Semaphore(2)))
        .storage(DocumentStorage.files(folder))
        .limits(
            HubLimits.standard()
                .withEachConnection(each -> each.withFramesPerSecond(1_000_000))
                .withEachDocument(each -> each.withRecent(16))) // who lags reads the journal
        .executor(virtual)
        .open();
  }
}
