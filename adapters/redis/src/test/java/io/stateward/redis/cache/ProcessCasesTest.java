package io.stateward.redis.cache;

import static io.stateward.redis.RedisServerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.Result;
import io.stateward.redis.RedisServerFixture;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cases of docs/cache-cases.md in which a process is stopped or dies. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProcessCasesTest {

  private static RedisServerFixture server;
  private static RedisServerFixture database;
  private final CacheChild.Settings settings =
      new CacheChild.Settings(
          server.address(), database.address(), "p" + UUID.randomUUID(), 1_000, 1_000);
  private final CacheProcess there = new CacheProcess(settings);
  private final CacheChild here = new CacheChild(settings, said -> {});

  @BeforeAll
  static void start() {
    server = RedisServerFixture.start();
    database = RedisServerFixture.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @AfterEach
  void close() {
    there.close();
    here.close();
  }

  private String value() {
    return here.cache.get("k").value();
  }

  private boolean isShared() {
    return here.cache.get("k").reason() == Result.Reason.HIT;
  }

  /** Reads with an instance that has nothing in memory. */
  private Result<String> fresh() {
    try (CacheChild late = new CacheChild(settings, said -> {})) {
      return late.cache.get("k");
    }
  }

  @Test
  void case09_holderOfALeaseIsStoppedForLonger_itsFillIsRefused() {
    here.store("k", "v0");
    there.ready().tell("hold");
    CompletableFuture<String> late = there.ask("get k");
    there.tell("held");
    there.freeze();

    assertThat(value()).isEqualTo("v0"); // when the lease is over
    here.cache.invalidate("k", () -> here.store("k", "v1"));
    assertThat(value()).isEqualTo("v1");
    there.thaw();
    there.tell("release");

    assertThat(CacheProcess.answer(late)).startsWith("v0 ").doesNotContain("MISS");
    await("it hears", () -> there.tell("get k").startsWith("v1 "));
    assertThat(value()).isEqualTo("v1");
    assertThat(fresh().value()).isEqualTo("v1");
    assertThat(fresh().source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void case10_writerIsKilledAfterItsCommit_nothingOldIsServed() {
    here.store("k", "v0");
    assertThat(value()).isEqualTo("v0");
    assertThat(there.ready().tell("crash k v1")).isEqualTo("committed");
    there.kill();

    await("it hears of the beginning", () -> value().equals("v1"));
    await("its time is over", this::isShared);
    assertThat(value()).isEqualTo("v1");
    assertThat(fresh().value()).isEqualTo("v1");
  }

  @Test
  void case10_writerIsKilledBeforeItsCommit_othersWaitForItsTimeAlone() {
    here.store("k", "v0");
    assertThat(value()).isEqualTo("v0");
    assertThat(there.ready().tell("stall k")).isEqualTo("begun");
    there.kill();

    await("its time is over", this::isShared);
    assertThat(value()).isEqualTo("v0");
    assertThat(fresh().source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void case10_writerThroughTheCacheIsStoppedForLonger_storesNothing() {
    here.store("k", "v0");
    assertThat(there.ready().tell("through k v1")).isNotEmpty();
    await("it hears", () -> value().equals("v1"));
    assertThat(there.tell("get k")).startsWith("v1 ");
    CompletableFuture<String> dying = there.ask("crash k v2");
    assertThat(CacheProcess.answer(dying)).isEqualTo("committed");
    there.freeze();

    await("its time is over", this::isShared);
    here.cache.write("k", () -> here.store("k", "v3"));
    there.thaw();

    await("it hears", () -> there.tell("get k").startsWith("v3 "));
    assertThat(value()).isEqualTo("v3");
    assertThat(fresh().value()).isEqualTo("v3");
  }
}
