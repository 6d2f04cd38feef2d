package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each part of a policy, with two instances over one layer. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PolicyOverLayerTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final World world = new World();
  private final ManualExecutor later = new ManualExecutor();
  private final List<Load<String, String>> asked = new ArrayList<>();
  private boolean broken;

  /** The source as it is, or broken. */
  private Loaded<String> load(Load<String, String> load) {
    asked.add(load);
    if (broken) {
      throw new IllegalStateException("down");
    }
    return world.load(load);
  }

  private Instance instance(Policy policy) {
    return world.instance(policy, this::load);
  }

  private Instance lazy(Policy policy) {
    return world.instance(policy, this::load, later);
  }

  /** Lets time pass, with all its heartbeats. */
  private void pass(Duration time) {
    world.time.advance(time);
  }

  private static void check(Result<String> result, String value, Result.Reason reason) {
    assertThat(result.valueOrNull()).isEqualTo(value);
    assertThat(result.reason()).isEqualTo(reason);
  }

  @Test
  void ttl_ofWhatComesFromTheLayer_isWhatIsLeftOfIt() {
    Instance a = instance(Policy.ttl(HOUR));
    Instance b = instance(Policy.ttl(HOUR));
    a.get("k");
    pass(MINUTE.multipliedBy(40));
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);

    pass(MINUTE.multipliedBy(19));
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    pass(MINUTE);

    check(b.cache().get("k"), "v0", Result.Reason.MISS);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(asked).hasSize(2);
  }

  @Test
  void ttl_forEver_isLegal() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    Policy policy =
        Policy.ttl(ever)
            .failSafe(ever)
            .staleWhileRevalidate(ever)
            .failure(ever)
            .bound(Duration.ofDays(3))
            .heartbeat(Duration.ofDays(1));
    Instance a = instance(policy);
    a.get("k");
    pass(Duration.ofDays(3_000));

    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(instance(policy).cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(asked).hasSize(1);
  }

  @Test
  void absent_isKnownToAllForItsOwnTime() {
    Policy policy = Policy.ttl(HOUR).absent(MINUTE).failSafe(HOUR);
    Instance a = instance(policy);
    Instance b = instance(policy);
    assertThat(a.cache().get("none").isAbsent()).isTrue();
    pass(MINUTE.dividedBy(2));
    assertThat(b.cache().get("none").isAbsent()).isTrue();
    assertThat(asked).hasSize(1);

    pass(MINUTE.dividedBy(2));
    world.source.put("none", "some");

    assertThat(b.get("none")).isEqualTo("some");
    assertThat(a.get("none")).isEqualTo("some");
    assertThat(asked).hasSize(2);
  }

  @Test
  void failure_isKeptByEachInstanceForItself() {
    Policy policy = Policy.ttl(HOUR).failure(MINUTE);
    Instance a = instance(policy);
    Instance b = instance(policy);
    broken = true;
    assertThat(a.cache().get("k").failure()).hasMessage("down");
    broken = false;

    assertThat(a.cache().get("k").failure()).hasMessage("down");
    assertThat(b.get("k")).isEqualTo("v0");
    pass(MINUTE);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void staleWhileRevalidate_ofWhatTheLayerHas_servesItAndRefreshesOnce() {
    Policy policy = Policy.ttl(HOUR).staleWhileRevalidate(MINUTE.multipliedBy(10));
    Instance a = instance(policy);
    a.get("k");
    pass(HOUR.plusMinutes(5));
    world.source.put("k", "v1");
    Instance b = lazy(policy);
    CompletableFuture<Result<String>> first = b.cache().getAsync("k").toCompletableFuture();
    CompletableFuture<Result<String>> joined = b.cache().getAsync("k").toCompletableFuture();
    later.runAll();

    check(first.join(), "v0", Result.Reason.REFRESHING);
    assertThat(first.join().source()).isEqualTo(Result.Source.STALE);
    assertThat(first.join().age()).isEqualTo(HOUR.plusMinutes(5));
    assertThat(joined.join().value()).isEqualTo("v0");
    assertThat(asked).hasSize(2);
    assertThat(b.cache().get("k").value()).isEqualTo("v1");
    check(a.cache().get("k"), "v0", Result.Reason.REFRESHING); // which finds it in the layer
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(asked).hasSize(2);
  }

  @Test
  void staleWhileRevalidate_ofWhatTheLayerHasForTooLong_waitsForTheLoader() {
    Policy policy = Policy.ttl(HOUR).staleWhileRevalidate(MINUTE).failSafe(HOUR);
    instance(policy).get("k");
    pass(HOUR.plusMinutes(1));
    world.source.put("k", "v1");

    check(instance(policy).cache().get("k"), "v1", Result.Reason.MISS);
  }

  @Test
  void staleWhileRevalidate_whileAnotherInstanceRefreshes_doesNotWaitForIt() {
    Policy policy = Policy.ttl(HOUR).staleWhileRevalidate(HOUR);
    Instance a = lazy(policy);
    a.cache().getAsync("k");
    later.runAll();
    pass(HOUR);
    a.cache().getAsync("k"); // whose refresh takes the lease, and no more
    later.runOne();
    later.runOne();

    check(instance(policy).cache().get("k"), "v0", Result.Reason.REFRESHING);
  }

  @Test
  void refresh_thatFails_leavesWhatMayBeServed_andAsksNoMoreForAWhile() {
    Policy policy = Policy.ttl(HOUR).staleWhileRevalidate(HOUR).failure(MINUTE);
    Instance a = instance(policy);
    a.get("k");
    pass(HOUR);
    broken = true;

    check(a.cache().get("k"), "v0", Result.Reason.REFRESHING);
    check(a.cache().get("k"), "v0", Result.Reason.LOADER_FAILED);
    assertThat(asked).hasSize(2);
    pass(MINUTE);
    check(a.cache().get("k"), "v0", Result.Reason.REFRESHING);
    pass(HOUR.minus(MINUTE));
    assertThat(a.cache().get("k").failure()).hasMessage("down");
  }

  @Test
  void failSafe_ofWhatOnlyTheLayerHas_servesItForItsTimeAndNoLonger() {
    for (Duration swr : List.of(Duration.ZERO, MINUTE, Duration.ofHours(9))) {
      broken = false;
      Policy policy = Policy.ttl(HOUR).failSafe(HOUR);
      String key = "k" + swr;
      world.source.put(key, "v0");
      Policy other = policy.staleWhileRevalidate(swr);
      instance(other).get(key);
      pass(HOUR.plusMinutes(30));
      broken = true;
      if (swr.compareTo(HOUR) < 0) {
        check(instance(other).cache().get(key), "v0", Result.Reason.LOADER_FAILED);
      }
      pass(MINUTE.multipliedBy(31));

      Result<String> tooLate = instance(other).cache().get(key);

      if (swr.compareTo(HOUR) < 0) {
        assertThat(tooLate.failure()).hasMessage("down");
      } else {
        check(tooLate, "v0", Result.Reason.REFRESHING);
        pass(Duration.ofHours(8)); // longer than it may be served while it is refreshed
        assertThat(instance(other).cache().get(key).failure()).hasMessage("down");
      }
    }
  }

  @Test
  void failSafe_ofWhatIsKeptToAskAboutIt_isNoLongerThanItSays() {
    Policy policy = Policy.ttl(HOUR).failSafe(MINUTE);
    Loader<String, String> validating = load -> load(load).validator("etag");
    world.instance(policy, validating).get("k");
    pass(HOUR.plusSeconds(30));
    broken = true;
    check(world.instance(policy, validating).cache().get("k"), "v0", Result.Reason.LOADER_FAILED);
    pass(MINUTE);

    Result<String> late = world.instance(policy, validating).cache().get("k");

    assertThat(late.failure()).hasMessage("down");
    assertThat(asked.get(asked.size() - 1).validator()).isEqualTo("etag");
  }

  @Test
  void failSafe_pausedAgainAndAgain_endsWithItsTime() {
    Policy policy =
        Policy.ttl(HOUR).failSafe(MINUTE.multipliedBy(10)).failure(MINUTE.multipliedBy(3));
    Instance a = instance(policy.staleWhileRevalidate(Duration.ofSeconds(1)));
    a.get("k");
    pass(HOUR.plusMinutes(1));
    broken = true;

    int served = 0;
    while (a.cache().get("k").failure() == null) {
      pass(MINUTE);
      served++;
    }

    assertThat(served).isEqualTo(9);
    assertThat(asked).hasSize(1 + 3 + 1);
  }

  @Test
  void clear_whatWasCleared_isNotServedThoughTheLoaderFails() {
    Policy policy = Policy.ttl(HOUR).failSafe(HOUR).staleWhileRevalidate(HOUR);
    Instance a = instance(policy);
    a.get("k");
    pass(HOUR);
    instance(policy).cache().clear();
    broken = true;

    assertThat(a.cache().get("k").failure()).hasMessage("down");
    assertThat(instance(policy).cache().get("k").failure()).hasMessage("down");
    assertThat(a.cache().peek("k")).isEmpty();
  }

  @Test
  void softTimeout_ofWhatOnlyTheLayerHas_answersAndStoresWhatComesLater() {
    Policy policy = Policy.ttl(HOUR).failSafe(HOUR).softTimeout(Duration.ofMillis(100));
    Instance a = lazy(policy);
    a.cache().getAsync("k");
    later.runAll();
    pass(HOUR);
    world.source.put("k", "v1");
    Instance b = lazy(policy);
    CompletableFuture<Result<String>> reader = b.cache().getAsync("k").toCompletableFuture();
    while (asked.size() < 2 && b.cache().peek("k").isEmpty()) {
      assertThat(later.runOne()).isTrue(); // up to the loader, which is slow
    }

    pass(Duration.ofMillis(100));
    while (!reader.isDone()) {
      assertThat(later.runOne()).isTrue();
    }
    check(reader.join(), "v0", Result.Reason.LOADER_SLOW);
    later.runAll();

    assertThat(b.cache().peek("k").orElseThrow().value()).isEqualTo("v1");
    CompletableFuture<Result<String>> other = a.cache().getAsync("k").toCompletableFuture();
    later.runAll();
    assertThat(other.join().source()).isEqualTo(Result.Source.LAYER);
    assertThat(other.join().value()).isEqualTo("v1");
  }

  @Test
  void softTimeout_withNothingStale_waits() {
    Policy policy = Policy.ttl(HOUR).failSafe(HOUR).softTimeout(Duration.ofMillis(100));
    Instance a = lazy(policy);
    CompletableFuture<Result<String>> reader = a.cache().getAsync("k").toCompletableFuture();

    pass(Duration.ofMillis(100));
    assertThat(reader).isNotDone();
    later.runAll();

    check(reader.join(), "v0", Result.Reason.MISS);
  }

  @Test
  void hardTimeout_givesTheLeaseBackToOthers() {
    Policy policy = Policy.ttl(HOUR).hardTimeout(Duration.ofSeconds(1));
    Instance a = lazy(policy);
    CompletableFuture<Result<String>> reader = a.cache().getAsync("k").toCompletableFuture();
    later.runOne(); // reads the layer
    later.runOne(); // takes the lease

    pass(Duration.ofSeconds(1));

    check(instance(Policy.ttl(HOUR)).cache().get("k"), "v0", Result.Reason.MISS);
    later.runAll();
    assertThat(reader.join().failure()).isInstanceOf(TimeoutException.class);
    assertThat(asked).hasSize(1);
  }

  /** Takes a second for each load. */
  private Loaded<String> slowly(Load<String, String> load) {
    world.time.advance(Duration.ofSeconds(1));
    return load(load);
  }

  @Test
  void eager_whenAnotherHasRefreshedIt_takesThatFromTheLayer() {
    Policy always = Policy.ttl(HOUR).eager(1e9);
    Instance a = world.instance(always, this::slowly);
    Instance b = world.instance(always, this::slowly);
    a.get("k");
    b.get("other"); // so that it knows how long a load takes
    b.get("k");
    pass(HOUR.dividedBy(2));
    int before = asked.size();
    a.get("k"); // refreshes
    assertThat(asked).hasSize(before + 1);

    b.get("k");

    assertThat(asked).hasSize(before + 1);
    pass(MINUTE.multipliedBy(45));
    assertThat(b.cache().peek("k").orElseThrow().source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void eager_thatFails_leavesTheValueFresh() {
    for (Policy policy :
        List.of(
            Policy.ttl(HOUR).eager(1e9).failure(MINUTE),
            Policy.ttl(HOUR).eager(1e9).failure(MINUTE).failSafe(HOUR))) {
      broken = false;
      Instance a = world.instance(policy, this::slowly);
      a.cache().clear();
      a.get("k");
      broken = true;

      a.get("k");

      check(a.cache().peek("k").orElseThrow(), "v0", Result.Reason.HIT);
      assertThat(a.cache().peek("k").orElseThrow().source()).isEqualTo(Result.Source.MEMORY);
    }
  }

  @Test
  void conditionalRefresh_asksWithWhatAnotherInstanceWasGiven() {
    Policy policy = Policy.ttl(HOUR);
    Loader<String, String> validating =
        load ->
            load.validator() == null ? load(load).validator("etag").tagged("t") : notModified(load);
    world.instance(policy, validating).get("k");
    pass(HOUR);
    Instance b = world.instance(policy, validating);

    check(b.cache().get("k"), "v0", Result.Reason.MISS);

    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).validator()).isEqualTo("etag");
    assertThat(asked.get(1).stale()).isEqualTo("v0");
    assertThat(b.cache().get("k").age()).isZero();
    assertThat(world.instance(policy, validating).cache().get("k").source())
        .isEqualTo(Result.Source.LAYER);
    instance(policy).cache().invalidateTag("t");
    b.get("k");
    assertThat(asked.get(2).validator()).isNull();
  }

  private Loaded<String> notModified(Load<String, String> load) {
    asked.add(load);
    return Loaded.notModified();
  }

  @Test
  void replicaLag_afterAnInvalidationByAnother_avoidsReplicas() {
    Policy policy = Policy.ttl(HOUR).replicaLag(MINUTE);
    Instance a = instance(policy);
    Instance b = instance(policy);
    b.cache().invalidate("k");
    a.get("k");
    pass(MINUTE);
    b.cache().put("k", "v1");
    pass(MINUTE);
    pass(HOUR);
    a.get("k");

    assertThat(asked).extracting(Load::preferPrimary).containsExactly(true, false);
  }

  @Test
  void lease_ofAnInstanceThatIsGone_isWaitedForAndTakenOver() {
    Policy policy = Policy.ttl(HOUR).lease(Duration.ofSeconds(3));
    Instance gone = lazy(policy);
    gone.cache().getAsync("k");
    later.runOne();
    later.runOne();
    CompletableFuture<Result<String>> waiting =
        instance(policy).cache().getAsync("k").toCompletableFuture();

    pass(Duration.ofSeconds(2));
    assertThat(waiting).isNotDone();
    pass(Duration.ofSeconds(1));

    check(waiting.join(), "v0", Result.Reason.MISS);
    later.runAll(); // it was not gone, but slow
    assertThat(asked).hasSize(2);
    assertThat(gone.cache().peek("k").isEmpty()).isTrue();
  }

  @Test
  void bound_whatIsNotConfirmed_isNeitherServedStale() {
    Policy policy = Policy.ttl(MINUTE).staleWhileRevalidate(HOUR).failSafe(HOUR);
    Instance a = instance(policy);
    a.get("k");
    pass(MINUTE);
    a.link().cut = true;
    pass(policy.bound().plusSeconds(1));

    Result<String> result = a.cache().get("k");

    assertThat(result.source()).isEqualTo(Result.Source.OFFLINE);
    assertThat(asked).hasSize(2);
  }

  @Test
  void tag_invalidatedInTheSameInstant_concernsWhatWasLoadedBeforeAlone() {
    world.source.put("k", "v0#red");
    Instance a = instance(Policy.ttl(HOUR));
    a.get("k");
    a.cache().invalidateTag("#red");
    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.MISS);

    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(instance(Policy.ttl(HOUR)).cache().get("k").source())
        .isEqualTo(Result.Source.LAYER); // as for one that learns of the tag later
    assertThat(asked).hasSize(2);
  }

  @Test
  void tag_invalidatedDuringARefresh_rejectsIt() {
    world.source.put("k", "v0#red");
    Instance a = instance(Policy.ttl(HOUR).staleWhileRevalidate(HOUR));
    a.get("k");
    pass(HOUR);
    world.afterNextRead(
        () -> {
          world.source.put("k", "v1#red");
          instance(Policy.ttl(HOUR)).cache().invalidateTag("#red");
        });

    a.get("k");

    assertThat(a.get("k")).isEqualTo("v1#red");
  }
}
