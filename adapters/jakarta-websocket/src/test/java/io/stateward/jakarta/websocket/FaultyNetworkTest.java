package io.stateward.jakarta.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.jakarta.websocket.SyncEndpointTest.Kind;
import io.stateward.sync.client.ConnectionStatus;
import io.stateward.sync.client.DocumentStatus;
import io.stateward.sync.client.SyncClient;
import io.stateward.sync.client.TextDocument;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.HubTimes;
import io.stateward.sync.hub.SyncHub;
import io.stateward.sync.text.TextDelta;
import io.stateward.sync.text.TextType;
import io.stateward.testkit.net.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two clients of one hub over sockets: one on a good network, the other on a bad one. */
final class FaultyNetworkTest {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<AutoCloseable> open = new ArrayList<>();
  private SyncHub hub;
  private FaultProxy proxy;
  private SyncClient near;
  private SyncClient far;
  private TextDocument here;
  private TextDocument there;

  private void start(Kind kind) {
    hub =
        SyncHub.named("notes")
            .types(TextType.standard())
            .authorizer(Authorizer.everybody())
            .times(HubTimes.standard().withHeartbeat(HEARTBEAT))
            .open();
    open.add(hub);
    SyncEndpoint endpoint = SyncEndpoint.at("/sync", hub::accept);
    TestServer server = kind.start(endpoint.sendTimeout(Duration.ofSeconds(5)));
    open.add(server);
    proxy = server.proxy();
    near = SyncClient.over(server.direct()).open();
    far = SyncClient.over(server.transport()).open();
    open.add(near);
    open.add(far);
    here = near.text("notes");
    there = far.text("notes");
    await("live", () -> isLive(here) && isLive(there));
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private static boolean connected(SyncClient client) {
    return client.status().get() instanceof ConnectionStatus.Connected;
  }

  private static boolean isLive(TextDocument document) {
    return document.status().get() instanceof DocumentStatus.Live;
  }

  /** Returns how long it took. */
  private static Duration await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waited = System.nanoTime() - start;
      assertThat(waited).as(what).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Both write a word each, at the beginning and at the end. */
  private void write(int number) {
    here.insert(0, "near%d;".formatted(number));
    there.edit(now -> TextDelta.insert(now.length(), "far%d;".formatted(number)));
  }

  private boolean settled() {
    return near.pending().get() + far.pending().get() == 0;
  }

  /** Checks that all have one text, in which each word is once, and that the hub took each once. */
  private void converge(int words) {
    await("all settled", this::settled);
    await("one text", () -> here.now().toString().equals(there.now().toString()));
    List<String> all = List.of(here.now().toString().split("(?<=;)"));
    assertThat(all).hasSize(2 * words).doesNotHaveDuplicates();
    assertThat(hub.figures().accepted()).isEqualTo(2L * words);
  }

  @ParameterizedTest
  @EnumSource
  void connections_cutAndReset_loseNothing(Kind kind) {
    start(kind);
    Random random = new Random(7);
    int words = 120;
    for (int i = 0; i < words; i++) {
      write(i);
      if (i % 20 == 10) {
        long before = proxy.accepted();
        if (random.nextBoolean()) {
          proxy.cut();
        } else {
          proxy.toClient().resetAfter(random.nextInt(400)); // in the middle of a frame
        }
        await("it is noticed", () -> !connected(far) || proxy.accepted() > before);
        proxy.pass();
        far.reconnect();
        await("it is back", () -> connected(far) && proxy.accepted() > before);
      }
    }

    converge(words);
    assertThat(proxy.accepted()).isGreaterThanOrEqualTo(7); // six times again
  }

  @ParameterizedTest
  @EnumSource
  void connection_halfOpen_isNoticedByBothWithin2AndAHalfHeartbeats(Kind kind) {
    start(kind);
    write(0);
    await("settled", this::settled);
    await("both are there", () -> hub.figures().connections() == 2);

    proxy.stall();
    Duration atClient = await("the client notices", () -> !connected(far));
    Duration atHub = await("the hub notices", () -> hub.figures().connections() == 1);

    Duration bound = HEARTBEAT.multipliedBy(5).dividedBy(2).plus(HEARTBEAT); // and a busy machine
    assertThat(atClient).isLessThan(bound);
    assertThat(atClient.plus(atHub)).isLessThan(bound);
    assertThat(connected(near)).isTrue();
    write(1);
    proxy.reset();
    proxy.pass();
    far.reconnect();
    converge(2);
  }

  @ParameterizedTest
  @EnumSource
  void connection_slow_getsThereAndDoesNotHoldUpTheOther(Kind kind) {
    start(kind);
    proxy.toTarget().throttle(20_000);
    proxy.toClient().throttle(20_000);
    int words = 100;
    for (int i = 0; i < words; i++) {
      write(i);
    }
    await("the other is done", () -> near.pending().get() == 0);

    converge(words);
  }

  @ParameterizedTest
  @EnumSource
  void connection_late_getsThere(Kind kind) {
    start(kind);
    proxy.toTarget().delay(Duration.ofMillis(80));
    proxy.toClient().delay(Duration.ofMillis(120));
    int words = 50;
    for (int i = 0; i < words; i++) {
      write(i);
    }

    converge(words);
  }
}
