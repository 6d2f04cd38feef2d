package io.stateward.cache;

import static io.stateward.cache.ModelSetting.Mode.AFTER;
import static io.stateward.cache.ModelSetting.Mode.INTENT;
import static io.stateward.cache.ModelSetting.Mode.THROUGH;
import static io.stateward.cache.ModelSetting.Mode.TRANSACTIONAL;
import static io.stateward.cache.ModelSetting.WHOLE;
import static io.stateward.cache.ModelSetting.Warm.ALL;
import static io.stateward.cache.ModelSetting.Warm.LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.ModelSetting.Engine;
import io.stateward.cache.ModelSetting.Mishaps;
import io.stateward.cache.spi.FlawedLayer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schedules in which a protocol that lacks one part serves an old value for ever, found by a search
 * of all schedules of such protocols. The whole protocol goes through the same schedule unharmed.
 */
@DisplayName("A schedule that breaks a weaker protocol")
final class ProtocolTracesTest {

  private static final Mishaps ANY = new Mishaps(9, 9, 9, 9, 9, 9);
  private static final Engine NO_GENERATIONS = new Engine(false, true, false, false);
  private static final Engine NO_HEARTBEAT = new Engine(true, false, false, false);
  private static final Engine REPLICAS = new Engine(true, true, true, false);
  private static final Engine REPLICAS_AVOIDED = new Engine(true, true, true, true);
  private static final Engine VERSIONS = new Engine(true, true, true, false, true);
  private static final String LOADED_BY_R0 = "R0, R0, R0, R0, R0";
  private static final String HEARD = "deliver 0, deliver 1";

  /**
   * A schedule.
   *
   * @param name what the weaker protocol lacks, and what happens
   * @param weak the weaker setting
   * @param flaw what its layer lacks
   * @param weakSteps what happens there
   * @param whole the setting that lacks nothing
   * @param steps what happens there: the same, as far as it can be
   */
  record Trace(
      String name,
      ModelSetting weak,
      String flaw,
      String weakSteps,
      ModelSetting whole,
      String steps) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Trace trace(
      String name, ModelSetting whole, Engine engine, String flaw, String... steps) {
    String all = String.join(", ", steps);
    return new Trace(name, whole.engine(engine), flaw, all, whole, all);
  }

  static Stream<Trace> traces() {
    return Stream.of(engineTraces(), layerTraces(), writerTraces(), replicaTraces())
        .flatMap(traces -> traces);
  }

  private static Stream<Trace> engineTraces() {
    ModelSetting one = ModelSetting.of(AFTER);
    String late = "W0, W0, " + HEARD + ", R1";
    return Stream.of(
        trace(
            "neither leases nor generations: a slow put into the memory",
            one,
            NO_GENERATIONS,
            "FILLS_WITHOUT_A_LEASE",
            LOADED_BY_R0,
            "R1",
            late),
        trace(
            "no generations: a slow put into the memory",
            one,
            NO_GENERATIONS,
            "NONE",
            LOADED_BY_R0,
            "R1",
            late),
        trace(
            "no generations: a slow put of what the layer had",
            one.warm(LAYER),
            NO_GENERATIONS,
            "NONE",
            "R0, R0, R1",
            late),
        trace(
            "no heartbeat: the last message is lost",
            one.readers(0, 0, 1),
            NO_HEARTBEAT,
            "NONE",
            LOADED_BY_R0,
            "R1, R2, R2, W0, W0, deliver 0, lose 1"));
  }

  private static Stream<Trace> layerTraces() {
    ModelSetting one = ModelSetting.of(AFTER);
    return Stream.of(
        trace(
            "no leases: a slow fill",
            one,
            WHOLE,
            "FILLS_WITHOUT_A_LEASE",
            "R0, R0, R0, W0, W0, R0, if R0, R1, R1, if R1, if R1, if R1",
            HEARD),
        trace(
            "a failover that nobody notices: the replica has the old entry",
            one.warm(ALL),
            WHOLE,
            "FAILED_OVER_ENTRIES_STAY",
            "R0, R1, W0, W0",
            HEARD,
            "failover"),
        trace(
            "leases outlive their connection: the replica has the old lease",
            one,
            WHOLE,
            "FAILED_OVER_LEASES_STAY",
            "R0, R0, R0, R1, R1, W0, replicate, W0",
            HEARD,
            "failover, R0, if R0"));
  }

