package io.stateward.jakarta.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.VirtualThreads;
import io.stateward.jakarta.websocket.SyncEndpointTest.Kind;
import io.stateward.persist.Journal;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.DocumentStorage;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hub, its endpoint and its clients on virtual threads, over sockets: none is pinned. */
@EnabledForJreRange(min = JRE.JAVA_24) // before, who waits for a monitor of a container is pinned
final class VirtualThreadsTest {

  private static final int CLIENTS = 8;
  private static final int WORDS = 25;

  @ParameterizedTest
  @EnumSource
  void clients_onVirtualThreads_convergeAndPinNone(Kind kind, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pinned.jfr");
    VirtualThreads.loadAllBeside(SyncHub.class);
    VirtualThreads.loadAllBeside(SyncEndpoint.class);
    ExecutorService virtual = VirtualThreads.executor();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      use(kind, virtual, folder.resolve("before")); // loads the classes, for which who waits is
      recording.start(); // pinned
      use(kind, virtual, folder.resolve("during"));
      recording.stop();
      recording.dump(file);
    } finally {
      virtual.shutdown();
      assertThat(virtual.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Files.size(file)).isPositive();
    assertThat(VirtualThreads.pinnedInStateward(file)).isEmpty();
  }

  private static void use(Kind kind, ExecutorService virtual, Path folder) throws Exception {
    SyncHub hub =
        SyncHub.named("virtual")
            .types(TextType.standard())
            .authorizer(Authorizer.everybody())
            .storage(DocumentStorage.files(folder.resolve("hub")))
            .executor(virtual)
            .open();
    SyncEndpoint endpoint = SyncEndpoint.at("/sync", hub::accept).executor(virtual);
    try (TestServer server = kind.start(endpoint)) {
      write(server, virtual, folder);
      hub.close(); // closes all connections, which may block
    }
    assertThat(hub.figures().accepted()).isEqualTo((long) CLIENTS * WORDS);
  }

  private static void write(TestServer server, ExecutorService virtual, Path folder)
      throws Exception {
    List<SyncClient> clients = new ArrayList<>();
    List<TextDocument> texts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Path outbox = folder.resolve("outbox" + i);
      SyncClient client =
          SyncClient.over(server.direct())
              .outbox(() -> Journal.file(outbox))
              .executor(virtual)
              .open();
      clients.add(client);
      texts.add(client.text("notes"));
    }
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      writing.add(virtual.submit(() -> write(clients.get(number), texts.get(number), number)));
    }
    for (Future<?> each : writing) {
      each.get(60, TimeUnit.SECONDS);
    }
    await(() -> texts.stream().allMatch(each -> words(each) == CLIENTS * WORDS));
    await(() -> clients.stream().allMatch(each -> each.pending().get() == 0));
    clients.forEach(SyncClient::close);
    for (SyncClient each : clients) {
      assertThat(each.closed().toCompletableFuture().get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  /** One word after the other, each when the one before is durable. */
  private static @Nullable Void write(SyncClient client, TextDocument text, int number)
      throws Exception {
    for (int word = 0; word < WORDS; word++) {
      text.insert(0, number + "-" + word + ";");
      client.whenSettled().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
    return null;
  }

  private static int words(TextDocument text) {
    return (int) text.now().toString().chars().filter(each -> each == ';').count();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
