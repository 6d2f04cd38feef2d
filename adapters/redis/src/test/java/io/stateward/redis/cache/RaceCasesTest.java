package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.Policy;
import io.stateward.cache.Result;
import io.stateward.redis.RedisServerFixture;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases of docs/cache-cases.md in which reads and writes of two instances cross. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RaceCasesTest {

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

  private void write(OutageNode by, String value) {
    outage.source.put("k", value);
    by.cache.invalidate("k");
  }

  /** Writes when the reader has heard of all that was before, and waits until it hears of it. */
  private void writeAndHear(OutageNode by, String value, OutageNode reader) {
    long heard = reader.heard();
    write(by, value);
    await("it is heard", () -> reader.heard() == heard + 1);
  }

  // ---- 1: the loader has read, and then it is invalidated

  @Test
  void case01_invalidationDuringALoad_theFillIsRefused() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    outage.afterNextRead(() -> write(b, "v1"));

    Result<String> during = a.cache.get("k");

    assertThat(during.value()).isEqualTo("v0"); // asked for before the write
    assertThat(during.reason()).isEqualTo(Result.Reason.REJECTED);
    b.reads("k", "v1");
    a.reads("k", "v1");
  }

  @Test
  void case01_invalidationDuringALoadAfterTheTtl_theFillIsRefused() {
    OutageNode a = outage.node(lasting(Duration.ofMillis(50)));
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    await("its end", () -> a.peek("k").equals("nothing"));
    AtomicBoolean written = new AtomicBoolean();
    outage.afterNextRead(
        () -> {
          write(b, "v1");
          written.set(true);
        });

    await( // its time in the layer is over a moment later than in memory
        "a load",
        () -> {
          assertThat(a.get("k")).isEqualTo("v0");
          return written.get();
        });
    b.reads("k", "v1");
    a.reads("k", "v1");
  }

  private static Policy lasting(Duration ttl) {
    return Policy.ttl(ttl).bound(Outage.HOUR).heartbeat(Duration.ofMinutes(30));
  }

  @Test
  void case01_invalidationDuringARefreshInTheBackground_theFillIsRefused() {
    OutageNode a = outage.node(lasting(Duration.ofMillis(50)).staleWhileRevalidate(Outage.HOUR));
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    await("its end", () -> isStale(a));
    Outage.Held refresh = outage.holdNextRead();
    assertThat(a.cache.get("k").source()).isEqualTo(Result.Source.STALE);
    await( // what the layer has is fresh for a moment longer, and then it is read from there
        "a refresh", () -> a.get("k").equals("v0") && refresh.reached().getCount() == 0);

    write(b, "v1");
    await("the message", () -> a.heard() > 0);
    refresh.release();

    a.reads("k", "v1");
    b.reads("k", "v1");
  }

  private static boolean isStale(OutageNode node) {
    return node.cache.peek("k").filter(it -> it.source() == Result.Source.STALE).isPresent();
  }

  @Test
  void case01_invalidationDuringALoadOfMany_rejectsThatFillAlone() {
    OutageNode a =
        outage.add(
            OutageNode.built(
                outage,
                it ->
                    it.policy(Outage.DEAF)
                        .buildBulk(
                            (List<String> keys) -> {
                              Map<String, String> found = new HashMap<>();
                              keys.forEach(key -> found.put(key, outage.source.get(key)));
                              outage.find("k"); // what is to happen after that
                              return found;
                            })));
    OutageNode b = outage.node(Outage.DEAF);
    outage.afterNextRead(() -> write(b, "v1"));

    Map<String, Result<String>> all = a.cache.getAll(List.of("k", "l"));

    assertThat(all.get("k").reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(all.get("l").reason()).isEqualTo(Result.Reason.MISS);
    assertThat(b.cache.get("l").source()).isEqualTo(Result.Source.LAYER);
    b.reads("k", "v1");
    a.reads("k", "v1");
  }

  // ---- 2: who asks later than the invalidation

  @Test
  void case02_readerAfterTheInvalidation_doesNotJoinTheLoadBeforeIt() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    for (OutageNode writer : List.of(a, b)) {
      writeAndHear(writer, "v0", a);
      Outage.Held held = outage.holdNextRead();
      CompletableFuture<String> early = outage.inBackground(() -> a.get("k"));
      held.awaitReached();

      writeAndHear(writer, "v1", a);

      assertThat(a.get("k")).isEqualTo("v1");
      held.release();
      assertThat(now(early)).isEqualTo("v0");
      a.reads("k", "v1");
      b.reads("k", "v1");
    }
  }

  // ---- 9: a lease that ends during a load

  @Test
  void case09_leaseEndsDuringASlowLoad_theFillIsRefused() {
    OutageNode a = outage.node(Outage.DEAF.lease(Duration.ofMillis(200)));
    OutageNode b = outage.node(Outage.DEAF);
    Outage.Held slow = outage.holdNextRead();
    CompletableFuture<Result<String>> late = outage.inBackground(() -> a.cache.get("k"));
    slow.awaitReached();

    assertThat(b.get("k")).isEqualTo("v0"); // waits for the lease, and takes it over
    write(b, "v1");
    b.reads("k", "v1");
    slow.release();

    assertThat(now(late).reason()).isEqualTo(Result.Reason.REJECTED);
    a.reads("k", "v1");
    b.reads("k", "v1");
  }

  // ---- 10: two writers

  @Test
  void case10_twoWritersInEachOrder_leaveNothingStale() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    String[] orders = {"aabb", "abab", "abba", "baab", "baba", "bbaa"};
    for (int i = 0; i < orders.length; i++) {
      String key = "order" + i;
      CompletableFuture<?>[] ends = new CompletableFuture<?>[2];
      Outage.Held[] writes = {held(), held()};
      boolean[] begun = new boolean[2];
      for (char step : orders[i].toCharArray()) {
        int who = step - 'a';
        OutageNode node = who == 0 ? a : b;
        String value = orders[i] + step;
        if (!begun[who]) {
          begun[who] = true;
          ends[who] = outage.inBackground(() -> through(node, key, value, writes[who]));
          writes[who].awaitReached(); // it is announced, and the source is written
        } else {
          writes[who].release();
          now(ends[who]);
        }
        for (OutageNode reader : List.of(a, b)) {
          reader.comesToRead(key, outage.source.getOrDefault(key, ""));
        }
      }
    }
  }

  private static Outage.Held held() {
    return new Outage.Held(new CountDownLatch(1), new CountDownLatch(1));
  }

  private String through(OutageNode node, String key, String value, Outage.Held held) {
    node.cache.write(
        key,
        () -> {
          outage.source.put(key, value);
          held.hold();
          return value;
        });
    return value;
  }

  @Test
  void case10_writeThatIsRolledBack_leavesTheOldValueAndIsThrown() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(b.get("k")).isEqualTo("v0");

    assertThatThrownBy(
            () ->
                a.cache.write(
                    "k",
                    () -> {
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    a.reads("k", "v0");
    b.reads("k", "v0");
    assertThat(Outage.countOf(server, outage.claims("k"))).isZero(); // no intent is left
    assertThat(a.cache.get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  // ---- 12: tags

  @Test
  void case12_tagInvalidatedDuringALoad_whatHasItIsNotServed() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    outage.afterNextRead(
        () -> {
          outage.source.put("k", "v1");
          b.cache.invalidateTag("all");
        });

    assertThat(a.get("k")).isEqualTo("v0");
    b.reads("k", "v1");
    a.comesToRead("k", "v1"); // what it was given is in its memory until it hears of the tag
  }

  @Test
  void case12_tagInvalidatedDuringARefresh_whatHasItIsNotServed() {
    OutageNode a = outage.node(lasting(Duration.ofMillis(50)).staleWhileRevalidate(Outage.HOUR));
    OutageNode b = outage.node(Outage.DEAF);
    assertThat(a.get("k")).isEqualTo("v0");
    await("its end", () -> isStale(a));
    Outage.Held refresh = outage.holdNextRead();
    await("a refresh", () -> a.get("k").equals("v0") && refresh.reached().getCount() == 0);

    outage.source.put("k", "v1");
    b.cache.invalidateTag("all");
    await("the message", () -> a.heard() > 0);
    refresh.release();

    a.reads("k", "v1");
    b.reads("k", "v1");
  }

  @Test
  void case12_moreTagsThanTheLayerRemembers_noneIsForgotten() {
    RedisLayerOptions few = RedisLayerOptions.standard().buckets(4).log(100);
    OutageNode a = outage.node(Outage.DEAF, few);
    OutageNode b = outage.node(Outage.DEAF, few);
    assertThat(a.get("k")).isEqualTo("v0");
    a.messageCable.refuse();
    a.messageCable.reset();
    outage.source.put("k", "v1");

    b.cache.invalidateTag("all");
    CompletableFuture<?>[] others = new CompletableFuture<?>[3_000];
    for (int i = 0; i < others.length; i++) {
      others[i] = b.cache.invalidateTagAsync("tag" + i).toCompletableFuture();
    }
    now(CompletableFuture.allOf(others));

    b.reads("k", "v1");
    a.get("l"); // with which it hears of the number
    a.comesToRead("k", "v1");
  }

  // ---- 19: who waits no more

  @Test
  void case19_cancelByOneOfTwo_letsTheLoadGoOn_andByBothGivesTheLeaseBack() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    Outage.Held held = outage.holdNextRead();
    CompletableFuture<Result<String>> one = a.cache.getAsync("k").toCompletableFuture();
    held.awaitReached();
    CompletableFuture<Result<String>> two = a.cache.getAsync("k").toCompletableFuture();
    one.cancel(true);
    held.release();
    assertThat(now(two).value()).isEqualTo("v0");
    assertThat(outage.loads).hasValue(1);

    Outage.Held other = outage.holdNextRead();
    one = a.cache.getAsync("l").toCompletableFuture();
    other.awaitReached();
    two = a.cache.getAsync("l").toCompletableFuture();
    assertThat(Outage.countOf(server, outage.claims("l"))).isEqualTo(1);
    one.cancel(true);
    two.cancel(true);

    await("its end", () -> Outage.countOf(server, outage.claims("l")) == 0);
    assertThat(b.get("l")).isEqualTo("w0"); // and need not wait for the lease
    other.release();
  }
}