  private static Stream<Trace> writerTraces() {
    ModelSetting two = ModelSetting.of(THROUGH, THROUGH);
    String heard = String.join(", ", HEARD, HEARD, HEARD, HEARD);
    return Stream.of(
        new Trace(
            "no announcement: the writer dies after its commit",
            ModelSetting.of(AFTER).warm(ALL),
            "NONE",
            "R0, R1, W0, crash W0",
            ModelSetting.of(INTENT).warm(ALL),
            "R0, R1, W0, W0, crash W0, " + HEARD + ", expire W0"),
        new Trace(
            "no outbox: the writer dies after its commit",
            ModelSetting.of(AFTER).warm(ALL),
            "NONE",
            "R0, R1, W0, crash W0",
            ModelSetting.of(TRANSACTIONAL).warm(ALL),
            "R0, R1, W0, crash W0, relay W0, " + HEARD),
        new Trace(
            "no outbox: the announcement is evicted, and the writer dies after its commit",
            ModelSetting.of(INTENT),
            "EVICTS_INTENTS",
            "W0, R0, R0, "
                + HEARD
                + ", evict, R1, R1, if R1, if R1, if R1, W0, crash W0, expire W0",
            ModelSetting.of(TRANSACTIONAL),
            "R0, R0, if R0, if R0, if R0, evict, R1, R1, if R1, if R1, if R1, W0, crash W0, relay W0, "
                + HEARD),
        trace(
            "announcements are evicted: the writer dies after its commit",
            ModelSetting.of(INTENT),
            WHOLE,
            "EVICTS_INTENTS",
            "W0, R0, R0",
            HEARD,
            "evict, R1, R1, if R1, if R1, if R1, W0, crash W0, expire W0"),
        trace(
            "writes are stored as they come",
            two,
            WHOLE,
            "STORES_ALL_WRITES",
            "W0, W1, W0, W1, W1, R0, R0, R1, R1, W0",
            heard),
        trace(
            "writes are stored if they are newer than what was stored, which is evicted",
            two,
            WHOLE,
            "STORES_WHAT_IS_NEWER",
            "W0, W1, W0, W1, W1, R0, R0, R1, R1, evict, W0",
            heard),
        trace(
            "writers have leases, and no announcements: one dies",
            two,
            WHOLE,
            "LEASES_ARE_ENOUGH",
            "W0, R0, R0, W1, W1, W0, crash W0, W1, expire W0, R1, if R1, if R1, if R1, if R1",
            heard),
        trace(
            "writers have announcements, and no leases",
            two.readers(0),
            WHOLE,
            "INTENTS_ARE_ENOUGH",
            "W0, R0, R0",
            HEARD,
            "evict, W1, W1, W0, W0, W1",
            heard),
        trace(
            "a writer that begins during another has the lease, and the other dies",
            two.readers(0),
            WHOLE,
            "LEASES_TO_THE_LATEST_INTENT",
            "W0, R0, R0, W1, W1, W0, crash W0, expire W0, W1",
            heard));
  }

  private static Stream<Trace> replicaTraces() {
    ModelSetting avoided = ModelSetting.of(AFTER).engine(REPLICAS_AVOIDED);
    ModelSetting versions = ModelSetting.of(AFTER).engine(VERSIONS);
    return Stream.of(
        new Trace(
            "no versions: the loader reads from a replica that lags",
            versions.engine(REPLICAS),
            "NONE",
            "W0, W0, " + LOADED_BY_R0 + ", R1, R1, " + HEARD,
            versions,
            "W0, W0, R0, R0, R0, R0, R1, R1, R1, R1, " + HEARD),
        new Trace(
            "versions are forgotten: the loader reads from a replica that lags",
            versions,
            "NONE",
            "W0, W0, " + HEARD + ", flush, " + LOADED_BY_R0 + ", R1, R1",
            versions,
            "W0, W0, " + HEARD + ", flush, catch up, " + LOADED_BY_R0 + ", R1, R1"),
        trace(
            "the layer does not look at versions: the loader reads from a replica that lags",
            versions,
            VERSIONS,
            "FENCES_ARE_IGNORED",
            "W0, W0, R0, R0, R0, R0, if R0, R1, R1, if R1, if R1, if R1",
            HEARD),
        trace(
            "the loader reads from a replica that lags",
            avoided,
            REPLICAS,
            "NONE",
            "W0, W0",
            LOADED_BY_R0,
            "R1, R1",
            HEARD),
        trace(
            "the loader reads from a replica that lags, after the entry was evicted",
            avoided,
            REPLICAS,
            "NONE",
            "W0, W0",
            HEARD,
            "evict",
            LOADED_BY_R0,
            "R1, R1"));
  }

  /** Goes through a schedule; a step after "if" is left out where it cannot be taken. */
  private static @Nullable String run(ModelWorld world, String steps) {
    for (String step : steps.split(",\\s*")) {
      String name = step.startsWith("if ") ? step.substring(3) : step;
      boolean enabled = world.enabled().contains(name);
      boolean may = !name.equals(step) || optional(name, world);
      assertThat(enabled || may).as("step '%s' of: %s", name, steps).isTrue();
      if (enabled) {
        world.step(name);
      }
    }
    assertThat(world.quiet()).as("all is over after: %s", steps).isTrue();
    return world.old();
  }

  /** A message that was not sent need not be delivered; a reader that found a value is done. */
  private static boolean optional(String name, ModelWorld world) {
    return name.startsWith("deliver")
        || (name.startsWith("R")
            && world.readers.get(name.charAt(1) - '0').at == ModelReader.At.DONE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  @DisplayName("leaves an old value there, and none in the whole one")
  void schedule_weakAndWhole_onlyTheWeakOneIsOld(Trace trace) {
    ModelClock clock = new ModelClock();
    FlawedLayer flawed = FlawedLayer.of(trace.flaw(), clock);
    ModelWorld weak = new ModelWorld(trace.weak().mishaps(ANY), clock, flawed, flawed);
    MemoryLayer layer = MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(clock));
    ModelWorld whole =
        new ModelWorld(trace.whole().mishaps(ANY), clock, layer, new MemoryWeather(layer));

    assertThat(run(weak, trace.weakSteps())).isNotNull();
    assertThat(run(whole, trace.steps())).isNull();
  }
}
