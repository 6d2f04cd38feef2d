package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.codec.Tree;
import io.stateward.sync.spi.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub under real threads: clients that lose connections, send twice, and a hub that restarts. */
final class HubThreadsTest {

  private final ExecutorService hubPool = Executors.newFixedThreadPool(4);
  private final ExecutorService clientPool = Executors.newFixedThreadPool(4);

  @AfterEach
  void end() {
    hubPool.shutdownNow();
    clientPool.shutdownNow();
  }

  private SyncHub open(DocumentStorage storage) {
    return SyncHub.named("threads")
        .types(new ListType())
        .authorizer(Authorizer.everybody())
        .storage(storage)
        .limits(
            HubLimits.standard()
                .withEachConnection(each -> each.withFramesPerSecond(1_000_000))
                .withEachDocument(each -> each.withRecent(64)))
        .executor(hubPool)
        .open();
  }

  private static void awaitAll(List<BusyClient> clients) throws InterruptedException {
    for (BusyClient each : clients) {
      if (!each.done.await(40, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "%s has %d after 40 s; suspect a lost wake-up."
                .formatted(each.name, each.texts().size()));
      }
    }
  }

  private static void assertEqual(List<BusyClient> clients, int own) {
    List<String> expected = clients.get(0).texts();
    assertThat(expected).hasSize(clients.size() * own).doesNotHaveDuplicates();
    for (BusyClient each : clients) {
      assertThat(each.wrong).isEmpty();
      assertThat(each.texts()).isEqualTo(expected);
      assertThat(expected.stream().filter(text -> text.startsWith(each.name + " ")))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, own).mapToObj(i -> BusyClient.text(each.name, i)).toList());
    }
  }

  @Test
  void clients_thatLoseConnectionsAndSendTwice_endWithTheSame() throws Exception {
    SyncHub hub = open(DocumentStorage.memory());
    List<BusyClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(new BusyClient("c" + i, () -> hub, clientPool, 300, 8 * 300, 0.002));
    }

    clients.forEach(BusyClient::connect);
    awaitAll(clients);

    assertEqual(clients, 300);
    assertThat(hub.figures().accepted()).isEqualTo(8 * 300);
    hub.close();
  }

  @Test
  void hub_thatRestartsAgainAndAgain_losesNothingAndDoublesNothing(@TempDir Path folder)
      throws Exception {
    AtomicReference<SyncHub> hub = new AtomicReference<>(open(DocumentStorage.files(folder)));
    List<BusyClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new BusyClient("c" + i, hub::get, clientPool, 400, 4 * 400, 0.001));
    }
    clients.forEach(BusyClient::connect);

    for (int round = 1; round <= 6; round++) {
      long enough = 4 * 400 * round / 8;
      while (clients.get(0).texts().size() < enough) {
        Thread.onSpinWait();
      }
      SyncHub running = hub.get();
      (round % 2 == 0 ? running.shutdown() : running.halt()).toCompletableFuture().join();
      hub.set(open(DocumentStorage.files(folder)));
    }
    awaitAll(clients);

    assertEqual(clients, 400);
    hub.get().close();
  }

  @Test
  void connections_aThousand_areAllTold() throws Exception {
    SyncHub hub = open(DocumentStorage.memory());
    List<BusyClient> clients = new ArrayList<>();
    clients.add(new BusyClient("writer", () -> hub, clientPool, 50, 50, 0));
    for (int i = 0; i < 999; i++) {
      clients.add(new BusyClient("r" + i, () -> hub, clientPool, 0, 50, 0));
    }

    clients.forEach(BusyClient::connect);
    awaitAll(clients);

    List<String> expected = clients.get(0).texts();
    for (BusyClient each : clients) {
      assertThat(each.wrong).isEmpty();
      assertThat(each.texts()).isEqualTo(expected);
    }
    assertThat(hub.figures().connections()).isEqualTo(1000);
    assertThat(hub.figures().waitingAnswers()).isZero();
    hub.close();
    assertThat(hub.figures().connections()).isZero();
  }

  /** What is asked of an authorizer that does not answer keeps nobody else waiting. */
  @Test
  void hub_withThreadsOfItsOwn_goesOnWhileAuthorizersBlock_andEndsThemWithIt() throws Exception {
    var release = new CountDownLatch(1);
    var asked = new CountDownLatch(20);
    var threads = ConcurrentHashMap.<Thread>newKeySet();
    AtomicInteger daemons = new AtomicInteger();
    Authorizer slow =
        new Authorizer() {
          @Override
          public Admission authenticate(Peer peer, @Nullable Tree credentials) {
            threads.add(Thread.currentThread());
            daemons.addAndGet(Thread.currentThread().isDaemon() ? 1 : 0);
            if (peer.principal() != null && peer.principal().equals("slow")) {
              asked.countDown();
              await(release);
            }
            return Admission.admitted("anybody");
          }

          @Override
          public Permission may(
              String principal, String document, Operation operation, @Nullable Tree change) {
            return Permission.granted();
          }
        };
    SyncHub hub = SyncHub.named("own").types(new ListType()).authorizer(slow).open();
    for (int i = 0; i < 20; i++) {
      RawClient.of(hub, "slow" + i, "slow");
    }
    await(asked);

    RawClient ada = RawClient.of(hub, "ada", "quick");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (ada.messages == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    assertThat(ada.messages).isPositive();
    assertThat(threads).allSatisfy(each -> assertThat(each.getName()).startsWith("hub 'own' #"));
    assertThat(daemons).hasValue(21);
    release.countDown();
    hub.shutdown().toCompletableFuture().get(20, TimeUnit.SECONDS);
    for (Thread each : threads) {
      each.join(20_000);
      assertThat(each.isAlive()).isFalse();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
