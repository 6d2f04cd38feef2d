package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static io.stateward.redis.cache.FaultyLayer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.FlushMode;
import io.lettuce.core.protocol.CommandType;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.WritePolicy;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.redis.RedisServerFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases of docs/cache-cases.md in which the server hangs, forgets, fails over or is restored. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServerCasesTest {

  private static final Duration BOUND = Outage.POLICY.bound();
  private static final Duration SHORT = Duration.ofMillis(500);
  private final RedisServerFixture server = RedisServerFixture.start();
  private final Outage outage = new Outage(server);

  @AfterEach
  void close() {
    outage.close();
    server.close();
  }

  private OutageNode impatient(WritePolicy writes) {
    return outage.add(
        OutageNode.over(
            outage,
            SHORT,
            RedisLayerOptions.standard().buckets(4),
            it -> it.policy(Outage.POLICY.writes(writes))));
  }

  private void write(OutageNode by, String value) {
    outage.source.put("k", value);
    by.cache.invalidate("k");
  }

  // ---- 5: a server that hangs

  @Test
  void case05_halfOpen_memoryIsServedForTheBound_andReadsShareLoads_andItRecovers() {
    OutageNode a = impatient(WritePolicy.FAIL);
    OutageNode b = impatient(WritePolicy.QUEUE);
    assertThat(a.get("k")).isEqualTo("v0");
    server.freeze();

    outage.source.put("k", "v1");
    Stamp waiting = b.cache.invalidate("k");
    long written = System.nanoTime();
    assertThat(waiting.isKnown()).isFalse();
    assertThat(b.get("k")).isEqualTo("v1"); // its own write
    a.readsWithin(BOUND, written, "k", "v0", "v1");
    assertThatThrownBy(() -> a.cache.invalidate("k", () -> outage.source.put("k", "never")))
        .isInstanceOf(LayerUnavailableException.class);
    assertThat(outage.source).containsEntry("k", "v1");
    sharesLoads(a);

    server.thaw();

    await("what waited is sent", () -> isAnswered(b));
    await("the layer", () -> isShared(a) && isShared(b));
    a.reads("k", "v1");
    b.reads("k", "v1");
    write(b, "v2");
    a.comesToRead("k", "v2");
  }

  private static boolean isAnswered(OutageNode node) {
    return node.cache
        .invalidateAsync("k")
        .handle((stamp, failure) -> failure == null && stamp.isKnown())
        .toCompletableFuture()
        .join();
  }

  /** Reads that begin together share a load, or two if they are on both sides of a period. */
  private void sharesLoads(OutageNode node) {
    outage.source.put("cold", "c");
    int before = outage.loads.get();
    Outage.Held held = outage.holdNextRead();
    CompletableFuture<?>[] readers = new CompletableFuture<?>[20];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = node.cache.getAsync("cold").toCompletableFuture();
    }
    held.awaitReached();
    held.release();
    now(CompletableFuture.allOf(readers));
    assertThat(outage.loads.get() - before).isBetween(1, 2);
  }

  private static boolean isShared(OutageNode node) {
    Result.Reason reason = node.cache.get("k").reason();
    return reason == Result.Reason.HIT
        && node.cache.figures().get().confirmationAge().compareTo(BOUND) < 0;
  }

  // ---- 6: what the server forgets

  @Test
  void case06_flushDuringALoad_theFillIsRefused() {
    forgetsDuringALoad(
        () -> outage.admin(admin -> assertThat(now(admin.commands().flushall())).isEqualTo("OK")));
  }

  @Test
  void case06_metaGoneDuringALoad_theFillIsRefused() {
    forgetsDuringALoad(outage::evictMeta);
  }

  @Test
  void case06_leaseGoneDuringALoad_theFillIsRefused() {
    forgetsDuringALoad(() -> outage.evict("k"));
  }

  /** All orders of an invalidation and of what is forgotten, between a read and its fill. */
  private void forgetsDuringALoad(Runnable forget) {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    for (int i = 0; i < 2; i++) {
      String old = outage.source.getOrDefault("k", "");
      String value = "v" + (i + 1);
      write(b, old);
      boolean first = i == 0;
      outage.afterNextRead(
          () -> {
            if (first) {
              forget.run();
            }
            write(b, value);
            if (!first) {
              forget.run();
            }
          });
      a.cache.get("k");

      a.comesToRead("k", value);
      b.comesToRead("k", value);
      OutageNode late = outage.node(Outage.POLICY);
      late.reads("k", value);
    }
  }

  @Test
  void case06_flushOfTheScripts_isNotNoticed() {
    OutageNode a = outage.node(Outage.DEAF);
    OutageNode b = outage.node(Outage.DEAF);
    for (int i = 0; i < 3; i++) {
      outage.admin(admin -> now(admin.commands().scriptFlush(FlushMode.SYNC)));
      write(b, "v" + i);
      a.comesToRead("k", "v" + i);
      assertThat(b.cache.get("k").source()).isIn(Result.Source.LAYER, Result.Source.MEMORY);
    }
  }

  @Test
  void case06_serverThatEvicts_servesNothingOlderThanAWriteThatIsAskedFor() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    outage.admin(
        admin -> {
          admin.run(CommandType.CONFIG, "SET", "maxmemory-policy", "allkeys-random");
          long used = number(now(admin.commands().info("memory")), "used_memory");
          admin.run(CommandType.CONFIG, "SET", "maxmemory", "" + (used + 600_000));
        });
    Random random = new Random(6);
    for (int i = 0; i < 1_500; i++) {
      OutageNode writer = random.nextBoolean() ? a : b;
      String key = "key" + random.nextInt(100);
      String value = i + "-" + "x".repeat(8_000);
      if (random.nextBoolean()) {
        a.cache.get("key" + random.nextInt(100));
      }
      Stamp stamp =
          writer.cache.write(
              key,
              () -> {
                outage.source.put(key, value);
                return value;
              });
      Result<String> there = (writer == a ? b : a).cache.get(key, ReadOptions.atLeast(stamp));
      assertThat(there.value()).isEqualTo(value);
    }
    outage.admin(
        admin ->
            assertThat(number(now(admin.commands().info("stats")), "evicted_keys"))
                .isGreaterThan(100));
  }

  private static long number(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).trim()))
        .sum();
  }

  // ---- 7: failover to a replica that lags

  @Test
  void case07_failoverToALaggingReplica_aReadersLeaseIsWorthNothing() {
    try (RedisServerFixture replica = replica()) {
      OutageNode a = outage.node(Outage.POLICY);
      OutageNode b = outage.node(Outage.POLICY);
      Outage.Held held = outage.holdNextRead();
      CompletableFuture<Result<String>> late = outage.inBackground(() -> a.cache.get("k"));
      held.awaitReached();
      await("the lease", () -> Outage.countOf(replica, outage.claims("k")) == 1);

      promote(replica); // from here on it hears nothing of what happens
      write(b, "v1");
      a.moveTo(replica.port());
      b.moveTo(replica.port());
      held.release();

      assertThat(now(late).value()).isEqualTo("v0"); // asked for before the write
      assertThat(Outage.countOf(replica, outage.claims("k"))).isLessThanOrEqualTo(1);
      a.comesToRead("k", "v1");
      b.comesToRead("k", "v1");
      await("the layer", () -> isShared(a) && isShared(b));
      a.reads("k", "v1");
      b.reads("k", "v1");
    }
  }

  @Test
  void case07_failoverToALaggingReplica_entriesOfBeforeAreNotBelieved() {
    try (RedisServerFixture replica = replica()) {
      OutageNode a = outage.node(Outage.POLICY);
      OutageNode b = outage.node(Outage.POLICY);
      assertThat(a.get("k")).isEqualTo("v0");
      await("the entry", () -> Outage.countOf(replica, entries("k")) == 1);

      promote(replica);
      write(b, "v1");
      a.moveTo(replica.port());
      b.moveTo(replica.port());
      long moved = System.nanoTime();

      a.readsWithin(BOUND, moved, "k", "v0", "v1");
      b.comesToRead("k", "v1");
      await("the layer", () -> isShared(a) && isShared(b));
      a.reads("k", "v1");
    }
  }

  @Test
  void case07_failoverToALaggingReplica_aWriterStoresNothing() {
    try (RedisServerFixture replica = replica()) {
      OutageNode a = outage.node(Outage.POLICY.lease(BOUND));
      OutageNode b = outage.node(Outage.POLICY);
      Runnable meanwhile =
          () -> {
            await("the intent", () -> Outage.countOf(replica, outage.claims("k")) == 1);
            promote(replica);
            b.cache.invalidate("k", () -> outage.source.put("k", "v2"));
            a.moveTo(replica.port());
            b.moveTo(replica.port());
          };
      try {
        a.cache.write(
            "k",
            () -> {
              outage.source.put("k", "v1");
              meanwhile.run();
              return "v1";
            });
      } catch (LayerUnavailableException e) {
        await("another connection", () -> isAnswered(a)); // as whoever is told does: again
      }

      a.comesToRead("k", "v2");
      b.comesToRead("k", "v2");
      await("the layer", () -> isShared(a) && isShared(b));
      a.reads("k", "v2");
      b.reads("k", "v2");
    }
  }

  private List<byte[]> entries(String key) {
    return IntStream.rangeClosed(1, 4).mapToObj(bucket -> outage.keys.entry(bucket, key)).toList();
  }

  private RedisServerFixture replica() {
    RedisServerFixture replica =
        RedisServerFixture.start("--replicaof", "127.0.0.1", "" + server.port());
    Outage.admin(
        replica,
        admin ->
            await(
                "the replication",
                () -> now(admin.commands().info("replication")).contains("link_status:up")));
    return replica;
  }

  private static void promote(RedisServerFixture replica) {
    Outage.admin(replica, admin -> admin.run(CommandType.REPLICAOF, "NO", "ONE"));
  }

  // ---- 8: restored from an old dump

  @Test
  void case08_restartFromAnOldDumpDuringALoad_nothingOfItIsBelieved() {
    OutageNode a = outage.node(Outage.POLICY);
    OutageNode b = outage.node(Outage.POLICY);
    assertThat(a.get("l")).isEqualTo("w0");
    Outage.Held held = outage.holdNextRead();
    CompletableFuture<Result<String>> late = outage.inBackground(() -> a.cache.get("k"));
    held.awaitReached();
    outage.admin(admin -> assertThat(now(admin.commands().save())).isEqualTo("OK"));
    Path dump = server.dump(); // with the entry of one key, and the lease of the other
    write(b, "v1");
    outage.source.put("l", "w1");
    b.cache.invalidate("l");

    server.restart(dump);
    held.release();

    assertThat(now(late).value()).isEqualTo("v0"); // asked for before the write
    for (OutageNode node : new OutageNode[] {a, b}) {
      node.comesToRead("k", "v1");
      node.comesToRead("l", "w1");
    }
    await("the layer", () -> isShared(a) && isShared(b));
    a.reads("k", "v1");
    b.reads("l", "w1");
  }
}
