package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two instances whose writes wait, with outages of the layer, lost answers and lost messages at
 * random. The naive model is the source itself, and for each instance what it wrote last of each
 * key: no instance ever reads what is older than that. When all outages are over, none reads what
 * is older than the source.
 */
final class QueuePropertyTest {

  private static final Policy QUEUE = World.POLICY.writes(WritePolicy.QUEUE);
  private static final List<String> KEYS = List.of("k", "ka", "b");

  private enum Kind {
    READ,
    READ_ALL,
    WRITE,
    WRITE_THROUGH,
    WRITE_CUT_IN_BETWEEN,
    WRITE_DURING_A_LOAD,
    AFTER,
    AFTER_ALL,
    TAG,
    PREFIX,
    CLEAR,
    CUT,
    HEAL,
    LOSE_ANSWERS,
    LOSE_MESSAGES,
    HEAR_MESSAGES,
    BEAT,
    PASS
  }

  /** What happens: to which instance, and which key. */
  record Step(Kind kind, int instance, String key) {}

  /** Both of them, and what each must not read any more. */
  private static final class Run {
    final World world = new World();
    final List<Instance> instances =
        List.of(world.instance(QUEUE, this::load), world.instance(QUEUE, this::load));
    final List<Map<String, Integer>> own = List.of(new HashMap<>(), new HashMap<>());
    int version;

    Run() {
      KEYS.forEach(key -> world.source.put(key, "0#red"));
    }

    Loaded<String> load(Load<String, String> load) {
      return world.load(load);
    }

    void step(Step step) {
      Instance instance = instances.get(step.instance);
      LayeredCache<String, String> cache = instance.cache();
      String key = step.key;
      switch (step.kind) {
        case READ -> read(step.instance, key);
        case READ_ALL ->
            cache.getAll(KEYS).forEach((each, result) -> check(step.instance, each, result));
        case WRITE -> cache.invalidate(key, () -> commit(key));
        case WRITE_THROUGH -> cache.write(key, () -> commit(key), "#red");
        case WRITE_CUT_IN_BETWEEN ->
            cache.write(
                key,
                () -> {
                  instance.link().cut = !instance.link().cut;
                  return commit(key);
                },
                "#red");
        case WRITE_DURING_A_LOAD -> {
          world.afterNextRead(
              () -> {
                cache.invalidate("k", () -> commit("k"));
                own.get(step.instance).put("k", version);
              });
          cache.get("k"); // asked before the write, so it may be old
          world.forgetAfterRead();
        }
        case AFTER -> {
          commit(key);
          cache.invalidate(key);
        }
        case AFTER_ALL -> {
          KEYS.forEach(this::commit);
          cache.invalidateAll(KEYS);
        }
        case TAG -> {
          KEYS.forEach(this::commit);
          cache.invalidateTag("#red");
        }
        case PREFIX -> {
          KEYS.subList(0, 2).forEach(this::commit);
          cache.invalidatePrefix("k");
        }
        case CLEAR -> {
          KEYS.forEach(this::commit);
          cache.clear();
        }
        default -> happen(step, instance);
      }
      note(step);
    }

    private void happen(Step step, Instance instance) {
      switch (step.kind) {
        case CUT -> instance.link().cut = true;
        case HEAL -> instance.link().cut = false;
        case LOSE_ANSWERS -> instance.link().losesAnswers = !instance.link().losesAnswers;
        case LOSE_MESSAGES -> world.wire.loses = true;
        case HEAR_MESSAGES -> world.wire.loses = false;
        case BEAT -> world.time.advance(QUEUE.heartbeat());
        default -> world.time.advance(QUEUE.lease());
      }
    }

    /** What an instance has written of these keys it must see from now on. */
    private void note(Step step) {
      Map<String, Integer> mine = own.get(step.instance);
      switch (step.kind) {
        case WRITE, WRITE_THROUGH, WRITE_CUT_IN_BETWEEN, AFTER -> mine.put(step.key, version);
        case AFTER_ALL, TAG, CLEAR -> KEYS.forEach(key -> mine.put(key, of(key)));
        case PREFIX -> KEYS.subList(0, 2).forEach(key -> mine.put(key, of(key)));
        default -> {}
      }
    }

    private String commit(String key) {
      version++;
      world.source.put(key, version + "#red");
      return version + "#red";
    }

    private int of(String key) {
      return number(Objects.requireNonNull(world.source.get(key)));
    }

    private static int number(String value) {
      return Integer.parseInt(value.substring(0, value.indexOf('#')));
    }

    private void read(int instance, String key) {
      check(instance, key, instances.get(instance).cache().get(key));
    }

    private void check(int instance, String key, Result<String> result) {
      assertThat(number(result.value()))
          .as("instance %d reads '%s'", instance, key)
          .isGreaterThanOrEqualTo(own.get(instance).getOrDefault(key, 0));
    }

    void heal() {
      world.wire.loses = false;
      for (Instance instance : instances) {
        instance.link().cut = false;
        instance.link().losesAnswers = false;
      }
      world.time.advance(QUEUE.heartbeat());
      world.time.advance(QUEUE.lease()); // what was announced, and never ended
    }
  }

  @Property(seed = "60617", tries = 500)
  void sequence_withOutages_servesNoInstanceLessThanItsOwnWritesAndInTheEndNothingOld(
      @ForAll("steps") List<Step> steps) {
    Run run = new Run();

    for (Step step : steps) {
      run.step(step);
      KEYS.forEach(
          key -> run.check(step.instance, key, run.instances.get(step.instance).cache().get(key)));
    }
    run.heal();

    for (int i = 0; i < 4; i++) {
      for (String key : KEYS) {
        assertThat(run.instances.get(i % 2).get(key)).isEqualTo(run.world.source.get(key));
      }
    }
    assertThat(run.instances.get(0).cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Property(seed = "60618", tries = 500)
  void sequence_withFewReads_servesNoInstanceLessThanItsOwnWritesAndInTheEndNothingOld(
      @ForAll("steps") List<Step> steps) {
    Run run = new Run();

    steps.forEach(run::step);
    run.heal();

    for (int i = 0; i < 2; i++) {
      for (String key : KEYS) {
        assertThat(run.instances.get(i).get(key)).isEqualTo(run.world.source.get(key));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 1), Arbitraries.of(KEYS))
        .as(Step::new)
        .list()
        .ofMinSize(4)
        .ofMaxSize(24);
  }
}
