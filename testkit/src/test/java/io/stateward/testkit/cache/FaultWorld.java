package io.stateward.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.LayeredCache;
import io.stateward.cache.Load;
import io.stateward.cache.Loaded;
import io.stateward.cache.MemoryBackplane;
import io.stateward.cache.MemoryLayer;
import io.stateward.cache.MemoryLayerOptions;
import io.stateward.cache.MemoryWeather;
import io.stateward.cache.Policy;
import io.stateward.cache.ReadOptions;
import io.stateward.cache.Result;
import io.stateward.cache.Stamp;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import io.stateward.codec.Codec;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Three instances of a cache, over a layer and a backplane that fail, and what they are asked. */
final class FaultWorld implements AutoCloseable {

  static final List<String> KEYS = List.of("a1", "a2", "b1");
  static final int INSTANCES = 3;
  static final Policy POLICY = Policy.ttl(Duration.ofHours(1));
  private static final Duration SLICE = Duration.ofMillis(50);
  static final LayerOperation[] READING = { // a write waits for its answer
    LayerOperation.READ,
    LayerOperation.READ_ALL,
    LayerOperation.ACQUIRE,
    LayerOperation.FILL,
    LayerOperation.RELEASE,
    LayerOperation.HEADS,
    LayerOperation.LOG,
    LayerOperation.WIDE_MARKS
  };

  private record Instance(
      LayeredCache<String, Long> cache,
      FaultyLayer layer,
      FaultyBackplane wire,
      Map<String, Long> own) {}

