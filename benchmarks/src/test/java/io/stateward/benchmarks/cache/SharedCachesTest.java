package io.stateward.benchmarks.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Over a Redis that is started for each. */
final class SharedCachesTest {

  private static final List<String> CONTENDERS =
      List.of("stateward", "jetcache", "redisson", "naive");

  @Test
  void layerHit_eachContender_readsWhatIsInRedis() {
    for (String contender : List.of("stateward", "lettuce", "jetcache", "redisson")) {
      try (LayerHitWorkload workload = new LayerHitWorkload(contender, 10, 100)) {
        workload.run();
        workload.verify();
      }
    }
  }

  @Test
  void clean_eachContender_isTimedUntilNobodyHasTheOldVersion() {
    for (String contender : CONTENDERS) {
      try (CleanWorkload workload = new CleanWorkload(contender, 2)) {
        assertThat(workload.measure(1)).as(contender).isPositive();
        workload.verify();
      }
    }
  }

  @Test
  void messages_ofAWriteAndOfFills_areCounted() {
    assertThat(Messages.ofWrite("stateward", 2)).isEqualTo(1);
    assertThat(Messages.ofThousandReads("stateward", 2)).isZero();
    assertThat(Messages.ofThousandReads("jetcache", 2)).isPositive();
  }

  @Test
  void losses_naiveCache_areNeverRepaired() {
    assertThat(Losses.longestMillis("naive", 1, 1_000)).isEqualTo(1_000);
  }

  @Test
  void losses_ours_areRepaired() {
    assertThat(Losses.longestMillis("stateward", 1, 10_000)).isLessThan(10_000);
  }

  @Test
  void losing_contenderWithoutAWireOfItsOwn_isRefused() {
    CacheSetting setting = CacheSetting.shared("redis://127.0.0.1:1", 1, key -> Item.of(1, 1));

    assertThatThrownBy(() -> SharedCaches.losing("redisson", setting, Wire.WHOLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redisson");
  }

  @Test
  void staleSets_naiveCache_areFoundByTheOracle() {
    assertThat(staleSets("naive")).isGreaterThanOrEqualTo(20); // all of those in order
  }

  @Test
  void staleSets_ours_areNone() {
    assertThat(staleSets("stateward")).isZero();
  }

  @Test
  void stampede_twoMachines_loadsOnce() {
    try (StampedeHerd herd = new StampedeHerd("stateward", 2, 5)) {
      assertThat(herd.loads(1)).isEqualTo(1);
      assertThat(herd.loads(2)).isEqualTo(1);
    }
  }

  private static long staleSets(String contender) {
    try (RedisProcess redis = RedisProcess.start()) {
      StaleSets.Maker maker =
          source ->
              CacheInstances.of(
                  contender, CacheSetting.shared(redis.address(), 1_000, source::load));
      try (StaleSets soak = new StaleSets(maker, 3, Duration.ofSeconds(1))) {
        return soak.outOf(40);
      }
    }
  }
}
