package io.stateward.examples.cookbook;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;

/** A traffic light: time moves it, pedestrians hurry it, and a technician stops it. */
final class TrafficLight {

  private TrafficLight() {}

  // tag: states
  sealed interface Light {
    sealed interface Running extends Light {}

    record Red() implements Running {}

    record Green(boolean requested) implements Running {}

    record Yellow() implements Running {}

    record Blinking() implements Light {}
  }

  enum LightEvent {
    PEDESTRIAN,
    STOP,
    GO
  }

  // end

  // tag: machine
  static final Machine<Light, LightEvent> LIGHT =
      Machine.define("light", Light.class, LightEvent.class)
          .initial(new Light.Red())
          .in(
              Light.Running.class, // wherever it is: a superstate's transition
              s ->
                  s.on(LightEvent.STOP).to(Light.Blinking.class, (l, stop) -> new Light.Blinking()))
          .in(
              Light.Red.class,
              s ->
                  s.after(Duration.ofSeconds(20))
                      .to(Light.Green.class, red -> new Light.Green(false)))
          .in(
              Light.Green.class,
              s ->
                  s.on(LightEvent.PEDESTRIAN)
                      .update((green, asked) -> new Light.Green(true)) // the timers go on
                      .after(Duration.ofSeconds(10))
                      .when("somebody waits", Light.Green::requested)
                      .to(Light.Yellow.class, green -> new Light.Yellow())
                      .after(Duration.ofSeconds(30))
                      .to(Light.Yellow.class, green -> new Light.Yellow()))
          .in(
              Light.Yellow.class,
              s -> s.after(Duration.ofSeconds(3)).to(Light.Red.class, yellow -> new Light.Red()))
          .in(
              Light.Blinking.class,
              s ->
                  s.on(LightEvent.GO) // where it was, or red if it never ran
                      .toHistory(Light.Running.class, Light.Red.class, (b, go) -> new Light.Red()))
          .build();

  // end

  static Light afterHalfAMinute() {
    // tag: time
    VirtualTimekeeper time = VirtualTimekeeper.create();
    try (Actors actors = Actors.on(Runnable::run).timekeeper(time).build()) {
      Actor<Light, LightEvent> light = LIGHT.start(actors);
      time.advance(Duration.ofSeconds(20)); // green
      light.tell(LightEvent.PEDESTRIAN);
      time.advance(Duration.ofSeconds(10)); // yellow, as somebody waits
      // end
      return light.snapshot().state();
    }
  }
}
