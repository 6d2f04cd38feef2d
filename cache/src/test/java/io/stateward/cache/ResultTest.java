package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a result says of how long it lasts. */
final class ResultTest {

  private static final Policy POLICY =
      Policy.ttl(Duration.ofMinutes(60)).failSafe(Duration.ofMinutes(30));

  private final World world = new World();
  private final AtomicBoolean down = new AtomicBoolean();
  private final World.Instance a =
      world.instance(
          POLICY,
          load -> {
            if (down.get()) {
              throw new IllegalStateException("down");
            }
            return world.load(load).tagged("tag").validator("v");
          });

  @Test
  void fresh_ofEachSource_isWhatIsLeft() {
    Result<String> loaded = a.cache().get("k");
    assertThat(loaded.fresh()).isEqualTo(Duration.ofMinutes(60));

    world.time.advance(Duration.ofMinutes(20));
    Result<String> hit = a.cache().get("k");
    Result<String> elsewhere = world.instance(POLICY).cache().get("k");

    assertThat(hit.source()).isEqualTo(Result.Source.MEMORY);
    assertThat(elsewhere.source()).isEqualTo(Result.Source.LAYER);
    for (Result<String> result : java.util.List.of(hit, elsewhere)) {
      assertThat(result.fresh()).isEqualTo(Duration.ofMinutes(40));
      assertThat(result.kept()).isEqualTo(Duration.ofMinutes(100)); // twice as long, to ask with v
      assertThat(result.tags()).containsExactly("tag");
      assertThat(result.validator()).isEqualTo("v");
    }
  }

  @Test
  void fresh_stale_isZero() {
    a.cache().get("k");
    down.set(true);
    world.time.advance(Duration.ofMinutes(70));

    Result<String> stale = a.cache().get("k");

    assertThat(stale.source()).isEqualTo(Result.Source.STALE);
    assertThat(stale.fresh()).isZero();
    assertThat(stale.kept()).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void fresh_storedNowhere_isZero() {
    Result<String> bypassed = a.cache().get("k", ReadOptions.bypass());
    world.afterNextRead(() -> a.cache().invalidate("k"));
    Result<String> rejected = a.cache().get("k");
    down.set(true);
    Result<String> failed = a.cache().get("x");

    assertThat(rejected.reason()).isEqualTo(Result.Reason.REJECTED);
    for (Result<String> result : java.util.List.of(bypassed, rejected, failed)) {
      assertThat(result.fresh()).isZero();
      assertThat(result.kept()).isZero();
    }
    assertThat(failed.tags()).isEmpty();
    assertThat(failed.validator()).isNull();
  }

  @Test
  void fresh_withoutTheLayer_isNoLongerThanTheBound() {
    a.link().cut = true;

    Result<String> offline = a.cache().get("k");

    assertThat(offline.source()).isEqualTo(Result.Source.OFFLINE);
    assertThat(offline.fresh()).isEqualTo(POLICY.bound());
    assertThat(offline.kept()).isEqualTo(POLICY.bound());
  }

  @Test
  void fresh_failSafeWithPause_isZero() {
    World.Instance paused =
        world.instance(
            POLICY.failure(Duration.ofMinutes(1)),
            load -> {
              if (down.get()) {
                throw new IllegalStateException("down");
              }
              return world.load(load);
            });
    paused.cache().get("k");
    down.set(true);
    world.time.advance(Duration.ofMinutes(70));
    paused.cache().get("k");

    Result<String> again = paused.cache().get("k");

    assertThat(again.source()).isEqualTo(Result.Source.STALE);
    assertThat(again.fresh()).isZero();
    assertThat(again.kept()).isEqualTo(Duration.ofMinutes(20));
  }
}
