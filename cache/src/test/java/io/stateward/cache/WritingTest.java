package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.LayerUnavailableException;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes announced and written through, by two instances at once, that fail or die. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WritingTest {

  private final World world = new World();
  private final Instance a = world.instance();
  private final Instance b = world.instance();

  private String commit(String value) {
    world.source.put("k", value);
    return value;
  }

  @Test
  void intent_whileItIsOutstanding_nothingReadIsStored() {
    a.cache()
        .invalidate(
            "k",
            () -> {
              Result<String> early = b.cache().get("k");
              assertThat(early.value()).isEqualTo("v0");
              assertThat(early.reason()).isEqualTo(Result.Reason.WRITING);
              commit("v1");
            });

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void intent_ofAWriterThatDiesAfterItsCommit_leavesNothingStale() {
    assertThat(b.get("k")).isEqualTo("v0");
    var session = world.layer.open("words", "text").toCompletableFuture().join();
    var announced = session.begin("k", World.POLICY.lease()).toCompletableFuture().join();
    assertThat(announced.token()).isNotEmpty();
    world.time.advance(World.POLICY.heartbeat()); // nobody sent a message
    assertThat(b.cache().get("k").reason()).isEqualTo(Result.Reason.WRITING);
    commit("v1");
    session.close();

    world.time.advance(World.POLICY.lease());

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void intent_whoseWriteThrows_invalidatesAndPassesItOn() {
    assertThat(a.get("k")).isEqualTo("v0");

    assertThatThrownBy(
            () ->
                a.cache()
                    .<IOException>invalidate(
                        "k",
                        () -> {
                          commit("v1");
                          throw new IOException("after the commit");
                        }))
        .isInstanceOf(IOException.class);

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void intent_whileTheLayerIsAway_isNotWritten() {
    a.link().cut = true;

    assertThatThrownBy(() -> a.cache().invalidate("k", () -> commit("v1")))
        .isInstanceOf(LayerUnavailableException.class);

    assertThat(world.source.get("k")).isEqualTo("v0");
  }

  @Test
  void write_byOne_isStoredForBoth() {
    assertThat(b.get("k")).isEqualTo("v0");

    Stamp stamp = a.cache().write("k", () -> commit("v1"));

    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(b.cache().get("k", ReadOptions.atLeast(stamp)).value()).isEqualTo("v1");
    assertThat(world.loads).isEqualTo(1);
  }

  @Test
  void write_byTwoNested_storesNothingStale() {
    a.cache()
        .write(
            "k",
            () -> {
              String mine = commit("v1");
              b.cache().write("k", () -> commit("v2"));
              return mine;
            });

    assertThat(a.get("k")).isEqualTo("v2");
    assertThat(b.get("k")).isEqualTo("v2");
  }

  @Test
  void write_byTwoNestedInTheOtherOrder_storesNothingStale() {
    a.cache()
        .write(
            "k",
            () -> {
              b.cache().write("k", () -> commit("v1"));
              return commit("v2");
            });

    assertThat(a.get("k")).isEqualTo("v2");
    assertThat(b.get("k")).isEqualTo("v2");
  }

  @Test
  void write_withAnInvalidationInside_storesNothingStale() {
    a.cache()
        .write(
            "k",
            () -> {
              String mine = commit("v1");
              commit("v2");
              b.cache().invalidate("k");
              return mine;
            });

    assertThat(a.get("k")).isEqualTo("v2");
    assertThat(b.get("k")).isEqualTo("v2");
  }

  @Test
  void write_whileTheLayerIsFlushed_storesNothingStale() {
    a.cache()
        .write(
            "k",
            () -> {
              String mine = commit("v1");
              world.layer.flush();
              commit("v2");
              b.cache().invalidate("k");
              return mine;
            });
    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.get("k")).isEqualTo("v2");
    assertThat(b.get("k")).isEqualTo("v2");
  }

  @Test
  void put_withTags_isInvalidatedByThem() {
    a.cache().put("k", "put", "red");
    assertThat(a.get("k")).isEqualTo("put");
    assertThat(b.get("k")).isEqualTo("put");

    b.cache().invalidateTag("red");

    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v0");
  }

  @Test
  void write_inMemoryAlone_byTwoNested_storesNothingStale() {
    try (LayeredCache<String, String> alone =
        LayeredCache.named("alone")
            .timekeeper(world.time)
            .build(key -> Objects.requireNonNull(world.source.get(key)))) {
      alone.write(
          "k",
          () -> {
            String mine = commit("v1");
            alone.write("k", () -> commit("v2"));
            return mine;
          });
      assertThat(alone.get("k").value()).isEqualTo("v2");

      alone.write("k", () -> commit("v3"));
      assertThat(alone.get("k").source()).isEqualTo(Result.Source.MEMORY);
      assertThat(alone.get("k").value()).isEqualTo("v3");
    }
  }
}
