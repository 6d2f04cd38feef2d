package io.stateward.benchmarks.statemachine;

import io.stateward.statemachine.Machine;

/** A radio by types: what is on has two regions. */
sealed interface Radio {

  /** The only state, which the regions are in. */
  record ON() implements Radio {}

  /** A region. */
  sealed interface Light {}

  /** No light. */
  record DARK() implements Light {
    static final DARK IT = new DARK();
  }

  /** Light. */
  record BRIGHT() implements Light {
    static final BRIGHT IT = new BRIGHT();
  }

  /** The other region. */
  sealed interface Sound {}

  /** No sound. */
  record MUTE() implements Sound {
    static final MUTE IT = new MUTE();
  }

  /** Sound. */
  record LOUD() implements Sound {
    static final LOUD IT = new LOUD();
  }

  /** Returns the machine of radios that count what passes a gate. */
  static Machine<Radio, Knob> define(Gate gate) {
    return Machine.define("radio", Radio.class, Knob.class)
        .initial(new ON())
        .in(
            ON.class,
            s ->
                s.region(
                        Light.class,
                        r ->
                            r.initial(DARK.IT)
                                .in(
                                    DARK.class,
                                    l ->
                                        l.on(Knob.LIGHT)
                                            .run("count", (dark, knob) -> gate.passed++)
                                            .to(BRIGHT.class, (dark, knob) -> BRIGHT.IT)
                                            .on(Knob.BOTH)
                                            .run("count", (dark, knob) -> gate.passed++)
                                            .to(BRIGHT.class, (dark, knob) -> BRIGHT.IT))
                                .in(
                                    BRIGHT.class,
                                    l ->
                                        l.on(Knob.LIGHT)
                                            .run("count", (bright, knob) -> gate.passed++)
                                            .to(DARK.class, (bright, knob) -> DARK.IT)
                                            .on(Knob.BOTH)
                                            .run("count", (bright, knob) -> gate.passed++)
                                            .to(DARK.class, (bright, knob) -> DARK.IT)))
                    .region(
                        Sound.class,
                        r ->
                            r.initial(MUTE.IT)
                                .in(
                                    MUTE.class,
                                    l ->
                                        l.on(Knob.SOUND)
                                            .run("count", (mute, knob) -> gate.passed++)
                                            .to(LOUD.class, (mute, knob) -> LOUD.IT)
                                            .on(Knob.BOTH)
                                            .run("count", (mute, knob) -> gate.passed++)
                                            .to(LOUD.class, (mute, knob) -> LOUD.IT))
                                .in(
                                    LOUD.class,
                                    l ->
                                        l.on(Knob.SOUND)
                                            .run("count", (loud, knob) -> gate.passed++)
                                            .to(MUTE.class, (loud, knob) -> MUTE.IT)
                                            .on(Knob.BOTH)
                                            .run("count", (loud, knob) -> gate.passed++)
                                            .to(MUTE.class, (loud, knob) -> MUTE.IT))))
        .build();
  }
}
