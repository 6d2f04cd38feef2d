package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.ChainWorld.Instance;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.codec.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache behind a cache: what goes up through two layers, what goes down, and what stays out. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChainTest {

  private final ChainWorld world = new ChainWorld();
  private final Instance a = world.instance();
  private final Instance b = world.instance();

  private void write(Instance by, String value) {
    world.source.put("k", value);
    by.cache().invalidate("k");
  }

  @Test
  void get_missEverywhere_isLoadedOnceAndStoredInBoth() {
    Result<String> first = a.cache().get("k");

    assertThat(first.source()).isEqualTo(Result.Source.LOADER);
    assertThat(first.reason()).isEqualTo(Result.Reason.MISS);
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v0");
    assertThat(ChainWorld.text(world.in(world.far, "k"))).isEqualTo("v0");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(world.loads).isEqualTo(1);
    assertThat(b.far().reads).isZero();
  }

  @Test
  void get_inTheFarLayerAlone_isStoredInTheNearOneToo() {
    a.get("k");
    world.near.evict(ChainWorld.CACHE, "k");

    Result<String> found = b.cache().get("k");

    assertThat(found.source()).isEqualTo(Result.Source.LAYER);
    assertThat(found.reason()).isEqualTo(Result.Reason.HIT);
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v0");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(world.loads).isEqualTo(1);
  }

  @Test
  void get_inTheFarLayerAlone_isKeptForWhatIsLeftOfItsTime() {
    a.get("k");
    world.time.advance(Duration.ofMinutes(40));
    world.near.evict(ChainWorld.CACHE, "k");

    assertThat(b.get("k")).isEqualTo("v0");

    var stored = Objects.requireNonNull(world.in(world.near, "k"));
    assertThat(stored.fresh()).isEqualTo(Duration.ofMinutes(20));
    assertThat(stored.tags()).containsExactly("tag:k");
    assertThat(stored.age()).isEqualTo(Duration.ofMinutes(40));
    world.source.put("k", "v1");
    world.time.advance(Duration.ofMinutes(19));
    assertThat(b.get("k")).isEqualTo("v0");
    world.time.advance(Duration.ofMinutes(1));
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void validatorAndVersion_ofTheFarLayer_goUp() {
    Instance c =
        world.instance(
            World.POLICY,
            load ->
                load.stale() == null
                    ? Loaded.of("v0").validator("etag").tagged("red")
                    : Loaded.notModified());
    c.get("k");
    world.near.evict(ChainWorld.CACHE, "k");
    world.time.advance(Duration.ofMinutes(61));

    Result<String> asked = c.cache().get("k"); // of what the far layer has kept

    assertThat(asked.value()).isEqualTo("v0");
    assertThat(Objects.requireNonNull(world.in(world.near, "k")).validator()).isEqualTo("etag");
    assertThat(Objects.requireNonNull(world.in(world.far, "k")).tags()).containsExactly("red");
  }

  @Test
  void loaded_notToBeStored_isStoredNowhereAndLeavesNoLease() {
    Instance c = world.instance(World.POLICY, load -> Loaded.of("once").doNotStore());

    assertThat(c.cache().get("k").reason()).isEqualTo(Result.Reason.NOT_STORED);

    assertThat(world.in(world.near, "k")).isNull();
    assertThat(world.in(world.far, "k")).isNull();
    for (MemoryLayer layer : List.of(world.near, world.far)) {
      assertThat(
              world
                  .session(layer)
                  .acquire("k", null, Duration.ofSeconds(1))
                  .toCompletableFuture()
                  .join())
          .isInstanceOf(Acquired.Leased.class);
    }
  }

  @Test
  void write_announcedInTheFarLayer_keepsWhatIsLoadedOutOfTheNearOne() {
    LayerSession far = world.session(world.far);
    far.begin("k", Duration.ofSeconds(5)).toCompletableFuture().join();

    Result<String> read = a.cache().get("k");

    assertThat(read.value()).isEqualTo("v0");
    assertThat(read.reason()).isEqualTo(Result.Reason.WRITING);
    assertThat(world.in(world.near, "k")).isNull();
  }

  @Test
  void invalidate_duringALoad_rejectsItInBothLayers() {
    world.afterNextRead(() -> write(b, "v1"));

    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);

    assertThat(world.in(world.near, "k")).isNull();
    assertThat(world.in(world.far, "k")).isNull();
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.cache().figures().get().rejectedFills()).isEqualTo(1);
  }

  @Test
  void tag_invalidatedByAnother_reachesWhatBothLayersHave() {
    a.get("k");
    world.near.evict(ChainWorld.CACHE, "k");
    a.cache().invalidate("other");
    b.get("k");
    world.source.put("k", "v1");

    b.cache().invalidateTag("tag:k");

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void clear_always_leavesNothingOldInBothLayers() {
    a.get("k");
    world.source.put("k", "v1");

    b.cache().clear();

    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void write_through_isStoredInBothLayers() {
    a.cache()
        .write(
            "k",
            () -> {
              world.source.put("k", "v1");
              return "v1";
            });

    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v1");
    assertThat(ChainWorld.text(world.in(world.far, "k"))).isEqualTo("v1");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(world.loads).isZero();
  }

  @Test
  void write_throughWhileTheFarLayerHearsOfAnother_isStoredInNone() {
    a.cache()
        .write(
            "k",
            () -> {
              world.session(world.far).begin("k", Duration.ofSeconds(5));
              world.source.put("k", "v1");
              return "v1";
            });

    assertThat(world.in(world.far, "k")).isNull();
    assertThat(world.in(world.near, "k")).isNull();
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void begin_withTheNearLayerDown_leavesNoIntentInTheFarOne() {
    a.near().cut = true;

    assertThatThrownBy(() -> a.cache().invalidate("k", () -> world.source.put("k", "never")))
        .isInstanceOf(LayerUnavailableException.class);

    assertThat(world.source).containsEntry("k", "v0");
    assertThat(b.cache().get("k").reason()).isEqualTo(Result.Reason.MISS); // and not: writing
  }

  @Test
  void get_withTheFarLayerDown_goesPastItAndIsStoredInTheNearOne() {
    a.far().cut = true;

    Result<String> read = a.cache().get("k");

    assertThat(read.source()).isEqualTo(Result.Source.OFFLINE);
    assertThat(read.reason()).isEqualTo(Result.Reason.MISS);
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v0");
    assertThat(world.in(world.far, "k")).isNull();
    assertThat(a.cache().figures().get().offlineLoads()).isEqualTo(1);
    write(b, "v1"); // who reaches both
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidate_withTheFarLayerDown_failsAndReachesTheNearOne() {
    a.get("k");
    a.far().cut = true;
    world.source.put("k", "v1");

    assertThatThrownBy(() -> a.cache().invalidate("k"))
        .isInstanceOf(LayerUnavailableException.class);

    assertThat(world.in(world.near, "k")).isNull();
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidate_queuedWhileTheFarLayerIsDown_isMadeUpForInBoth() {
    Instance c = world.instance(World.POLICY.writes(WritePolicy.QUEUE), world::load);
    c.get("k");
    c.far().cut = true;
    world.source.put("k", "v1");
    c.cache().invalidate("k");
    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isNotNull(); // perhaps old, from the far layer

    c.far().cut = false;
    world.time.advance(World.POLICY.bound());

    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(ChainWorld.text(world.in(world.far, "k"))).isNotEqualTo("v0");
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isNotEqualTo("v0");
  }

  @Test
  void get_withTheNearLayerDown_comesFromTheFarOneAndIsKeptForTheBound() {
    b.get("k");
    a.near().cut = true;

    Result<String> read = a.cache().get("k");

    assertThat(read.source()).isEqualTo(Result.Source.LAYER);
    assertThat(read.reason()).isEqualTo(Result.Reason.LAYER_DOWN);
    assertThat(world.loads).isEqualTo(1);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    write(b, "v1");
    world.time.advance(World.POLICY.bound());
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void loader_failed_isCoveredByWhatTheFarLayerHasKept() {
    AtomicReference<String> value = new AtomicReference<>("v0");
    Instance c =
        world.instance(
            World.POLICY.failSafe(Duration.ofHours(6)),
            load -> {
              String it = value.get();
              if (it.isEmpty()) {
                throw new IllegalStateException("away");
              }
              return Loaded.of(it);
            });
    c.get("k");
    world.near.flush();
    world.time.advance(Duration.ofHours(2));
    value.set("");

    Result<String> covered = c.cache().get("k");

    assertThat(covered.value()).isEqualTo("v0");
    assertThat(covered.source()).isEqualTo(Result.Source.STALE);
    value.set("v1");
    c.cache().invalidate("k"); // which ends the pause, too
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void getAll_misses_areAskedOfEachLayerAtOnce() {
    List<String> keys = List.of("k", "l", "m", "n");
    keys.forEach(key -> world.source.put(key, "v0"));
    keys.forEach(b::get);
    List.of("l", "m").forEach(key -> world.near.evict(ChainWorld.CACHE, key));
    int before = a.far().calls;

    var all = a.cache().getAll(keys);

    assertThat(all.values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.LAYER));
    assertThat(a.far().calls - before).isEqualTo(1);
    assertThat(a.far().reads).isZero();
    assertThat(world.loads).isEqualTo(4);
    assertThat(a.cache().getAll(keys).values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.MEMORY));
  }

  @Test
  void getAll_withALayerDown_asksTheOther() {
    List<String> keys = List.of("k", "l");
    keys.forEach(key -> world.source.put(key, "v0"));
    keys.forEach(b::get);
    a.near().cut = true;
    int before = a.far().calls;

    assertThat(a.cache().getAll(keys).values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.LAYER));
    assertThat(a.far().calls - before).isEqualTo(1);

    a.near().cut = false;
    a.far().cut = true;
    world.near.flush();
    world.far.flush();
    world.time.advance(World.POLICY.bound());

    assertThat(a.cache().getAll(keys).values())
        .allSatisfy(result -> assertThat(result.source()).isEqualTo(Result.Source.OFFLINE));
  }

  @Test
  void getAll_ofAKeyThatAnotherLoads_doesNotHoldTheOthersUp() {
    world.source.put("l", "v0");
    LayerSession near = world.session(world.near);
    near.acquire("k", null, Duration.ofSeconds(3)).toCompletableFuture().join();

    var all = a.cache().getAllAsync(List.of("k", "l")).toCompletableFuture();

    assertThat(all).isNotDone();
    assertThat(a.cache().peek("l")).isPresent();
    world.time.advance(Duration.ofSeconds(4));
    assertThat(all.join().values()).extracting(Result::value).containsExactly("v0", "v0");
  }

  @Test
  void atLeast_onAnInstanceThatHeardNothing_readsTheWrite() {
    assertThat(a.get("k")).isEqualTo("v0");
    world.wire.loses = true;
    world.source.put("k", "v1");
    Stamp stamp = b.cache().invalidate("k");

    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.cache().get("k", ReadOptions.atLeast(stamp)).value()).isEqualTo("v1");
  }

  @Test
  void bypass_always_passesAllLayers() {
    a.get("k");
    world.source.put("k", "v1");

    assertThat(b.cache().get("k", ReadOptions.bypass()).value()).isEqualTo("v1");

    assertThat(b.get("k")).isEqualTo("v0");
  }

  @Test
  void replicaOfTheSource_afterAWriteThatOnlyTheFarLayerKnowsOf_isAvoided() {
    AtomicReference<Boolean> primary = new AtomicReference<>();
    Instance c =
        world.instance(
            World.POLICY.replicaLag(Duration.ofSeconds(5)),
            load -> {
              primary.set(load.preferPrimary());
              return Loaded.of("v0");
            });
    world.time.advance(Duration.ofHours(1));
    c.get("k");
    assertThat(primary).hasValue(false);
    world.near.evict(ChainWorld.CACHE, "l");

    world.session(world.far).invalidate(new Invalidation.Key("l")).toCompletableFuture().join();
    c.get("l");

    assertThat(primary).hasValue(true);
  }

  @Test
  void refresh_aheadOfTime_passesWhatTheLayersHave() {
    Instance c = world.instance(World.POLICY.staleWhileRevalidate(World.POLICY.ttl()), world::load);
    c.get("k");
    world.source.put("k", "v1");
    world.time.advance(Duration.ofMinutes(61));

    assertThat(c.cache().get("k").source()).isEqualTo(Result.Source.STALE); // refreshes

    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(ChainWorld.text(world.in(world.near, "k"))).isEqualTo("v1");
    assertThat(ChainWorld.text(world.in(world.far, "k"))).isEqualTo("v1");
    assertThat(world.loads).isEqualTo(2);
  }

  @Test
  void refresh_eager_isNotContentWithWhatTheLayersHave() {
    Instance c = world.instance(World.POLICY.eager(1e6), this::slowly);
    c.get("k");
    world.source.put("k", "v1");
    world.time.advance(Duration.ofMinutes(1));

    c.get("k"); // some time before its end is as good as now, at that rate

    assertThat(ChainWorld.text(world.in(world.far, "k"))).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v1");
  }

  private Loaded<String> slowly(Load<String, String> load) {
    String value = world.source.get(load.key());
    world.time.advance(Duration.ofSeconds(5));
    return Loaded.ofNullable(value);
  }

  @Test
  void layer_addedTwice_isRefused() {
    var builder = LayeredCache.named("twice").layer(world.near, Codec.text());

    assertThatThrownBy(() -> builder.layer(world.near, Codec.text()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'twice'");
  }

  @Test
  void build_withLayersThatOthersHaveElsewhere_isRefused() {
    var one = LayeredCache.named(ChainWorld.CACHE).layer(world.near, Codec.text());
    var reversed =
        LayeredCache.named(ChainWorld.CACHE)
            .layer(world.far, Codec.text())
            .layer(world.near, Codec.text());

    assertThatThrownBy(() -> one.build((String key) -> key))
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining("layer 1 of 2");
    assertThatThrownBy(() -> reversed.build((String key) -> key))
        .isInstanceOf(UnequalFormException.class)
        .hasMessageContaining("layer 2 of 2");
  }

  @Test
  void layers_three_workAsTwo() {
    MemoryLayer third = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(world.time));
    MemoryLayer second = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(world.time));
    MemoryLayer first = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(world.time));
    LayeredCache<String, String> cache =
        LayeredCache.named("three")
            .layer(first, Codec.text())
            .layer(second, Codec.text())
            .layer(third, Codec.text())
            .timekeeper(world.time)
            .buildWith(world::load);
    assertThat(cache.get("k").value()).isEqualTo("v0");
    first.evict("three", "k");
    second.evict("three", "k");
    try (LayeredCache<String, String> other =
        LayeredCache.named("three")
            .layer(first, Codec.text())
            .layer(second, Codec.text())
            .layer(third, Codec.text())
            .timekeeper(world.time)
            .buildWith(world::load)) {
      assertThat(other.getAll(List.of("k")).get("k"))
          .extracting(Result::source)
          .isEqualTo(Result.Source.LAYER);
      world.source.put("k", "v1");
      other.invalidate("k", () -> world.source.put("k", "v2"));

      assertThat(other.get("k").value()).isEqualTo("v2");
    }
    world.time.advance(World.POLICY.heartbeat());
    assertThat(cache.get("k").value()).isEqualTo("v2");
    assertThat(world.loads).isEqualTo(2);
    cache.close();
  }
}
