package io.stateward.statemachine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Outcome.Done;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Laws of steps, on charts and events drawn at random. */
final class StepPropertiesTest {

  private static final int EVENTS = 30;

  /** Something that may happen: an event, mostly, else what is pending. */
  private static Step<List<String>> happen(
      Machine<List<String>, String> machine, Snapshot<List<String>> at, long draw) {
    Random random = new Random(draw);
    Instant now = random.nextBoolean() ? Instant.EPOCH.plusMillis(draw & 0xffff) : null;
    int choice = random.nextInt(6);
    if (choice == 0 && !at.timers().isEmpty()) {
      return machine.fire(at, at.timers().get(random.nextInt(at.timers().size())), now);
    }
    if (choice == 1 && !at.invocations().isEmpty()) {
      return machine.complete(at, at.invocations().get(0), new Done<>("result"), now);
    }
    String event = RandomCharts.EVENTS.get(random.nextInt(RandomCharts.EVENTS.size()));
    return machine.step(at, event, now);
  }

  private static String told(Step<?> step) {
    Position<?> position = (Position<?>) step.snapshot();
    return "%s %s %s %s %s %s"
        .formatted(
            position.parts(),
            step.outcome().getClass() == io.stateward.statemachine.Outcome.Failed.class
                ? "failed"
                : step.outcome(),
            step.effects().stream().map(StepPropertiesTest::told).toList(),
            step.trace(),
            step.recalled().size(),
            position.active());
  }

  /** Effects without their bodies, which are other objects in another drawing. */
  private static String told(io.stateward.statemachine.Effect effect) {
    return effect instanceof io.stateward.statemachine.Effect.Run run
        ? "%s.%s(%s, %s)".formatted(run.state(), run.name(), run.data(), run.event())
        : effect.toString();
  }

  @Property(tries = 250, seed = "2026")
  void directWay_isTheGeneralWay(
      @ForAll long seed, @ForAll boolean flat, @ForAll boolean plain, @ForAll long events) {
    ChartSpec spec = RandomCharts.draw(seed, flat, plain);
    Machine<List<String>, String> direct = new ChartMachine<>(Compiler.compile(spec));
    Machine<List<String>, String> general = new ChartMachine<>(Compiler.compile(spec, false));
    Random random = new Random(events);
    Step<List<String>> one = direct.begin();
    Step<List<String>> other = general.begin();
    for (int i = 0; i < EVENTS; i++) {
      assertThat(told(one)).isEqualTo(told(other));
      long draw = random.nextLong();
      one = happen(direct, one.snapshot(), draw);
      other = happen(general, other.snapshot(), draw);
    }
  }

  @Property(tries = 120, seed = "2027")
  void step_isPure(@ForAll long seed, @ForAll boolean flat, @ForAll long events) {
    Machine<List<String>, String> machine = Sketch.made(RandomCharts.draw(seed, flat, false));
    Random random = new Random(events);
    Step<List<String>> step = machine.begin();
    for (int i = 0; i < EVENTS; i++) {
      Snapshot<List<String>> at = step.snapshot();
      String before = told(step);
      int hash = at.hashCode();
      long draw = random.nextLong();
      Step<List<String>> once = happen(machine, at, draw);
      Step<List<String>> again = happen(machine, at, draw);
      assertThat(told(once)).isEqualTo(told(again));
      assertThat(once.snapshot()).isEqualTo(again.snapshot()).hasSameHashCodeAs(again.snapshot());
      assertThat(told(step)).isEqualTo(before);
      assertThat(at.hashCode()).isEqualTo(hash);
      step = once;
    }
  }

  @Property(tries = 120, seed = "2028")
  void parts_makeTheSamePositionAgain(
      @ForAll long seed, @ForAll boolean flat, @ForAll long events) {
    ChartMachine<List<String>, String> machine = Sketch.made(RandomCharts.draw(seed, flat, false));
    Random random = new Random(events);
    Step<List<String>> step = machine.begin();
    for (int i = 0; i < EVENTS; i++) {
      Position<List<String>> at = (Position<List<String>>) step.snapshot();
      if (!at.leaves().isEmpty()) { // a beginning that failed is nowhere
        Position<List<String>> restored = Position.of(machine.chart(), at.parts());
        assertThat(restored).isEqualTo(at);
        long draw = random.nextLong();
        assertThat(told(happen(machine, restored, draw)))
            .isEqualTo(told(happen(machine, at, draw)));
      }
      step = happen(machine, at, random.nextLong());
    }
  }

  @Property(tries = 100, seed = "2029")
  void instance_goesTheWayOfSteps(@ForAll long seed, @ForAll boolean flat, @ForAll long events) {
    Machine<List<String>, String> machine = Sketch.made(RandomCharts.draw(seed, flat, true));
    Random random = new Random(events);
    Instance<List<String>, String> instance = machine.instance();
    Snapshot<List<String>> at = machine.begin().snapshot();
    for (int i = 0; i < EVENTS; i++) {
      String event = RandomCharts.EVENTS.get(random.nextInt(RandomCharts.EVENTS.size()));
      Step<List<String>> step = machine.step(at, event);
      assertThat(instance.fire(event)).isEqualTo(step.outcome());
      assertThat(instance.snapshot()).isEqualTo(step.snapshot());
      assertThat(instance.state()).isEqualTo(step.snapshot().state());
      at = step.snapshot();
    }
  }

  @Property(tries = 60, seed = "2030")
  void manyStates_goTheSameWayAsFew(
      @ForAll long seed, @ForAll @IntRange(min = 60, max = 140) int padding, @ForAll long events) {
    Machine<List<String>, String> few = Sketch.made(RandomCharts.draw(seed, false, false));
    ChartSpec padded = RandomCharts.draw(seed, false, false);
    for (int i = 0; i < padding; i++) {
      padded.root().children().add(0, new StateSpec("pad" + i, StateSpec.Kind.ATOMIC));
    }
    Machine<List<String>, String> many = Sketch.made(padded);
    Random random = new Random(events);
    @Nullable Step<List<String>> one = few.begin();
    Step<List<String>> other = many.begin();
    for (int i = 0; i < EVENTS; i++) {
      assertThat(told(one)).isEqualTo(told(other));
      long draw = random.nextLong();
      one = happen(few, one.snapshot(), draw);
      other = happen(many, other.snapshot(), draw);
    }
  }
}
