package io.stateward.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Peer;
import io.stateward.sync.transport.MemoryLink.Direction;
import io.stateward.time.Timekeeper;
import io.stateward.time.VirtualTimekeeper;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryNetworkTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryNetwork network = MemoryNetwork.create(Runnable::run, time, 7);
  private final MemoryLink link = network.link("ada");
  private final List<Side> servers = new ArrayList<>();

  /** One side of a connection, which notes what it is told. */
  private static class Side implements ConnectionListener {
    final List<String> heard = new ArrayList<>();
    @Nullable Connection connection;

    @Override
    public void onFrame(String frame) {
      heard.add(frame);
    }

    @Override
    public void onClosed(int code, String reason) {
      heard.add("closed " + code);
    }

    CompletableFuture<Void> send(String frame) {
      return connection().send(frame).toCompletableFuture();
    }

    Connection connection() {
      if (connection == null) {
        throw new AssertionError("not connected");
      }
      return connection;
    }
  }

  private Subscription listen() {
    return network.listen(
        (connection, peer) -> {
          Side side = new Side();
          side.connection = connection;
          side.heard.add("from " + (peer.principal() == null ? peer.address() : peer.principal()));
          servers.add(side);
          return side;
        });
  }

  private Side connect() {
    Side side = new Side();
    CompletionStage<Connection> opened = network.transport("ada").connect(side);
    time.advance(Duration.ofSeconds(10));
    side.connection = opened.toCompletableFuture().exceptionally(e -> null).getNow(null);
    return side;
  }

  @Test
  void send_onAPerfectNetwork_arrivesAtOnceBothWays() {
    listen();
    Side client = connect();

    assertThat(client.send("a")).isCompleted();
    servers.get(0).send("b");
    client.connection().close(1000, "bye");

    assertThat(servers.get(0).heard).containsExactly("from ada", "a", "closed 1000");
    assertThat(client.heard).containsExactly("b", "closed 1000");
    assertThat(client.send("c")).isCompletedExceptionally();
    assertThatThrownBy(() -> client.send("c").join()).hasCauseInstanceOf(ClosedException.class);
  }

  @Test
  void connect_whileNobodyListens_fails() {
    CompletionStage<Connection> none = network.transport("ada").connect(new Side());
    assertThatThrownBy(() -> none.toCompletableFuture().join())
        .hasCauseInstanceOf(ConnectException.class);

    Subscription listening = listen();
    link.refuse(true);
    assertThat(connect().connection).isNull();
    link.refuse(false);
    assertThat(connect().connection).isNotNull();
    listening.close();
    assertThat(connect().connection).isNull();
    assertThat(servers).hasSize(1);
  }

  @Test
  void latency_ofAnyKind_keepsTheOrder() {
    listen();
    Side client = connect();
    link.latency(Duration.ofMillis(1), Duration.ofMillis(500)).window(Direction.TO_SERVER, 1000);

    IntStream.range(0, 100).forEach(i -> client.send("" + i));
    assertThat(servers.get(0).heard).hasSize(1);
    time.advance(Duration.ofMillis(500));

    assertThat(servers.get(0).heard.subList(1, 101))
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "" + i).toList());
  }

  @Test
  void send_beyondTheWindow_completesWhenTheOtherEndHasRead() {
    listen();
    Side client = connect();
    link.pace(Direction.TO_SERVER, Duration.ofSeconds(1)).window(Direction.TO_SERVER, 2);

    List<CompletableFuture<Void>> sent =
        IntStream.range(0, 4).mapToObj(i -> client.send("" + i)).toList();
    assertThat(sent.get(2)).isCompleted();
    assertThat(sent.get(3)).isNotDone();
    assertThatThrownBy(() -> client.send("too early").join())
        .hasCauseInstanceOf(IllegalStateException.class);
    time.advance(Duration.ofSeconds(1));

    assertThat(sent.get(3)).isCompleted();
    assertThat(servers.get(0).heard).containsExactly("from ada", "0", "1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void cut_withFramesOnTheirWay_losesThemFromSomePlaceOn(long seed) {
    MemoryNetwork other = MemoryNetwork.create(Runnable::run, time, seed);
    Side server = new Side();
    other.listen((connection, peer) -> server);
    Side client = new Side();
    client.connection = other.transport("ada").connect(client).toCompletableFuture().join();
    other.link("ada").latency(Duration.ofMillis(10), Duration.ofMillis(20));

    IntStream.range(0, 10).forEach(i -> client.send("" + i));
    other.link("ada").cut();
    client.send("lost");
    time.advance(Duration.ofMillis(20));

    List<String> heard = server.heard.subList(0, server.heard.size() - 1);
    assertThat(server.heard).endsWith("closed 1006");
    assertThat(heard)
        .containsExactlyElementsOf(IntStream.range(0, heard.size()).mapToObj(i -> "" + i).toList());
    assertThat(client.heard).containsExactly("closed 1006");
  }

  @Test
  void vanish_tellsNobody_andSendersWaitOnceTheWindowIsFull() {
    listen();
    Side client = connect();
    link.vanish();
    link.window(Direction.TO_SERVER, 1);

    assertThat(client.send("a")).isCompleted();
    CompletableFuture<Void> waiting = client.send("b");
    time.advance(Duration.ofDays(1));

    assertThat(waiting).isNotDone();
    assertThat(client.heard).isEmpty();
    client.connection().close(1001, "silence");
    assertThat(client.heard).containsExactly("closed 1001");
    assertThat(waiting).isCompletedExceptionally();
    assertThat(servers.get(0).heard).containsExactly("from ada");
  }

  @Test
  void hold_inOneDirection_keepsFramesUntilItIsReleased() {
    listen();
    Side client = connect();
    link.hold(Direction.TO_CLIENT);

    servers.get(0).send("late");
    client.send("early");
    time.advance(Duration.ofMinutes(1));
    assertThat(client.heard).isEmpty();
    assertThat(servers.get(0).heard).contains("early");
    link.release(Direction.TO_CLIENT);

    assertThat(client.heard).containsExactly("late");
  }

  @Test
  void abandon_ofAConnection_deliversItsTailAfterANewOneHasBegun() {
    listen();
    Side client = connect();
    link.latency(Duration.ofMillis(5), Duration.ofMillis(5));
    client.send("tail");
    link.abandon(Duration.ofMinutes(1));
    link.latency(Duration.ZERO, Duration.ZERO);

    Side again = connect();
    again.send("new");
    assertThat(client.heard).containsExactly("closed 1006");
    assertThat(servers.get(0).heard).containsExactly("from ada");
    assertThat(servers.get(1).heard).containsExactly("from ada", "new");
    time.advance(Duration.ofMinutes(1));

    assertThat(servers.get(0).heard).containsExactly("from ada", "tail", "closed 1006");
  }

  @Test
  void faults_ofEveryKind_showInWhatArrives() {
    listen();
    Side client = connect();
    List<String> sent = IntStream.range(0, 200).mapToObj(i -> "frame 😀 " + i).toList();
    Random random = new Random(7);

    List<String> dropped = heardWith(client, sent, FrameFault.dropping(random, 0.2));
    List<String> doubled = heardWith(client, sent, FrameFault.doubling(random, 0.2));
    List<String> swapped = heardWith(client, sent, FrameFault.swapping(random, 0.2));
    List<String> garbled = heardWith(client, sent, FrameFault.garbling(random, 0.2));

    assertThat(dropped).hasSizeBetween(120, 190).isSubsetOf(sent);
    assertThat(doubled).hasSizeBetween(210, 280).containsAll(sent);
    assertThat(swapped).isNotEqualTo(sent).isSubsetOf(sent).doesNotHaveDuplicates();
    assertThat(garbled)
        .hasSize(200)
        .filteredOn(frame -> !sent.contains(frame))
        .hasSizeGreaterThan(9);
  }

  private List<String> heardWith(Side client, List<String> sent, FrameFault fault) {
    link.faults(Direction.TO_SERVER, () -> fault);
    servers.get(0).heard.clear();
    sent.forEach(client::send);
    return List.copyOf(servers.get(0).heard);
  }

  @Test
  void listener_thatThrows_losesItsConnectionAndIsReported() {
    List<Probe.Event> events = new ArrayList<>();
    Side client = new Side();
    try (Subscription ignored = Probe.attach(events::add)) {
      network.listen(
          (connection, peer) ->
              new ConnectionListener() {
                @Override
                public void onFrame(String frame) {
                  throw new IllegalArgumentException(frame);
                }

                @Override
                public void onClosed(int code, String reason) {}
              });
      client.connection = network.transport("ada").connect(client).toCompletableFuture().join();
      client.send("poison");
    }

    assertThat(client.heard).containsExactly("closed 1011");
    assertThat(events).singleElement().isInstanceOf(Probe.Failed.class);
  }

  @Test
  void accept_thatThrows_closesTheConnectionAndIsReported() {
    List<Probe.Event> events = new ArrayList<>();
    Side client = new Side();
    try (Subscription ignored = Probe.attach(events::add)) {
      network.listen(
          (connection, peer) -> {
            throw new IllegalStateException("full");
          });
      network.transport("ada").connect(client);
    }

    assertThat(client.heard).containsExactly("closed 1011");
    assertThat(events).hasSize(1);
  }

  @Test
  void close_withACodeThatIsNeverSent_isRefused() {
    listen();
    Side client = connect();

    assertThatThrownBy(() -> client.connection().close(1006, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1006");
    assertThatThrownBy(() -> client.send("\ud800").join())
        .hasCauseInstanceOf(IllegalArgumentException.class);
    client.connection().close(4409, "é".repeat(100));
    assertThat(servers.get(0).heard).endsWith("closed 4409");
  }

  @Test
  void peer_ofALink_isWhoTheServerSees() {
    listen();
    link.peer(new Peer("10.0.0.1", "Ada", Map.of()));
    connect();

    assertThat(servers.get(0).heard).containsExactly("from Ada");
  }

  @Test
  void send_byManyThreads_arrivesInOrderAndOnce() throws InterruptedException {
    int clients = 8;
    int frames = 2_000;
    ExecutorService executor = Executors.newFixedThreadPool(4);
    CountDownLatch arrived = new CountDownLatch(clients * frames);
    List<Side> sides = new ArrayList<>();
    MemoryNetwork busy = MemoryNetwork.create(executor, Timekeeper.system(), 7);
    busy.listen(
        (connection, peer) -> {
          Side side =
              new Side() {
                @Override
                public void onFrame(String frame) {
                  super.onFrame(frame);
                  arrived.countDown();
                }
              };
          synchronized (sides) {
            sides.add(side);
          }
          return side;
        });
    for (int i = 0; i < clients; i++) {
      busy.link("c" + i).latency(Duration.ZERO, Duration.ofNanos(20_000));
      busy.transport("c" + i).connect(new Side()).thenAccept(c -> pump(c, 0, frames));
    }

    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    executor.shutdown();
    assertThat(sides)
        .hasSize(clients)
        .allSatisfy(
            side ->
                assertThat(side.heard)
                    .containsExactlyElementsOf(
                        IntStream.range(0, frames).mapToObj(i -> "" + i).toList()));
  }

  private static void pump(Connection connection, int from, int to) {
    if (from < to) {
      connection.send("" + from).thenRunAsync(() -> pump(connection, from + 1, to));
    }
  }
}