  /** A write that is done, and what it wrote. */
  private record Written(Stamp stamp, String key, long value) {}

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final Turns turns = new Turns();
  final FloorOracle oracle = new FloorOracle(time, KEYS);
  int reads;
  private final MemoryLayer memory =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(2).log(6));
  private final MemoryWeather weather = new MemoryWeather(memory);
  private final MemoryBackplane backplane = MemoryBackplane.of();
  private final List<Instance> instances = new ArrayList<>();
  private final LayerSession observer;
  private final List<String> wrong = new ArrayList<>();
  private @Nullable Written written;
  private @Nullable Runnable replica;

  FaultWorld() {
    for (int i = 0; i < INSTANCES; i++) {
      FaultyLayer layer = FaultyLayer.over(new WatchedLayer(memory, oracle), time);
      FaultyBackplane wire = FaultyBackplane.over(backplane, time);
      LayeredCache<String, Long> cache =
          LayeredCache.named("words")
              .layer(layer, Codec.int64())
              .backplane(wire)
              .policy(POLICY)
              .executor(turns)
              .timekeeper(time)
              .buildWith(this::load);
      instances.add(new Instance(cache, layer, wire, new HashMap<>()));
    }
    observer = memory.open("words", Codec.int64().schema()).toCompletableFuture().join();
    turns.runQueued();
  }

  static String tagOf(String key) {
    return key.substring(1);
  }

  private Loaded<Long> load(Load<String, Long> load) {
    long value = oracle.read(load.key());
    turns.hold();
    return Loaded.of(value).tagged(tagOf(load.key()));
  }

  void take(Step step) {
    Instance by = instances.get(step.who());
    switch (step.kind()) {
      case READ -> read(by, step.key(), null);
      case READ_ALL -> readAll(by);
      case READ_AT_LEAST -> {
        Written last = written;
        if (last != null) {
          read(by, last.key(), last);
        }
      }
      case WRITE_AFTER, WRITE_INTENT, WRITE_THROUGH, WRITE_WIDE ->
          turns.run(step.toString(), () -> write(step, by));
      case RELEASE -> turns.release(step.number());
      case ADVANCE -> advance(step.number());
      case EVICT -> weather.evict("words", step.key());
      case FLUSH -> weather.flush();
      case DUMP -> replica = weather.replica();
      case FAIL_OVER -> Objects.requireNonNullElse(replica, () -> {}).run();
      default -> fault(step, by);
    }
    turns.runQueued();
    check();
  }

  private static void fault(Step step, Instance of) {
    switch (step.kind()) {
      case LAYER_FAULTS -> {
        Chances losses = Chances.none().drop(0.15).dropAnswer(0.15).duplicate(0.15);
        of.layer.randomly(step.number(), losses);
        of.layer.randomly(step.number(), losses.delay(0.3, Duration.ofSeconds(3)), READING);
      }
      case WIRE_FAULTS ->
          of.wire.randomly(
              step.number(),
              Chances.none().drop(0.3).duplicate(0.2).delay(0.3, Duration.ofSeconds(3)));
      case MEND -> {
        of.layer.pass();
        of.wire.pass();
      }
      case LAYER_CUT -> of.layer.disconnect();
      case WIRE_CUT -> of.wire.disconnect();
      default -> throw new AssertionError(step);
    }
  }

  private void advance(int slices) {
    for (int slice = 0; slice < slices; slice++) {
      time.advance(SLICE);
      turns.runQueued();
    }
  }

  // ---- reads

  /** What a read that begins now may return at least: what is older than the bound is not. */
  private long atLeast(Instance by, String key, @Nullable Written after) {
    long known = after == null ? 0 : after.value();
    long own = by.own.getOrDefault(key, 0L);
    long late = oracle.floorBefore(key, time.nanoTime() - POLICY.bound().toNanos());
    return Math.max(known, Math.max(own, late));
  }

  private void read(Instance by, String key, @Nullable Written after) {
    long least = atLeast(by, key, after);
    long begun = time.nanoTime();
    ReadOptions options = after == null ? ReadOptions.cached() : ReadOptions.atLeast(after.stamp());
    by.cache
        .getAsync(key, options)
        .whenComplete((result, failure) -> judge(by, key, result, failure, least, begun));
  }

  private void readAll(Instance by) {
    Map<String, Long> least = new HashMap<>();
    KEYS.forEach(key -> least.put(key, atLeast(by, key, null)));
    long begun = time.nanoTime();
    by.cache
        .getAllAsync(KEYS)
        .whenComplete(
            (results, failure) ->
                KEYS.forEach(
                    key ->
                        judge(
                            by,
                            key,
                            results == null ? null : results.get(key),
                            failure,
                            least.get(key),
                            begun)));
  }

  private void judge(
      Instance by,
      String key,
      @Nullable Result<Long> result,
      @Nullable Throwable failure,
      long least,
      long begun) {
    reads++;
    if (result == null || result.valueOrNull() == null) {
      wrong.add("read of %s: %s %s".formatted(key, result, failure));
    } else if (result.value() < least) {
      wrong.add(
          "instance %d read %s of %s, begun at %d ms and ended at %d ms, but at least %d is due"
              .formatted(
                  instances.indexOf(by),
                  result,
                  key,
                  begun / 1_000_000,
                  time.nanoTime() / 1_000_000,
                  least));
    }
  }

  // ---- writes

  private void write(Step step, Instance by) {
    String key = step.key();
    long[] value = new long[1];
    Stamp stamp;
    try {
      stamp =
          switch (step.kind()) {
            case WRITE_AFTER -> {
              value[0] = oracle.write(key);
              turns.hold();
              yield by.cache.invalidate(key);
            }
            case WRITE_INTENT -> by.cache.invalidate(key, () -> value[0] = committed(key));
            case WRITE_THROUGH -> by.cache.write(key, () -> value[0] = committed(key), tagOf(key));
            default -> {
              KEYS.forEach(oracle::write);
              value[0] = oracle.read(key);
              turns.hold();
              yield wide(step.number(), by, key);
            }
          };
    } catch (LayerUnavailableException e) {
      return; // it may or may not have been done, which the oracle knows
    }
    by.own.merge(key, value[0], Math::max);
    written = new Written(stamp, key, value[0]);
  }

  private long committed(String key) {
    turns.hold();
    long value = oracle.write(key);
    turns.hold();
    return value;
  }

  private static Stamp wide(int number, Instance by, String key) {
    return switch (number % 3) {
      case 0 -> by.cache.invalidateTag(tagOf(key));
      case 1 -> by.cache.invalidatePrefix(key.substring(0, 1));
      default -> by.cache.clear();
    };
  }

  // ---- what is seen

  private void check() {
    turns.check();
    for (String key : KEYS) {
      checkLayer(key);
      for (Instance instance : instances) {
        checkMemory(instance, key);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void checkLayer(String key) {
    Reading reading = observer.read(key).toCompletableFuture().join();
    LayerEntry entry = reading.entry();
    if (entry != null && isValid(key, entry, reading)) {
      long value = Codec.int64().decode(Objects.requireNonNull(entry.value()));
      if (value < oracle.floor(key)) {
        wrong.add("the layer has %d of %s: %s".formatted(value, key, oracle.floor(key)));
      }
    }
  }

  private boolean isValid(String key, LayerEntry entry, Reading reading) {
    WideMarks marks = observer.wideMarks().toCompletableFuture().join();
    long after = entry.wide().sequence();
    return entry.wide().epoch() == reading.wide().epoch()
        && entry.head().epoch() == reading.head().epoch()
        && marks.all() <= after
        && entry.tags().stream().allMatch(tag -> marks.tags().getOrDefault(tag, 0L) <= after)
        && marks.prefixes().entrySet().stream()
            .allMatch(mark -> !key.startsWith(mark.getKey()) || mark.getValue() <= after);
  }

  private void checkMemory(Instance instance, String key) {
    Result<Long> found = instance.cache.peek(key).orElse(null);
    Long value = found == null ? null : found.valueOrNull();
    long least = atLeast(instance, key, null);
    if (value != null && value < least) {
      wrong.add(
          "instance %d has %s of %s at %d ms, but at least %d is due"
              .formatted(
                  instances.indexOf(instance), found, key, time.nanoTime() / 1_000_000, least));
    }
  }

  /** Mends all, lets everything end, and looks once more. */
  void settle() {
    instances.forEach(instance -> fault(new Step(Step.Kind.MEND, 0, "a1", 0), instance));
    while (turns.held() > 0) {
      turns.release(0);
      turns.runQueued();
    }
    advance((int) (POLICY.bound().plusSeconds(2).toMillis() / SLICE.toMillis()));
    while (turns.held() > 0) {
      turns.release(0);
      turns.runQueued();
    }
    check();
    int before = reads;
    instances.forEach(this::readAll);
    turns.runQueued();
    while (reads < before + INSTANCES * KEYS.size()) {
      turns.release(0);
      advance(1);
      if (time.nanoTime() > Duration.ofHours(1).toNanos()) {
        throw new AssertionError("Some reads never end.");
      }
    }
    check();
    for (String key : KEYS) {
      for (Instance instance : instances) {
        Result<Long> found = instance.cache.peek(key).orElse(null);
        Long value = found == null ? null : found.valueOrNull();
        if (value != null) {
          assertThat(value).as("at rest").isGreaterThanOrEqualTo(oracle.floor(key));
        }
      }
    }
  }

  @Override
  public void close() {
    instances.forEach(instance -> instance.cache.close());
    while (turns.held() > 0) {
      turns.release(0);
    }
    turns.close();
  }
}
