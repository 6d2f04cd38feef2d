package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.KillArgs;
import io.stateward.cache.CacheFigures;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Invalidation;
import io.stateward.redis.RedisServerFixture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases of docs/cache-cases.md in which messages and connections are lost. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MessageCasesTest {

  private static final Duration BOUND = Outage.POLICY.bound();
  private static RedisServerFixture server;
  private final Outage outage = new Outage(server);

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    outage.close();
  }

  /** Returns when the layer knew of it. */
  private long write(OutageNode by, String value) {
    outage.source.put("k", value);
    by.cache.invalidate("k");
    return System.nanoTime();
  }

  // ---- 3: what the layer said before, and is heard after

  @Test
  void case03_hitThatArrivesAfterTheMessage_isNotKept() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(b.get("k")).isEqualTo("v0");
    a.layerCable.toClient().stall();
    long answered = gets();
    CompletableFuture<Result<String>> early = outage.inBackground(() -> a.cache.get("k"));
    await("the layer's answer", () -> gets() > answered);

    write(b, "v1");
    await("the message", () -> a.heard() > 0);
    a.layerCable.pass();

    assertThat(now(early).value()).isIn("v0", "v1"); // asked for before the write
    a.reads("k", "v1");
    b.reads("k", "v1");
  }

  /** How often the server was asked for an entry. */
  private long gets() {
    try (Admin admin = new Admin(server)) {
      return now(admin.commands().info("commandstats"))
          .lines()
          .filter(line -> line.startsWith("cmdstat_mget:calls="))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=(\\d+),.*", "$1")))
          .sum();
    }
  }

  // ---- 4: messages

  @Test
  void case04_lastMessageLostAndThenSilence_isRepairedWithinTheBound() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.toClient().dropAfter(0);

    long written = write(b, "v1");

    a.readsWithin(BOUND, written, "k", "v0", "v1");
    CacheFigures figures = a.cache.figures().get();
    assertThat(figures.repairs()).isPositive();
    assertThat(figures.flushes()).isZero();
  }

  @Test
  void case04_messagesDelayed_arriveAndAreTakenIn() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.toClient().delay(Duration.ofMillis(300));

    write(b, "v1");
    a.comesToRead("k", "v1");
    write(b, "v2");
    a.comesToRead("k", "v2");
  }

  @Test
  void case04_messagesReorderedAndDoubled_leaveNothingStale() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    OutageNode c = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    b.messageCable.toTarget().dropAfter(0); // what it says itself is never heard

    outage.source.put("k", "v1");
    Message first = message(b.cache.invalidate("k"));
    outage.source.put("k", "v2");
    Message second = message(b.cache.invalidate("k"));
    for (Message message : new Message[] {second, first, first, second}) {
      c.backplane.send("users", message);
      a.comesToRead("k", "v2");
    }
  }

  private static Message message(Stamp stamp) {
    Head head = new Head(stamp.epoch(), stamp.sequence());
    return new Message(stamp.bucket(), head, new Invalidation.Key("k"));
  }

  // ---- 5: cables

  @Test
  void case05_cableOfTheMessagesCut_theHeartbeatTells_andLaterTheyAreHeardAgain() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.refuse();
    a.messageCable.reset();

    long written = write(b, "v1");
    a.readsWithin(BOUND, written, "k", "v0", "v1");
    long before = a.messageCable.toClient().passed();
    a.messageCable.pass();

    await("two connections", () -> a.messageCable.connections() == 2);
    await(
        "a message",
        () -> {
          write(b, "v2");
          return a.messageCable.toClient().passed() > before + 1_000;
        });
    a.comesToRead("k", "v2");
  }

  @Test
  void case05_cableOfTheLayerCut_memoryIsServedForTheBoundAndThenTheSource() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.refuse();
    a.messageCable.reset();
    a.layerCable.refuse();
    a.layerCable.reset();

    long written = write(b, "v1");

    a.readsWithin(BOUND, written, "k", "v0", "v1");
    assertThat(a.cache.get("l").reason()).isEqualTo(Result.Reason.LAYER_DOWN);
    b.reads("k", "v1");

    a.messageCable.pass();
    a.layerCable.pass();
    await("the layer", () -> a.cache.get("k").source() == Result.Source.MEMORY && isBack(a));
    long again = write(b, "v2");
    a.readsWithin(BOUND, again, "k", "v1", "v2");
  }

  private static boolean isBack(OutageNode node) {
    return node.cache.figures().get().confirmationAge().compareTo(BOUND) < 0;
  }

  @Test
  void case05_connectionsKilledByTheServer_areOpenedAgain() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    for (int round = 1; round <= 5; round++) {
      a.get("k");
      outage.admin(
          admin -> {
            now(admin.commands().clientKill(KillArgs.Builder.typePubsub()));
            now(admin.commands().clientKill(KillArgs.Builder.typeNormal()));
          });
      await("the layer", () -> b.layerCable.connections() > 0 && invalidates(b));
      String value = "v" + round;
      await("an answer", () -> writes(b, value));
      a.readsWithin(BOUND, System.nanoTime(), "k", "v" + (round - 1), value);
    }
  }

  private boolean writes(OutageNode by, String value) {
    outage.source.put("k", value);
    return invalidates(by);
  }

  private static boolean invalidates(OutageNode by) {
    return by.cache
        .invalidateAsync("k")
        .handle((stamp, failure) -> failure == null)
        .toCompletableFuture()
        .join();
  }

  // ---- 14: away for longer than the log remembers

  @Test
  void case14_logTrimmedWhileAnInstanceWasAway_itsMemoryIsFlushed() {
    RedisLayerOptions brief = RedisLayerOptions.standard().buckets(1).log(10);
    OutageNode a = outage.node(Outage.DEAF, brief);
    OutageNode b = outage.node(Outage.DEAF, brief);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.refuse();
    a.messageCable.reset();
    a.layerCable.refuse();
    a.layerCable.reset();

    write(b, "v1");
    CompletableFuture<?>[] others = new CompletableFuture<?>[1_000];
    for (int i = 0; i < others.length; i++) {
      others[i] = b.cache.invalidateAsync("other" + i).toCompletableFuture();
    }
    now(CompletableFuture.allOf(others));
    a.layerCable.pass();

    a.comesToRead("k", "v1");
    assertThat(a.cache.figures().get().flushes()).isPositive();
  }
}
