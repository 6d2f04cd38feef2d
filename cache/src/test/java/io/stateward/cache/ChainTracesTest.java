package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.ChainWorld.Instance;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schedules in which a chain of layers that lacks one part keeps an old value, and the whole one
 * does not.
 */
@DisplayName("A schedule that breaks a weaker chain")
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChainTracesTest {

  private final ChainWorld world = new ChainWorld();
  private final Instance a = world.instance();
  private final Instance b = world.instance();

  private void write(Instance by, String value) {
    world.source.put("k", value);
    by.cache().invalidate("k");
  }

  @ParameterizedTest(name = "reads of the far layer are joined: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("a read of the far layer that a later lease joins")
  void farRead_joinedByALaterLease_isStoredByTheWeakOneAlone(boolean joined) {
    a.get("k");
    world.near.evict(ChainWorld.CACHE, "k");
    b.far().joinsReads = joined;
    b.far().holdsReads = true;
    CompletableFuture<Result<String>> early = b.cache().getAsync("k").toCompletableFuture();

    write(a, "v1"); // the early lease is over; its read of the far layer has v0
    b.far().holdsReads = false;
    CompletableFuture<Result<String>> late = b.cache().getAsync("k").toCompletableFuture();
    b.far().release();

    String old = joined ? "v0" : "v1";
    assertThat(early.join().value()).isEqualTo(old); // it had asked before
    assertThat(early.join().reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(late.join().value()).isEqualTo(old);
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo(old);
    assertThat(world.instance().get("k")).isEqualTo(old);
  }

  @Test
  @DisplayName("an invalidation from the nearest layer down")
  void invalidate_nearestFirstWithAReadBetween_leavesTheOldValueInTheNearOne() {
    a.get("k");
    LayerSession near = world.session(world.near);
    LayerSession far = world.session(world.far);
    world.source.put("k", "v1");

    near.invalidate(new Invalidation.Key("k")).toCompletableFuture().join();
    b.get("k");
    far.invalidate(new Invalidation.Key("k")).toCompletableFuture().join();

    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v0");
  }

  @Test
  @DisplayName("and from the deepest up")
  void invalidate_deepestFirstWithReadsBetween_leavesNothingOld() {
    a.get("k");
    a.far().beforeAnswer = () -> b.get("k"); // the near layer has it still
    a.near().beforeAnswer = () -> b.get("k"); // and now it has it no more
    world.source.put("k", "v1");

    a.cache().invalidate("k");

    assertThat(ChainWorld.text(world.in(world.near, "k"))).isNotEqualTo("v0");
    assertThat(ChainWorld.text(world.in(world.far, "k"))).isNotEqualTo("v0");
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  @DisplayName("a fill of the near layer whose lease began before the far one was invalidated")
  void fill_ofTheNearLayerAfterTheInvalidation_isRejected() {
    a.get("k");
    world.near.evict(ChainWorld.CACHE, "k");
    b.far().holdsReads = true;
    CompletableFuture<Result<String>> read = b.cache().getAsync("k").toCompletableFuture();

    write(a, "v1");
    b.far().release();

    assertThat(read.join().value()).isEqualTo("v0");
    assertThat(world.in(world.near, "k")).isNull();
    assertThat(b.get("k")).isEqualTo("v1");
  }
}
