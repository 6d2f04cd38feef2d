package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was read before a write is never kept after it: two instances over one layer. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StaleSetTest {

  private final World world = new World();
  private final Instance a = world.instance();
  private final Instance b = world.instance();

  private void write(Instance by, String value) {
    world.source.put("k", value);
    by.cache().invalidate("k");
  }

  @Test
  void invalidate_byAnotherDuringALoad_rejectsTheFill() {
    world.afterNextRead(() -> write(b, "v1"));

    Result<String> first = a.cache().get("k");

    assertThat(first.value()).isEqualTo("v0"); // it had asked before
    assertThat(first.reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().rejectedFills()).isEqualTo(1);
  }

  @Test
  void invalidate_duringALoadWithTheMessageLost_rejectsTheFill() {
    world.wire.loses = true;
    world.afterNextRead(() -> write(b, "v1"));

    assertThat(a.get("k")).isEqualTo("v0");

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidate_bySelfDuringALoad_rejectsTheFill() {
    world.afterNextRead(() -> write(a, "v1"));

    assertThat(a.get("k")).isEqualTo("v0");

    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidate_duringARefresh_rejectsTheFill() {
    Policy policy = World.POLICY.staleWhileRevalidate(Duration.ofHours(1));
    Instance c = world.instance(policy);
    assertThat(c.get("k")).isEqualTo("v0");
    world.time.advance(Duration.ofMinutes(61));
    world.afterNextRead(() -> write(b, "v1"));

    c.cache().get("k"); // may be stale, starts the refresh

    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidate_duringALoadOfMany_rejectsItsFillAlone() {
    world.source.put("other", "o0");
    world.afterNextRead(() -> write(b, "v1"));

    var both = a.cache().getAll(List.of("k", "other"));

    assertThat(both.get("k")).extracting(Result::value).isEqualTo("v0");
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().get("other").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void get_afterAnInvalidationDuringALoad_doesNotJoinIt() {
    ManualExecutor executor = new ManualExecutor();
    Instance c = world.instance(World.POLICY, world::load, executor);
    CompletableFuture<Result<String>> early = c.cache().getAsync("k").toCompletableFuture();
    CompletableFuture<?>[] late = new CompletableFuture<?>[1];
    world.afterNextRead(
        () -> {
          write(b, "v1");
          late[0] = // on another thread, or the loader would ask for its own key
              CompletableFuture.supplyAsync(() -> c.cache().getAsync("k").toCompletableFuture())
                  .join();
        });

    while (executor.runAll() > 0 || !late[0].isDone()) {
      world.time.advance(Duration.ofMillis(100));
    }

    assertThat(early.join().value()).isEqualTo("v0");
    assertThat(((Result<?>) late[0].join()).valueOrNull()).isEqualTo("v1");
  }

  @Test
  void hit_inTheLayerAnsweredAfterTheMessage_isNotBelieved() {
    assertThat(b.get("k")).isEqualTo("v0");
    a.link().holdsReads = true;
    CompletableFuture<Result<String>> read = a.cache().getAsync("k").toCompletableFuture();

    write(b, "v1");
    a.link().release();

    assertThat(read.join().value()).isEqualTo("v1");
    assertThat(read.join().source()).isEqualTo(Result.Source.LOADER);
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void lease_endedDuringASlowLoad_rejectsTheFill() {
    world.afterNextRead(
        () -> {
          world.time.advance(World.POLICY.lease().plusMillis(1));
          world.source.put("k", "v1");
          assertThat(b.get("k")).isEqualTo("v1");
        });

    Result<String> slow = a.cache().get("k");

    assertThat(slow.reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(world.loads).isEqualTo(2);
  }

  @Test
  void flush_ofTheLayerDuringALoad_rejectsTheFill() {
    world.afterNextRead(
        () -> {
          world.layer.flush();
          write(b, "v1");
        });

    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void flush_ofTheLayer_isNoticedWithTheHeartbeat() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.wire.loses = true;
    world.source.put("k", "v1");
    b.cache().invalidate("k");
    world.layer.flush();

    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().flushes()).isPositive();
  }

  @Test
  void eviction_ofTheKeyDuringALoad_leavesNothingStale() {
    world.afterNextRead(
        () -> {
          world.layer.evict("words", "k");
          write(b, "v1");
          world.layer.evict("words", "k");
        });

    a.cache().get("k");

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void failover_toALaggingReplicaDuringALoad_rejectsTheFill() {
    world.afterNextRead(
        () -> {
          var withLease = world.layer.dump();
          write(b, "v1");
          world.layer.failOver(withLease);
        });

    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LOADER);
    world.time.advance(World.POLICY.lease()); // the replica has it still, for nobody

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void restart_fromAnOldDump_servesNothingOfIt() {
    assertThat(a.get("k")).isEqualTo("v0");
    var dump = world.layer.dump();
    write(b, "v1");
    assertThat(a.get("k")).isEqualTo("v1");

    world.layer.failOver(dump);
    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void tag_invalidatedDuringALoad_rejectsWhatHasIt() {
    world.source.put("k", "v0#red");
    world.afterNextRead(
        () -> {
          world.source.put("k", "v1#red");
          b.cache().invalidateTag("#red");
        });

    assertThat(a.get("k")).isEqualTo("v0#red");

    assertThat(a.get("k")).isEqualTo("v1#red");
    assertThat(b.get("k")).isEqualTo("v1#red");
  }

  @Test
  void prefixAndAll_invalidatedByAnother_reachWhatIsInMemory() {
    world.source.put("user:1", "u0");
    assertThat(a.get("user:1")).isEqualTo("u0");
    assertThat(a.get("k")).isEqualTo("v0");
    world.source.put("user:1", "u1");
    world.source.put("k", "v1");

    b.cache().invalidatePrefix("user:");

    assertThat(a.get("user:1")).isEqualTo("u1");
    assertThat(a.get("k")).isEqualTo("v0");

    b.cache().clear();

    assertThat(a.get("k")).isEqualTo("v1");
  }
}
