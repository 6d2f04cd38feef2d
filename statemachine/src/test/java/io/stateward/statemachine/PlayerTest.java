package io.stateward.statemachine;

import static io.stateward.statemachine.Players.PLAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.Players.Playback;
import io.stateward.statemachine.Players.Player;
import io.stateward.statemachine.Players.PlayerEvent;
import io.stateward.statemachine.Players.Statistics;
import io.stateward.statemachine.Players.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Regions, contexts, timers, forks and ways out, by the player. */
final class PlayerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Snapshot<Player> after(PlayerEvent... events) {
    Snapshot<Player> snapshot = PLAYER.begin(null, NOON).snapshot();
    for (PlayerEvent event : events) {
      Step<Player> step = PLAYER.step(snapshot, event);
      assertThat(step.outcome().isTaken()).as("%s: %s", event, step.outcome()).isTrue();
      snapshot = step.snapshot();
    }
    return snapshot;
  }

  @Test
  void enter_parallelState_beginsEachRegion() {
    Snapshot<Player> on = after(new PlayerEvent.Power());

    assertThat(on.state()).isEqualTo(new Player.On("first"));
    assertThat(on.leaves()).containsExactly("Stopped", "Audible");
    assertThat(on.active())
        .containsExactly("player", "On", "Playback", "Stopped", "Volume", "Audible");
    assertThat(on.get(Volume.class)).isEqualTo(new Volume.Audible(5));
    assertThat(on.isIn(Playback.class)).isTrue();
    assertThat(on.isIn(Playback.Playing.class)).isFalse();
    assertThat(on.find(Playback.Playing.class)).isNull();
  }

  @Test
  void enter_withRegionState_replacesItsInitial() {
    Snapshot<Player> playing = after(new PlayerEvent.Play());

    assertThat(playing.get(Playback.class)).isEqualTo(new Playback.Playing(0));
    assertThat(playing.get(Volume.class)).isEqualTo(new Volume.Audible(5));
  }

  @Test
  void step_inOneRegion_leavesTheOtherAlone() {
    Snapshot<Player> on = after(new PlayerEvent.Power());

    Step<Player> step = PLAYER.step(on, new PlayerEvent.Play());

    assertThat(step.outcome())
        .isEqualTo(new Outcome.Transitioned(List.of("Stopped"), List.of("Playing")));
    assertThat(step.snapshot().get(Volume.class)).isEqualTo(new Volume.Audible(5));
    assertThat(step.snapshot().get(Statistics.class)).isEqualTo(new Statistics(1));
    assertThat(on.get(Statistics.class)).isEqualTo(new Statistics(0));
  }

  @Test
  void step_whereGuardOnOtherRegionRefuses_namesIt() {
    Snapshot<Player> muted = after(new PlayerEvent.Power(), new PlayerEvent.Mute());

    Step<Player> step = PLAYER.step(muted, new PlayerEvent.Play());

    assertThat(step.outcome()).isEqualTo(new Outcome.Rejected(List.of("audible")));
    assertThat(step.snapshot()).isSameAs(muted);
    assertThat(step.effects()).isEmpty();
  }

  @Test
  void update_ofParallelState_keepsItsRegions() {
    Snapshot<Player> playing = after(new PlayerEvent.Play(), new PlayerEvent.Next("second"));

    assertThat(playing.state()).isEqualTo(new Player.On("second"));
    assertThat(playing.leaves()).containsExactly("Playing", "Audible");
  }

  @Test
  void toOuter_fromRegion_leavesTheWholeParallelState() {
    Step<Player> step = PLAYER.step(after(new PlayerEvent.Play()), new PlayerEvent.Break());

    assertThat(step.snapshot().state()).isEqualTo(new Player.Off());
    assertThat(step.snapshot().leaves()).containsExactly("Off");
    assertThat(step.snapshot().find(Volume.class)).isNull();
    assertThat(step.snapshot().get(Statistics.class)).isEqualTo(new Statistics(0));
  }

  @Test
  void timer_ofStateInRegion_beginsAndEndsWithIt() {
    Snapshot<Player> playing = after(new PlayerEvent.Play());

    Step<Player> pause = PLAYER.step(playing, new PlayerEvent.Pause(), NOON);
    PendingTimer timer = pause.snapshot().timers().get(0);
    Step<Player> resume = PLAYER.step(pause.snapshot(), new PlayerEvent.Play());

    assertThat(pause.effects()).containsExactly(new Effect.StartTimer(timer));
    assertThat(timer.state()).isEqualTo("Paused");
    assertThat(timer.name()).isEqualTo("after 5m");
    assertThat(timer.deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    assertThat(resume.effects()).containsExactly(new Effect.CancelTimer(timer));
    assertThat(resume.snapshot().timers()).isEmpty();
  }

  @Test
  void fire_timerThatIsWaitedFor_takesItsTransition() {
    Snapshot<Player> paused = after(new PlayerEvent.Play(), new PlayerEvent.Pause());

    Step<Player> step = PLAYER.fire(paused, paused.timers().get(0), null);

    assertThat(step.snapshot().get(Playback.class)).isEqualTo(new Playback.Stopped());
    assertThat(step.snapshot().timers()).isEmpty();
  }

  @Test
  void fire_timerThatIsOver_changesNothing() {
    Snapshot<Player> paused = after(new PlayerEvent.Play(), new PlayerEvent.Pause());
    PendingTimer timer = paused.timers().get(0);
    Snapshot<Player> playing = PLAYER.step(paused, new PlayerEvent.Play()).snapshot();

    Step<Player> step = PLAYER.fire(playing, timer, null);

    assertThat(step.outcome().isTaken()).isFalse();
    assertThat(step.snapshot()).isSameAs(playing);
  }

  @Test
  void at_leafWithContexts_isThere() {
    Snapshot<Player> off = PLAYER.at(new Player.Off(), new Statistics(4));

    assertThat(off.get(Statistics.class)).isEqualTo(new Statistics(4));
    assertThat(PLAYER.step(off, new PlayerEvent.Power()).snapshot().isIn("On")).isTrue();
    assertThatThrownBy(() -> PLAYER.at(new Player.On("first"), new Statistics(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("On[track=first]");
  }
}
