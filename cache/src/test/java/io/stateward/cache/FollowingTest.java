package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.Backplane.Message;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How instances follow each other: messages, heartbeats, the bound, and a layer that is away. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FollowingTest {

  private final World world = new World();
  private final Instance a = world.instance();
  private final Instance b = world.instance();

  private Stamp write(Instance by, String value) {
    world.source.put("k", value);
    return by.cache().invalidate("k");
  }

  @Test
  void message_delivered_invalidatesAtOnce() {
    assertThat(a.get("k")).isEqualTo("v0");

    write(b, "v1");

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().repairs()).isZero();
  }

  @Test
  void message_lastOneLost_isFoundWithTheHeartbeat() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.wire.loses = true;
    write(b, "v1");
    assertThat(a.get("k")).isEqualTo("v0"); // not yet known here

    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().repairs()).isEqualTo(1);
  }

  @Test
  void messages_lateDoubledAndReordered_leaveNothingStale() {
    List<String> keys = List.of("k", "l", "m", "n", "o", "p");
    keys.forEach(key -> world.source.put(key, "v0"));
    keys.forEach(a::get);
    world.wire.holds = true;
    for (String key : keys) {
      world.source.put(key, "v1");
      b.cache().invalidate(key);
    }
    List<Message> shuffled = new ArrayList<>(world.wire.held);
    shuffled.addAll(world.wire.held);
    Collections.reverse(shuffled);

    shuffled.forEach(world.wire::deliver);

    assertThat(keys).allSatisfy(key -> assertThat(a.get(key)).isEqualTo("v1"));
    shuffled.forEach(world.wire::deliver);
    assertThat(keys)
        .allSatisfy(key -> assertThat(a.cache().get(key).source()).isEqualTo(Result.Source.MEMORY));
  }

  @Test
  void log_trimmedWhileAway_flushesMemory() {
    World small = new World(MemoryLayerOptions.standard().buckets(1).log(2));
    Instance far = small.instance();
    Instance near = small.instance();
    assertThat(far.get("k")).isEqualTo("v0");
    small.wire.loses = true;
    small.source.put("k", "v1");
    List.of("k", "x", "y", "z").forEach(near.cache()::invalidate);

    small.time.advance(World.POLICY.heartbeat());

    assertThat(far.get("k")).isEqualTo("v1");
    assertThat(far.cache().figures().get().flushes()).isEqualTo(1);
  }

  @Test
  void get_withoutAWordForLongerThanTheBound_isNotServedFromMemory() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.link().cut = true;
    world.source.put("k", "v1");
    b.cache().invalidate("k"); // the message arrives, for another key it may not have
    world.source.put("k", "v2");
    assertThat(a.get("k")).isEqualTo("v2");
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY); // kept for B
    world.source.put("k", "v3");

    world.time.advance(World.POLICY.bound());

    Result<String> offline = a.cache().get("k");
    assertThat(offline.value()).isEqualTo("v3");
    assertThat(offline.source()).isEqualTo(Result.Source.OFFLINE);
    assertThat(offline.reason()).isEqualTo(Result.Reason.LAYER_DOWN);
  }

  @Test
  void get_duringAPartition_servesNothingInvalidatedLongerAgoThanTheBound() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.link().cut = true;
    world.wire.loses = true;
    write(b, "v1");
    assertThat(a.get("k")).isEqualTo("v0");

    world.time.advance(World.POLICY.bound().plusMillis(1));

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().confirmationAge()).isGreaterThan(World.POLICY.bound());
  }

  @Test
  void load_duringAPartition_isKeptForTheBoundFromItsBeginning() {
    a.link().cut = true;
    world.wire.loses = true;
    world.afterNextRead(
        () -> {
          write(b, "v1");
          world.time.advance(World.POLICY.bound().minusMillis(1));
        });

    assertThat(a.get("k")).isEqualTo("v0"); // it had asked before
    assertThat(a.get("k")).isEqualTo("v0"); // which may be for another millisecond

    world.time.advance(Duration.ofMillis(1));
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void load_duringAPartition_thatTakesLongerThanTheBound_isNotKept() {
    a.link().cut = true;
    world.wire.loses = true;
    world.afterNextRead(
        () -> {
          write(b, "v1");
          world.time.advance(World.POLICY.bound());
        });

    assertThat(a.get("k")).isEqualTo("v0");

    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void load_thatBeganLongerAgoThanTheBoundDuringAPartition_isNotJoined() {
    a.link().cut = true;
    world.wire.loses = true;
    List<String> later = new ArrayList<>();
    world.afterNextRead(
        () -> {
          write(b, "v1");
          world.time.advance(World.POLICY.bound().plusMillis(1));
          CompletableFuture.runAsync(() -> later.add(a.get("k"))).join();
        });

    assertThat(a.get("k")).isEqualTo("v0"); // it had asked before

    assertThat(later).containsExactly("v1");
  }

  @Test
  void invalidateTag_inALayerThatBeganAnew_isInForceHereAtOnce() {
    world.source.put("k", "v0#red");
    assertThat(a.get("k")).isEqualTo("v0#red");
    world.layer.flush();
    world.source.put("k", "v1#red");
    a.link().onlyAnswers = "invalidate"; // so that it cannot be read what else was invalidated

    a.cache().invalidateTag("#red");

    assertThat(a.get("k")).isEqualTo("v1#red");
  }

  @Test
  void layer_backAgain_isUsedWithoutARestart() {
    a.link().cut = true;
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.OFFLINE);
    assertThatThrownBy(() -> a.cache().invalidate("k"))
        .isInstanceOf(LayerUnavailableException.class);

    a.link().cut = false;
    world.time.advance(World.POLICY.bound());

    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LOADER);
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(a.cache().figures().get().confirmationAge())
        .isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void build_whileTheLayerIsAway_startsOfflineAndRecovers() {
    World.Link away = new World.Link(world.layer);
    away.cut = true;
    LayeredCache<String, String> late =
        LayeredCache.named("words")
            .layer(away, Codec.text())
            .timekeeper(world.time)
            .buildWith(world::load);
    assertThat(late.get("k").source()).isEqualTo(Result.Source.OFFLINE);

    away.cut = false;
    world.time.advance(World.POLICY.bound());

    assertThat(late.get("k").source()).isEqualTo(Result.Source.LOADER);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void build_withAnotherCodec_isRefused() {
    var builder =
        LayeredCache.named("words").layer(world.layer, Codec.int64()).timekeeper(world.time);

    assertThatThrownBy(() -> builder.build((String key) -> 1L))
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining("text")
        .hasMessageContaining("int64");
  }

  @Test
  void atLeast_onAnInstanceThatHeardNothing_readsTheWrite() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.wire.loses = true;
    Stamp stamp = write(b, "v1");
    Stamp sent = Stamp.parse(stamp.toString());

    assertThat(a.cache().get("k", ReadOptions.atLeast(sent)).value()).isEqualTo("v1");
    assertThat(a.cache().get("k").value()).isEqualTo("v1");
  }

  @Test
  void atLeast_ofATagOnAnInstanceThatHeardNothing_readsTheWrite() {
    world.source.put("k", "v0#red");
    assertThat(a.get("k")).isEqualTo("v0#red");
    world.wire.loses = true;
    world.source.put("k", "v1#red");
    Stamp stamp = b.cache().invalidateTag("#red");

    assertThat(a.cache().get("k", ReadOptions.atLeast(stamp)).value()).isEqualTo("v1#red");
  }

  @Test
  void atLeast_whileTheLayerIsAway_asksTheSource() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.wire.loses = true;
    Stamp stamp = write(b, "v1");
    a.link().cut = true;

    Result<String> read = a.cache().get("k", ReadOptions.atLeast(stamp));

    assertThat(read.value()).isEqualTo("v1");
    assertThat(read.reason()).isEqualTo(Result.Reason.BYPASSED);
  }

  @Test
  void bypass_always_asksTheSourceAndStoresNothing() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.source.put("k", "v1");

    assertThat(a.cache().get("k", ReadOptions.bypass()).value()).isEqualTo("v1");

    assertThat(a.get("k")).isEqualTo("v0");
  }

  @Test
  void getAll_missesInMemory_areReadInOneRoundTrip() {
    List<String> keys = List.of("k", "l", "m");
    keys.forEach(key -> world.source.put(key, "v0"));
    keys.forEach(b::get);
    int before = a.link().calls;

    var all = a.cache().getAll(keys);

    assertThat(all.values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.LAYER));
    assertThat(a.link().calls - before).isEqualTo(1);
    assertThat(a.cache().getAll(keys).values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.MEMORY));
  }

  @Test
  void entry_thatCannotBeDecodedOrEncoded_isAMissAndNoOutage() {
    AtomicBoolean broken = new AtomicBoolean();
    Function<byte[], String> decode =
        bytes -> {
          if (broken.get()) {
            throw new IllegalArgumentException("old form");
          }
          return Codec.text().decode(bytes);
        };
    Function<String, byte[]> encode =
        value -> {
          if (value.equals("huge")) {
            throw new IllegalArgumentException("too large");
          }
          return Codec.text().encode(value);
        };
    LayeredCache<String, String> picky =
        LayeredCache.named("words")
            .layer(world.layer, Codec.of("text", encode, decode))
            .timekeeper(world.time)
            .buildWith(world::load);
    assertThat(b.get("k")).isEqualTo("v0");
    broken.set(true);
    world.source.put("huge", "huge");

    try (Failures told = Failures.about("words")) {
      assertThat(picky.get("k").value()).isEqualTo("v0");
      assertThat(picky.get("k").source()).isEqualTo(Result.Source.MEMORY);
      assertThat(picky.get("huge").reason()).isEqualTo(Result.Reason.NOT_STORED);
      assertThat(told.list()).hasSize(2);
    }
    assertThat(picky.figures().get().unreadable()).isEqualTo(1);
    assertThat(world.loads).isEqualTo(3);
  }

  @Test
  void load_byAnotherInstance_isWaitedFor() {
    var other = new java.util.concurrent.CompletableFuture<?>[1];
    world.afterNextRead(
        () -> {
          other[0] = b.cache().getAsync("k").toCompletableFuture();
          world.time.advance(Duration.ofMillis(200)); // it polls
          assertThat(other[0]).isNotDone();
        });

    assertThat(a.get("k")).isEqualTo("v0");
    world.time.advance(Duration.ofMillis(200));

    assertThat(((Result<?>) other[0].join()).source()).isEqualTo(Result.Source.LAYER);
    assertThat(world.loads).isEqualTo(1);
  }
}
