package io.stateward.benchmarks.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.benchmarks.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CacheWorkloadsTest {

  private static final int ITEMS = 100;
  private static final List<String> IN_MEMORY =
      List.of(
          "stateward",
          "layered",
          "caffeine",
          "cache2k",
          "guava",
          "jetcache",
          "spring",
          "naive",
          "redisson");

  @Test
  void hit_eachContenderAndPattern_readsWhatIsStored() {
    for (String contender : IN_MEMORY) {
      for (String pattern : List.of("zipf", "same")) {
        runTwice(new HitWorkload(contender, pattern, ITEMS, 1));
      }
    }
  }

  @Test
  void hit_twoThreads_eachReadsAll() {
    try (HitWorkload workload = new HitWorkload("stateward", "zipf", ITEMS, 2)) {
      long alone = new HitWorkload("stateward", "zipf", ITEMS, 1).operations();

      workload.run();
      workload.verify();

      assertThat(workload.operations()).isEqualTo(2 * alone);
    }
  }

  @Test
  void zipf_draws_areUnevenAndAlwaysTheSame() {
    int[] draws = Zipf.draw(1_000, 0.99, 100_000);
    int[] counts = new int[1_000];
    Arrays.stream(draws).forEach(number -> counts[number]++);
    Arrays.sort(counts);

    assertThat(draws).isEqualTo(Zipf.draw(1_000, 0.99, 100_000));
    assertThat(counts[999]).isBetween(12_000, 14_500); // 1 / H(1000, 0.99) of all is 0.131
    assertThat(counts[998]).isBetween(5_500, 7_500);
    assertThat(counts[0]).isLessThan(50);
  }

  @Test
  void stampede_eachThatCoalesces_loadsOnceARound() {
    for (String contender : List.of("stateward", "caffeine", "guava", "jetcache", "spring")) {
      assertThat(Stampede.loads(contender, 8, 2)).as(contender).isEqualTo(1);
    }
  }

  @Test
  void stampede_naiveCache_loadsOftener() {
    assertThat(Stampede.loads("naive", 8, 2)).isGreaterThan(1);
  }

  @Test
  void staleSets_naiveCache_areFoundByTheOracle() {
    assertThat(staleSets("naive")).isGreaterThanOrEqualTo(50); // all of those in order
  }

  @Test
  void staleSets_ours_areNone() {
    assertThat(staleSets("stateward")).isZero();
  }

  @Test
  void load_heldOne_returnsWhatItReadBeforeTheCommit() throws InterruptedException {
    RacedSource source = new RacedSource();
    String key = Item.key(1);
    RacedSource.Held held = source.hold(key);
    AtomicLong version = new AtomicLong();
    Thread reader = new Thread(() -> version.set(source.load(key).version()));
    reader.start();

    held.awaitRead();
    source.commit(key);
    held.letGo();
    reader.join();

    assertThat(version).hasValue(1);
    assertThat(source.load(key).version()).isEqualTo(2);
    source.commit(key);
    assertThat(source.version(key)).isEqualTo(3);
  }

  @Test
  void retained_eachContender_weighsSomething() {
    for (String contender : List.of("stateward", "caffeine", "cache2k", "guava")) {
      assertThat(Retained.perEntry(contender, 20_000, false))
          .as(contender)
          .isBetween(20.0, 1_000.0);
    }
  }

  @Test
  void codec_item_isTheSameAgain() {
    Item item = new Item(7, 3, "body");

    assertThat(Item.CODEC.decode(Item.CODEC.encode(item))).isEqualTo(item);
    assertThat(Item.CODEC.encode(Item.ofBytes(7, 100))).hasSize(100);
    assertThat(Item.id(Item.key(1_234))).isEqualTo(1_234);
    assertThat(Item.key(1_234)).hasSize(16);
  }

  @Test
  void of_unknownContender_isRefused() {
    assertThatThrownBy(
            () -> CacheInstances.of("nobody", CacheSetting.inMemory(1, key -> Item.of(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }

  private static long staleSets(String contender) {
    StaleSets.Maker maker =
        source -> CacheInstances.of(contender, CacheSetting.inMemory(1_000, source::load));
    try (StaleSets soak = new StaleSets(maker, 1, Duration.ZERO)) {
      return soak.outOf(100);
    }
  }

  private static void runTwice(Workload workload) {
    try (workload) {
      workload.verify();
      workload.run();
      workload.verify();
      workload.run();
      workload.verify();
    }
  }
}
