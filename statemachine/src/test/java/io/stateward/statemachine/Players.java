package io.stateward.statemachine;

import java.time.Duration;

/** A player: a parallel state with two regions, history, timers, a context, and a way out. */
public final class Players {

  private Players() {}

  /**
   * What all states share.
   *
   * @param played of it
   */
  public record Statistics(int played) {}

  /** The whole. */
  public sealed interface Player {
    /** Off. */
    record Off() implements Player {}

    /**
     * On.
     *
     * @param track of it
     */
    record On(String track) implements Player {}
  }

  /** A region. */
  public sealed interface Playback {
    /** Stopped. */
    record Stopped() implements Playback {}

    /**
     * Playing.
     *
     * @param position of it
     */
    record Playing(int position) implements Playback {}

    /**
     * Paused.
     *
     * @param position of it
     */
    record Paused(int position) implements Playback {}
  }

  /** Another region. */
  public sealed interface Volume {
    /**
     * Audible.
     *
     * @param level of it
     */
    record Audible(int level) implements Volume {}

    /**
     * Muted.
     *
     * @param level of it
     */
    record Muted(int level) implements Volume {}
  }

  /** What may happen. */
  public sealed interface PlayerEvent {
    /** Power. */
    record Power() implements PlayerEvent {}

    /** Play. */
    record Play() implements PlayerEvent {}

    /** Pause. */
    record Pause() implements PlayerEvent {}

    /** Mute. */
    record Mute() implements PlayerEvent {}

    /**
     * Next.
     *
     * @param track of it
     */
    record Next(String track) implements PlayerEvent {}

    /** Break. */
    record Break() implements PlayerEvent {}
  }

  /** The machine. */
  public static final Machine<Player, PlayerEvent> PLAYER =
      Machine.define("player", Player.class, PlayerEvent.class)
          .context(new Statistics(0))
          .initial(new Player.Off())
          .in(
              Player.Off.class,
              s ->
                  s.on(PlayerEvent.Power.class)
                      .to(Player.On.class, (off, power) -> new Player.On("first"))
                      .on(PlayerEvent.Play.class)
                      .with(Playback.Playing.class, (off, play) -> new Playback.Playing(0))
                      .to(Player.On.class, (off, play) -> new Player.On("first")))
          .in(
              Player.On.class,
              s ->
                  s.on(PlayerEvent.Power.class)
                      .to(Player.Off.class, (on, power) -> new Player.Off())
                      .on(PlayerEvent.Next.class)
                      .update((on, next) -> new Player.On(next.track()))
                      .region(
                          Playback.class,
                          r ->
                              r.initial(new Playback.Stopped())
                                  .in(
                                      Playback.Stopped.class,
                                      p ->
                                          p.on(PlayerEvent.Play.class)
                                              .when(
                                                  "audible",
                                                  (stopped, play, view) ->
                                                      view.isIn(Volume.Audible.class))
                                              .assign(
                                                  Statistics.class,
                                                  (statistics, stopped, play) ->
                                                      new Statistics(statistics.played() + 1))
                                              .to(
                                                  Playback.Playing.class,
                                                  (stopped, play) -> new Playback.Playing(0)))
                                  .in(
                                      Playback.Playing.class,
                                      p ->
                                          p.on(PlayerEvent.Pause.class)
                                              .to(
                                                  Playback.Paused.class,
                                                  (playing, pause) ->
                                                      new Playback.Paused(playing.position()))
                                              .on(PlayerEvent.Break.class)
                                              .toOuter(
                                                  Player.Off.class,
                                                  (playing, broken) -> new Player.Off()))
                                  .in(
                                      Playback.Paused.class,
                                      p ->
                                          p.on(PlayerEvent.Play.class)
                                              .to(
                                                  Playback.Playing.class,
                                                  (paused, play) ->
                                                      new Playback.Playing(paused.position()))
                                              .after(Duration.ofMinutes(5))
                                              .to(
                                                  Playback.Stopped.class,
                                                  paused -> new Playback.Stopped())))
                      .region(
                          Volume.class,
                          r ->
                              r.initial(Volume.Audible.class, on -> new Volume.Audible(5))
                                  .in(
                                      Volume.Audible.class,
                                      v ->
                                          v.on(PlayerEvent.Mute.class)
                                              .to(
                                                  Volume.Muted.class,
                                                  (audible, mute) ->
                                                      new Volume.Muted(audible.level())))
                                  .in(
                                      Volume.Muted.class,
                                      v ->
                                          v.on(PlayerEvent.Mute.class)
                                              .to(
                                                  Volume.Audible.class,
                                                  (muted, mute) ->
                                                      new Volume.Audible(muted.level())))))
          .build();
}
