package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the source is known to have replaced is not stored, though its replicas have it still. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VersionsTest {

  private final World world = new World();
  private final Map<String, String> replica = new HashMap<>(Map.of("k", "v1"));
  private final List<Boolean> primary = new ArrayList<>();

  VersionsTest() {
    world.source.put("k", "v1");
  }

  private static long version(String value) {
    return Long.parseLong(value.substring(1));
  }

  private Loaded<String> load(Load<String, String> load) {
    primary.add(load.preferPrimary());
    return Loaded.ofNullable((load.preferPrimary() ? world.source : replica).get(load.key()));
  }

  private LayeredCache<String, String> over(
      World.Link link, ToLongFunction<String> versions, Policy policy) {
    return LayeredCache.named("words")
        .layer(link, Codec.text())
        .backplane(world.wire)
        .versions(versions)
        .policy(policy)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(this::load);
  }

  private Instance instance() {
    World.Link link = new World.Link(world.layer);
    return new Instance(over(link, VersionsTest::version, World.POLICY), link);
  }

  private LayeredCache<String, String> inMemory(Policy policy) {
    return LayeredCache.named("words")
        .versions(VersionsTest::version)
        .policy(policy)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(this::load);
  }

  private void write(LayeredCache<String, String> by, String value) {
    world.source.put("k", value);
    by.invalidate("k", version(value));
  }

  @Test
  void load_fromAReplicaThatLags_isRefusedAndTheNextAsksThePrimary() {
    Instance a = instance();
    Instance b = instance();
    write(b.cache(), "v2");

    Result<String> first = a.cache().get("k");
    Result<String> second = a.cache().get("k");

    assertThat(first.value()).isEqualTo("v1");
    assertThat(first.reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(second.value()).isEqualTo("v2");
    assertThat(second.reason()).isEqualTo(Result.Reason.MISS);
    assertThat(primary).containsExactly(false, true);
    assertThat(b.get("k")).isEqualTo("v2");
    assertThat(primary).hasSize(2);
    a.cache().invalidate("k");
    a.cache().get("k");
    assertThat(primary).containsExactly(false, true, false);
  }

  @Test
  void load_withoutVersionsOfAReplicaThatLags_isStored() {
    World.Link link = new World.Link(world.layer);
    LayeredCache<String, String> cache = over(link, value -> 0, World.POLICY);
    write(cache, "v2");

    assertThat(cache.get("k").value()).isEqualTo("v1");
    assertThat(cache.get("k").source()).isEqualTo(Result.Source.MEMORY); // as said: none is known
  }

  @Test
  void load_ofAnInstanceThatHeardNothing_isRefusedByTheLayer() {
    Instance a = instance();
    world.wire.loses = true;
    write(instance().cache(), "v2");

    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(a.get("k")).isEqualTo("v2");
  }

  @Test
  void writeThrough_raisesTheFence() {
    Instance a = instance();
    Instance b = instance();
    a.cache()
        .write(
            "k",
            () -> {
              world.source.put("k", "v2");
              return "v2";
            });
    world.time.advance(World.POLICY.ttl());

    assertThat(b.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(b.get("k")).isEqualTo("v2");
  }

  @Test
  void load_whoseLayerForgotWhatThisInstanceKnows_isRefused() {
    Instance a = instance();
    write(a.cache(), "v2");
    world.layer.flush();
    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);

    assertThat(instance().get("k")).isEqualTo("v1"); // nobody told this one
    assertThat(a.get("k")).isEqualTo("v2"); // it does not take that from the layer
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void load_whileTheLayerIsDown_isRefusedByMemory() {
    Instance a = instance();
    write(a.cache(), "v2");
    a.link().cut = true;

    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.REJECTED);

    assertThat(a.get("k")).isEqualTo("v2");
  }

  @Test
  void load_inMemoryAlone_isRefusedAfterAnInvalidationAndAfterANewerLoad() {
    LayeredCache<String, String> cache = inMemory(World.POLICY);
    write(cache, "v2");

    assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(cache.get("k").value()).isEqualTo("v2");
    world.time.advance(World.POLICY.ttl().minusMinutes(1));
    assertThat(cache.get("k").source()).isEqualTo(Result.Source.MEMORY);
    world.time.advance(Duration.ofMinutes(1));
    assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.MISS); // the fence is gone as well
  }

  @Test
  void refresh_thatFindsAnOlderVersion_doesNotReplaceTheNewer() {
    Duration minute = Duration.ofMinutes(1);
    LayeredCache<String, String> cache = inMemory(Policy.ttl(minute).staleWhileRevalidate(minute));
    replica.put("k", "v2");
    assertThat(cache.get("k").value()).isEqualTo("v2");
    replica.put("k", "v1"); // another replica
    world.source.put("k", "v2");
    world.time.advance(minute);

    assertThat(cache.get("k").value()).isEqualTo("v2"); // stale, and refreshed
    assertThat(cache.get("k").value()).isEqualTo("v2");

    assertThat(primary).containsExactly(false, false, true);
    assertThat(cache.get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void versions_thatThrowOrAreNegative_areFailuresAndTheValueIsNotStored() {
    for (ToLongFunction<String> careless :
        List.<ToLongFunction<String>>of(value -> -1, value -> Long.parseLong(value))) {
      World.Link link = new World.Link(world.layer);
      try (Failures told = Failures.about("words")) {
        LayeredCache<String, String> cache = over(link, careless, World.POLICY);

        Result<String> result = cache.get("k");

        assertThat(result.value()).isEqualTo("v1");
        assertThat(result.reason()).isEqualTo(Result.Reason.NOT_STORED);
        assertThat(told.list()).isNotEmpty();
      }
    }
  }

  @Test
  void invalidate_negativeVersion_isRefused() {
    LayeredCache<String, String> cache = inMemory(World.POLICY);

    assertThatThrownBy(() -> cache.invalidate("k", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void age_throughALayer_countsFromTheLoad() {
    Instance a = instance();
    assertThat(a.cache().get("k").age()).isZero();
    world.time.advance(Duration.ofMinutes(10));

    Instance b = instance();
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(b.cache().get("k").age()).isEqualTo(Duration.ofMinutes(10));
    world.time.advance(Duration.ofMinutes(5));
    world.time.advance(World.POLICY.heartbeat());

    assertThat(b.cache().peek("k").orElseThrow().age())
        .isEqualTo(a.cache().peek("k").orElseThrow().age())
        .isEqualTo(Duration.ofMinutes(15).plus(World.POLICY.heartbeat()));
  }
}
