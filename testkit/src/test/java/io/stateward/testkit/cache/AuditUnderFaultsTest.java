package io.stateward.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Load;
import io.stateward.cache.Loaded;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.Policy;
import io.stateward.cache.spi.LayerSession;
import io.stateward.codec.Codec;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One auditor over instances of the layered cache, whose layer and backplane fail, and over naive
 * ones with a backplane that never does: the same reads and writes, the same loads that take long.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AuditUnderFaultsTest {

  private static final Policy POLICY = Policy.ttl(Duration.ofHours(1));
  private static final List<String> KEYS = List.of("a1", "a2", "b1");
  private static final int SEEDS = 12;
  private static final int STEPS = 150;

  private final Map<String, Integer> found = new TreeMap<>(); // by instance

  @Test
  void audit_ofSeededRaces_findsTheNaiveCachesAlone() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (Race race = new Race(seed)) {
        race.run();
      }
    }

    assertThat(found).containsOnlyKeys("naive 0", "naive 1");
  }

  private final class Race implements AutoCloseable {
    private final Random random;
    private final VirtualTimekeeper time = VirtualTimekeeper.create();
    private final Turns turns = new Turns();
    private final FloorOracle source = new FloorOracle(time, KEYS);
    private final MemoryLayer memory =
        MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(2).log(8));
    private final MemoryBackplane backplane = MemoryBackplane.of();
    private final List<FaultyLayer> layers = new ArrayList<>();
    private final List<FaultyBackplane> wires = new ArrayList<>();
    private final List<LayeredCache<String, Long>> ours = new ArrayList<>();
    private final List<NaiveCache<String, Long>> naive = new ArrayList<>();
    private final CacheAuditor<String, Long> auditor;

    Race(int seed) {
      random = new Random(seed);
      AuditorBuilder<String, Long> auditing =
          CacheAuditor.of(source::read)
              .bound(POLICY.bound().plusSeconds(1))
              .checksPerSecond(20)
              .keys(() -> KEYS)
              .onStale(stale -> found.merge(stale.instance(), 1, Integer::sum))
              .executor(Runnable::run)
              .timekeeper(time);
      for (int i = 0; i < 3; i++) {
        auditing.instance("ours " + i, instance(seed + i));
      }
      for (int i = 0; i < 2; i++) {
        NaiveCache<String, Long> cache = new NaiveCache<>(this::slowRead);
        naive.add(cache);
        auditing.instance("naive " + i, cache.audited());
      }
      LayerSession session =
          memory.open("words", Codec.int64().schema()).toCompletableFuture().join();
      auditor =
          auditing.instance("layer", Audited.layer(session, Codec.int64(), key -> key)).start();
    }

    private LayeredCache<String, Long> instance(int seed) {
      FaultyLayer layer = FaultyLayer.over(memory, time);
      FaultyBackplane wire = FaultyBackplane.over(backplane, time);
      layers.add(layer);
      wires.add(wire);
      LayeredCache<String, Long> cache =
          LayeredCache.named("words")
              .layer(layer, Codec.int64())
              .backplane(wire)
              .policy(POLICY)
              .executor(turns)
              .timekeeper(time)
              .buildWith((Load<String, Long> load) -> Loaded.of(slowRead(load.key())));
      ours.add(cache);
      return cache;
    }

    private long slowRead(String key) {
      long value = source.read(key);
      turns.hold();
      return value;
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step(KEYS.get(random.nextInt(KEYS.size())), random.nextInt(100));
        turns.runQueued();
        turns.check();
      }
      layers.forEach(FaultyLayer::pass);
      wires.forEach(FaultyBackplane::pass);
      while (turns.held() > 0) {
        turns.release(0);
        turns.runQueued();
      }
      advance(400);
      assertThat(auditor.report().get().failed()).isZero();
    }

    private void step(String key, int dice) {
      int who = random.nextInt(3);
      if (dice < 35) {
        ours.get(who).getAsync(key);
        turns.run("naive", () -> naiveGet(naive.get(who % 2), key));
      } else if (dice < 50) {
        source.write(key);
        ours.get(0).invalidate(key); // whose writes are answered, or the claim is another one
        naive.forEach(cache -> cache.invalidate(key));
      } else if (dice < 80) {
        turns.release(random.nextInt(8));
      } else if (dice < 90) {
        advance(random.nextInt(20));
      } else {
        fail(who, dice);
      }
    }

    private void naiveGet(NaiveCache<String, Long> cache, String key) {
      try {
        cache.get(key);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private void fail(int who, int dice) {
      Chances rough = Chances.none().drop(0.2).dropAnswer(0.2).delay(0.3, Duration.ofSeconds(3));
      if (dice < 93) {
        layers.get(who).randomly(dice, rough, FaultWorld.READING);
      } else if (dice < 96) {
        wires.get(who).randomly(dice, rough.dropAnswer(0).duplicate(0.2));
      } else if (dice < 98) {
        layers.get(1 + who % 2).disconnect();
        wires.get(who).disconnect();
      } else {
        layers.get(who).pass();
        wires.get(who).pass();
      }
    }

    private void advance(int slices) {
      for (int slice = 0; slice < slices; slice++) {
        time.advance(Duration.ofMillis(50));
        turns.runQueued();
      }
    }

    @Override
    public void close() {
      auditor.close();
      ours.forEach(LayeredCache::close);
      turns.close();
    }
  }
}
