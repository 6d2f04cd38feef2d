package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What memory has that is fresh, but of which it is not known any more whether it is valid. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnconfirmedTest {

  private final World world = new World();
  private boolean broken;

  private Loaded<String> load(Load<String, String> load) {
    if (broken) {
      throw new IllegalStateException("down");
    }
    return world.load(load);
  }

  /**
   * One whose memory is warm, whose layer is away for longer than the bound, and whose loader
   * fails.
   */
  private Instance cutOff(Policy policy) {
    Instance a = world.instance(policy, this::load);
    assertThat(a.get("k")).isEqualTo("v0");
    a.link().cut = true;
    broken = true;
    world.time.advance(policy.bound().plusMillis(1));
    return a;
  }

  @Test
  void get_unconfirmedAndTheLoaderFails_isAFailure() {
    Instance a = cutOff(World.POLICY);

    Result<String> result = a.cache().get("k");

    assertThat(result.failure()).hasMessage("down");
    assertThat(a.cache().get("k").failure()).hasMessage("down");
  }

  @Test
  void get_unconfirmedAndTheLoaderFailsUnderFailSafe_isStale() {
    Instance a = cutOff(World.POLICY.failSafe(Duration.ofMinutes(1)).failure(Duration.ofHours(2)));

    Result<String> result = a.cache().get("k");

    assertThat(result.value()).isEqualTo("v0");
    assertThat(result.source()).isEqualTo(Result.Source.STALE);
    assertThat(result.reason()).isEqualTo(Result.Reason.LOADER_FAILED);
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.STALE);
    world.time.advance(World.POLICY.ttl().plusMinutes(1));
    assertThat(a.cache().get("k").failure()).hasMessage("down");
  }

  @Test
  void get_unconfirmedUntilTheLayerAnswers_isAHitAgain() {
    Instance a = cutOff(World.POLICY.failSafe(Duration.ofMinutes(1)).failure(Duration.ofHours(2)));
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.STALE);

    a.link().cut = false;
    world.time.advance(World.POLICY.heartbeat());

    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(a.cache().get("k").reason()).isEqualTo(Result.Reason.HIT);
  }

  @Test
  void get_unconfirmedAndTheLayerAnswersBeforeTheLoaderFails_isAHit() {
    World.Instance[] it = new World.Instance[1];
    Loader<String, String> loader =
        load -> {
          if (broken) {
            it[0].link().cut = false;
            world.time.advance(World.POLICY.heartbeat());
          }
          return load(load);
        };
    it[0] = world.instance(World.POLICY, loader);
    assertThat(it[0].get("k")).isEqualTo("v0");
    it[0].link().cut = true;
    world.time.advance(World.POLICY.bound().plusMillis(1));
    broken = true;

    assertThat(it[0].cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void softTimeout_ofWhatIsUnconfirmed_isStaleIfFailSafeLetsItBe() {
    ManualExecutor later = new ManualExecutor();
    for (Duration failSafe : new Duration[] {Duration.ZERO, Duration.ofMinutes(1)}) {
      Policy policy = World.POLICY.failSafe(failSafe).softTimeout(Duration.ofMillis(100));
      Instance a = world.instance(policy, this::load, later);
      a.cache().getAsync("k");
      later.runAll();
      a.link().cut = true;
      world.time.advance(policy.bound().plusMillis(1));

      CompletableFuture<Result<String>> reader = a.cache().getAsync("k").toCompletableFuture();
      world.time.advance(Duration.ofMillis(100));

      if (failSafe.isZero()) {
        assertThat(reader).isNotDone();
        later.runAll();
        assertThat(reader.join().source()).isEqualTo(Result.Source.OFFLINE);
      } else {
        later.runAll();
        assertThat(reader.join().source()).isEqualTo(Result.Source.STALE);
        assertThat(reader.join().reason()).isEqualTo(Result.Reason.LOADER_SLOW);
      }
    }
  }
}
