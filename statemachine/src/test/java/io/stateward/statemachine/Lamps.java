package io.stateward.statemachine;

import java.time.Duration;
import java.util.function.Consumer;

/** A lamp: actions of every sort, timers, and an event that it sends to itself. */
final class Lamps {

  private Lamps() {}

  /** Where a lamp stands. */
  sealed interface Lamp {
    record Dark(int switched) implements Lamp {}

    record Lit(int switched) implements Lamp {}

    record Broken() implements Lamp {}
  }

  /** What may happen to a lamp. */
  sealed interface LampEvent {
    record Switch() implements LampEvent {}

    record Blow() implements LampEvent {}
  }

  /** What a lamp does to the world. */
  interface World {
    default void lit(int switched, String key) throws Exception {}

    default void dark(int switched) throws Exception {}

    /** Returns a world that is told of both. */
    static World telling(Consumer<String> told) {
      return new World() {
        @Override
        public void lit(int switched, String key) {
          told.accept("lit " + switched);
        }

        @Override
        public void dark(int switched) {
          told.accept("dark " + switched);
        }
      };
    }
  }

  /** A lamp that goes out by itself after a minute. */
  static Machine<Lamp, LampEvent> machine(World world) {
    return Machine.define("lamp", Lamp.class, LampEvent.class)
        .initial(new Lamp.Dark(0))
        .in(
            Lamp.Dark.class,
            s ->
                s.on(LampEvent.Switch.class)
                    .to(Lamp.Lit.class, (dark, event) -> new Lamp.Lit(dark.switched() + 1)))
        .in(
            Lamp.Lit.class,
            s ->
                s.entry("lit", (lit, key) -> world.lit(lit.switched(), key))
                    .exit("dark", lit -> world.dark(lit.switched()))
                    .on(LampEvent.Switch.class)
                    .to(Lamp.Dark.class, (lit, event) -> new Lamp.Dark(lit.switched()))
                    .on(LampEvent.Blow.class)
                    .to(Lamp.Broken.class, (lit, event) -> new Lamp.Broken())
                    .after(Duration.ofMinutes(1))
                    .to(Lamp.Dark.class, lit -> new Lamp.Dark(lit.switched())))
        .finals(Lamp.Broken.class)
        .build();
  }
}
