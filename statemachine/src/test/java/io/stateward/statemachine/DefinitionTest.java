package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What definitions refuse, and what they say then. */
final class DefinitionTest {

  sealed interface Light {
    record Red() implements Light {}

    sealed interface Driving extends Light {}

    record Green(int cars) implements Driving {}

    record Yellow() implements Driving {}
  }

  sealed interface Event {
    record Next() implements Event {}

    record Break(String why) implements Event {}
  }

  private static Definition<Light, Event> light() {
    return Machine.define("light", Light.class, Event.class).initial(new Light.Red());
  }

  @Test
  void in_superstate_handlesWhatItsLeavesDoNot() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Next.class).to(Light.Green.class, (red, next) -> new Light.Green(3)))
            .in(
                Light.Driving.class,
                s -> s.on(Event.class).to(Light.Red.class, (driving, event) -> new Light.Red()))
            .in(
                Light.Green.class,
                s -> s.on(Event.Next.class).to(Light.Yellow.class, (g, next) -> new Light.Yellow()))
            .build();

    Instance<Light, Event> instance = light.instance();
    instance.fire(new Event.Next());

    assertThat(instance.state()).isEqualTo(new Light.Green(3));
    assertThat(instance.snapshot().get(Light.Driving.class)).isEqualTo(new Light.Green(3));
    instance.fire(new Event.Break("bulb"));
    assertThat(instance.state()).isEqualTo(new Light.Red());
  }

  @Test
  void to_superstate_isRefusedByName() {
    Definition<Light, Event> definition =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Next.class)
                        .to(Light.Driving.class, (red, next) -> new Light.Green(0)));

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("light")
        .hasMessageContaining("Red")
        .hasMessageContaining("Driving")
        .hasMessageContaining("toInitial");
  }

  @Test
  void toInitial_ofSuperstate_entersItsLeaf() {
    Machine<Light, Event> light =
        light()
            .in(Light.Red.class, s -> s.on(Event.Next.class).toInitial(Light.Driving.class))
            .in(Light.Driving.class, s -> s.initial(Light.Green.class, () -> new Light.Green(1)))
            .build();

    Instance<Light, Event> instance = light.instance();
    instance.fire(new Event.Next());

    assertThat(instance.state()).isEqualTo(new Light.Green(1));
  }

  @Test
  void build_withoutInitial_isRefused() {
    Definition<Light, Event> definition = Machine.define("light", Light.class, Event.class);

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("initial");
  }

  @Test
  void define_statesThatAreNotSealed_isRefused() {
    Definition<Runnable, Event> definition = Machine.define("light", Runnable.class, Event.class);

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("java.lang.Runnable")
        .hasMessageContaining("sealed interface");
  }

  @Test
  void define_eventsThatAreNotSealed_isRefused() {
    assertThatThrownBy(() -> Machine.define("light", Light.class, Runnable.class))
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("java.lang.Runnable")
        .hasMessageContaining("sealed");
  }

  @Test
  void finals_withTransitions_isRefused() {
    Definition<Light, Event> definition =
        light()
            .in(
                Light.Yellow.class,
                s -> s.on(Event.Next.class).to(Light.Red.class, (yellow, next) -> new Light.Red()))
            .finals(Light.Yellow.class);

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("Yellow")
        .hasMessageContaining("final");
  }

  @Test
  void when_twice_isRefusedNamingBoth() {
    assertThatThrownBy(
            () ->
                light()
                    .in(
                        Light.Red.class,
                        s ->
                            s.on(Event.Next.class)
                                .when("day", (red, next) -> true)
                                .when("night", (red, next) -> false)
                                .stay()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("day")
        .hasMessageContaining("night");
  }

  @Test
  void after_lessThanAMillisecond_isRefused() {
    assertThatThrownBy(
            () ->
                light()
                    .in(
                        Light.Red.class,
                        s ->
                            s.after(Duration.ZERO).to(Light.Yellow.class, r -> new Light.Yellow())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Red")
        .hasMessageContaining("always()");
  }

  @Test
  void choose_takesTheFirstThatHolds() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Break.class)
                        .choose(
                            c ->
                                c.when(
                                        "short",
                                        (red, broken) -> broken.why().length() < 3,
                                        Light.Green.class,
                                        (red, broken) -> new Light.Green(broken.why().length()))
                                    .otherwise(
                                        Light.Yellow.class, (red, broken) -> new Light.Yellow())))
            .build();

    Instance<Light, Event> one = light.instance();
    Instance<Light, Event> other = light.instance();
    one.fire(new Event.Break("no"));
    other.fire(new Event.Break("never"));

    assertThat(one.state()).isEqualTo(new Light.Green(2));
    assertThat(other.state()).isEqualTo(new Light.Yellow());
  }

  @Test
  void fire_functionThatThrows_changesNothing() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Next.class)
                        .run("never", (red, next) -> failing())
                        .to(
                            Light.Green.class,
                            (red, next) -> {
                              throw new IllegalArgumentException("no lamp");
                            }))
            .build();
    Instance<Light, Event> instance = light.instance();

    Outcome outcome = instance.fire(new Event.Next());

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).cause()).hasMessage("no lamp");
    assertThat(instance.state()).isEqualTo(new Light.Red());
  }

  private static void failing() {
    throw new AssertionError("No action of a macrostep that failed runs.");
  }

  @Test
  void fire_actionThatThrows_hasMovedAndTellsTheCaller() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Next.class)
                        .run(
                            "log",
                            (red, next) -> {
                              throw new java.io.IOException("disk full");
                            })
                        .to(Light.Yellow.class, (red, next) -> new Light.Yellow()))
            .build();
    Instance<Light, Event> instance = light.instance();

    assertThatThrownBy(() -> instance.fire(new Event.Next()))
        .isInstanceOf(EffectFailedException.class)
        .hasMessageContaining("log")
        .hasRootCauseMessage("disk full");
    assertThat(instance.state()).isEqualTo(new Light.Yellow());
  }

  @Test
  void build_alwaysInACircle_failsTheMacrostepNamingTheCycle() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s -> s.on(Event.Next.class).to(Light.Green.class, (red, n) -> new Light.Green(1)))
            .in(
                Light.Green.class,
                s ->
                    s.always()
                        .when("cars", green -> green.cars() > 0)
                        .to(Light.Yellow.class, green -> new Light.Yellow()))
            .in(
                Light.Yellow.class,
                s ->
                    s.always()
                        .when("still", yellow -> true)
                        .to(Light.Green.class, yellow -> new Light.Green(1)))
            .build();
    Instance<Light, Event> instance = light.instance();

    Outcome outcome = instance.fire(new Event.Next());

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).cause())
        .hasMessageContaining("1000")
        .hasMessageContaining("Green")
        .hasMessageContaining("Yellow");
    assertThat(instance.state()).isEqualTo(new Light.Red());
  }

  @Test
  void step_trace_saysWhichTransitionsWereTaken() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.on(Event.Next.class)
                        .when("day", (red, next) -> true)
                        .to(Light.Green.class, (red, next) -> new Light.Green(0)))
            .in(Light.Green.class, s -> s.always().to(Light.Yellow.class, g -> new Light.Yellow()))
            .build();

    Step<Light> step = light.step(light.begin().snapshot(), new Event.Next());

    assertThat(step.trace())
        .isEqualTo(
            new Trace(
                List.of(
                    new Trace.Microstep(
                        List.of(new Trace.Transition("Red", "Next", "day", List.of("Green"))),
                        List.of("Red"),
                        List.of("Driving", "Green")),
                    new Trace.Microstep(
                        List.of(new Trace.Transition("Green", "always", null, List.of("Yellow"))),
                        List.of("Green"),
                        List.of("Yellow")))));
  }

  @Test
  void after_twiceTheSameLength_isOneTimerWithTwoTransitions() {
    Machine<Light, Event> light =
        light()
            .in(
                Light.Red.class,
                s ->
                    s.after(Duration.ofHours(1))
                        .when("never", red -> false)
                        .to(Light.Green.class, red -> new Light.Green(0))
                        .after(Duration.ofHours(1))
                        .to(Light.Yellow.class, red -> new Light.Yellow()))
            .build();
    Snapshot<Light> red = light.begin().snapshot();

    assertThat(red.timers()).hasSize(1);
    assertThat(light.fire(red, red.timers().get(0), null).snapshot().state())
        .isEqualTo(new Light.Yellow());
  }

  @Test
  void reenter_withoutATarget_isRefused() {
    Definition<Light, Event> definition =
        light().in(Light.Red.class, s -> s.on(Event.Next.class).reenter().stay());

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("Red")
        .hasMessageContaining("leads nowhere");
  }

  sealed interface Panel {
    record Dark() implements Panel {}

    record Lit(int level) implements Panel {}
  }

  sealed interface Left {
    record One() implements Left {}

    record Two() implements Left {}
  }

  private static Definition<Panel, Event> panel() {
    return Machine.define("panel", Panel.class, Event.class)
        .initial(new Panel.Dark())
        .in(Panel.Lit.class, s -> s.region(Left.class, r -> r.initial(new Left.One())));
  }

  @Test
  void toOuter_intoAParallelStateWithoutItsData_isRefused() {
    Definition<Panel, Event> definition =
        panel()
            .in(
                Panel.Dark.class,
                s -> s.on(Event.Next.class).with(Left.Two.class, (d, n) -> new Left.Two()).stay());

    assertThatThrownBy(definition::build)
        .isInstanceOf(MachineDefinitionException.class)
        .hasMessageContaining("Dark")
        .hasMessageContaining("Lit")
        .hasMessageContaining("Two");
  }

  @Test
  void choose_withARegionState_entersThatInEachOfTheChoices() {
    Machine<Panel, Event> panel =
        panel()
            .in(
                Panel.Dark.class,
                s ->
                    s.on(Event.Next.class)
                        .with(Left.Two.class, (dark, next) -> new Left.Two())
                        .choose(c -> c.otherwise(Panel.Lit.class, (d, n) -> new Panel.Lit(1))))
            .build();

    Snapshot<Panel> lit = panel.step(panel.begin().snapshot(), new Event.Next()).snapshot();

    assertThat(lit.get(Left.class)).isEqualTo(new Left.Two());
  }
}
