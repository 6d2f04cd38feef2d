package io.stateward.examples.cookbook;

import static io.stateward.examples.cookbook.TrafficLight.LIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.examples.cookbook.TrafficLight.Light;
import io.stateward.examples.cookbook.TrafficLight.LightEvent;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrafficLightTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
  private final Actor<Light, LightEvent> light = actors.start(LIGHT);

  @AfterEach
  void end() {
    actors.close();
  }

  private void pass(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  /** The light stays what it is until the last instant of so many seconds, and moves then. */
  private void expectFor(int seconds, Light now, Light next) {
    assertThat(light.snapshot().state()).isEqualTo(now);
    time.advance(Duration.ofSeconds(seconds).minusNanos(1));
    assertThat(light.snapshot().state()).isEqualTo(now);
    time.advance(Duration.ofNanos(1));
    assertThat(light.snapshot().state()).isEqualTo(next);
  }

  @Test
  void time_nobodyWaits_goesRoundWithThirtySecondsOfGreen() {
    for (int round = 0; round < 3; round++) {
      expectFor(20, new Light.Red(), new Light.Green(false));
      expectFor(30, new Light.Green(false), new Light.Yellow());
      expectFor(3, new Light.Yellow(), new Light.Red());
    }
  }

  @Test
  void pedestrian_whileGreenIsYoung_waitsTenSecondsOfGreenInAll() {
    pass(20);
    pass(4);

    light.tell(LightEvent.PEDESTRIAN);

    expectFor(6, new Light.Green(true), new Light.Yellow());
    expectFor(3, new Light.Yellow(), new Light.Red());
  }

  @Test
  void pedestrian_whenGreenIsOld_waitsForItsEnd() {
    pass(20);
    pass(12); // the look after ten seconds found nobody

    light.tell(LightEvent.PEDESTRIAN);

    expectFor(18, new Light.Green(true), new Light.Yellow());
  }

  @Test
  void pedestrian_atRed_isNotRemembered() {
    light.tell(LightEvent.PEDESTRIAN);

    expectFor(20, new Light.Red(), new Light.Green(false));
    expectFor(30, new Light.Green(false), new Light.Yellow());
  }

  @Test
  void stop_blinksUntilGo_thenComesBackToWhereItWas() {
    pass(20);
    light.tell(LightEvent.PEDESTRIAN);
    light.tell(LightEvent.STOP);
    assertThat(light.snapshot().state()).isEqualTo(new Light.Blinking());
    pass(3_600);
    assertThat(light.snapshot().state()).isEqualTo(new Light.Blinking());

    light.tell(LightEvent.GO);

    expectFor(10, new Light.Green(true), new Light.Yellow()); // its time begins anew
  }

  @Test
  void go_afterStopAtYellow_isYellowAgain() {
    pass(50);
    light.tell(LightEvent.STOP);

    light.tell(LightEvent.GO);

    expectFor(3, new Light.Yellow(), new Light.Red());
  }

  @Test
  void go_whileItRuns_changesNothing() {
    pass(7);

    light.tell(LightEvent.GO);

    expectFor(13, new Light.Red(), new Light.Green(false));
  }
}
