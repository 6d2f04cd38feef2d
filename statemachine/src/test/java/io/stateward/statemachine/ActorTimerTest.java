package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.signal.Reports;
import io.stateward.statemachine.Lamps.Lamp;
import io.stateward.statemachine.Lamps.LampEvent;
import io.stateward.statemachine.Lamps.World;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ActorTimerTest {

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final Actors actors = Actors.on(Runnable::run).timekeeper(time).build();
  private final List<String> told = new ArrayList<>();

  /** A clock that counts its own ticks by what it sends to itself. */
  sealed interface Clock {
    record Ticking(int ticks) implements Clock {}

    record Paused(int ticks) implements Clock {}
  }

  enum ClockEvent {
    TICK,
    PAUSE,
    LOOK
  }

  private static Machine<Clock, ClockEvent> clock(Duration pace) {
    return Machine.define("clock", Clock.class, ClockEvent.class)
        .initial(new Clock.Ticking(0))
        .in(
            Clock.Ticking.class,
            s ->
                s.entry("look", ticking -> {})
                    .on(ClockEvent.TICK)
                    .send("tick", pace, (ticking, event) -> ClockEvent.TICK)
                    .update((ticking, event) -> new Clock.Ticking(ticking.ticks() + 1))
                    .on(ClockEvent.PAUSE)
                    .to(Clock.Paused.class, (ticking, event) -> new Clock.Paused(ticking.ticks())))
        .build();
  }

  @Test
  void after_timeHasPassed_isTaken() {
    Actor<Lamp, LampEvent> lamp = Lamps.machine(World.telling(told::add)).start(actors);
    lamp.tell(new LampEvent.Switch());

    time.advance(Duration.ofMillis(59_999));
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Lit(1));
    time.advance(Duration.ofMillis(1));

    assertThat(lamp.state().get()).isEqualTo(new Lamp.Dark(1));
    assertThat(told).containsExactly("lit 1", "dark 1");
    assertThat(time.pending()).isZero();
  }

  @Test
  void after_stateWasLeftAndEnteredAgain_beginsAnew() {
    Actor<Lamp, LampEvent> lamp = Lamps.machine(World.telling(told::add)).start(actors);
    lamp.tell(new LampEvent.Switch());
    time.advance(Duration.ofSeconds(50));
    lamp.tell(new LampEvent.Switch());
    assertThat(time.pending()).isZero();
    lamp.tell(new LampEvent.Switch());

    time.advance(Duration.ofSeconds(50));
    assertThat(lamp.state().get()).isEqualTo(new Lamp.Lit(2));
    assertThat(time.pending()).isOne();
    time.advance(Duration.ofSeconds(10));

    assertThat(lamp.state().get()).isEqualTo(new Lamp.Dark(2));
  }

  @Test
  void after_onTheTimersThread_isHandledOnTheExecutor() {
    List<Runnable> waiting = new ArrayList<>();
    Actors elsewhere = Actors.on(waiting::add).timekeeper(time).build();
    Actor<Lamp, LampEvent> lamp = Lamps.machine(World.telling(told::add)).start(elsewhere);
    lamp.tell(new LampEvent.Switch());

    time.advance(Duration.ofMinutes(1));
    assertThat(told).containsExactly("lit 1");
    waiting.get(0).run();

    assertThat(told).containsExactly("lit 1", "dark 1");
    assertThat(waiting).hasSize(1);
  }

  @Test
  void send_toItself_ticksOnUntilItIsPaused() {
    Actor<Clock, ClockEvent> clock = clock(Duration.ofSeconds(1)).start(actors);
    clock.tell(ClockEvent.TICK);

    time.advance(Duration.ofSeconds(100));

    assertThat(clock.state().get()).isEqualTo(new Clock.Ticking(101));
    clock.tell(ClockEvent.PAUSE);
    time.advance(Duration.ofSeconds(10));
    assertThat(clock.state().get()).isEqualTo(new Clock.Paused(101));
  }

  @Test
  void send_withoutDelayForEver_keepsNobodyElseOut() {
    List<Runnable> waiting = new ArrayList<>();
    Actors elsewhere = Actors.on(waiting::add).timekeeper(time).build();
    Actor<Clock, ClockEvent> clock = clock(Duration.ZERO).start(elsewhere);

    clock.tell(ClockEvent.TICK);
    int before = ticks(clock);
    assertThat(before).isBetween(900, 1_100); // then this thread has done enough
    clock.tell(ClockEvent.PAUSE);
    waiting.remove(0).run();

    assertThat(clock.snapshot().state()).isInstanceOf(Clock.Paused.class);
    assertThat(ticks(clock)).isBetween(before, before + 1);
    assertThat(waiting).isEmpty();
  }

  private static int ticks(Actor<Clock, ClockEvent> clock) {
    return clock.snapshot().state() instanceof Clock.Ticking ticking
        ? ticking.ticks()
        : ((Clock.Paused) clock.snapshot().state()).ticks();
  }

  /** A state whose timer leads to a function that throws. */
  sealed interface Trap {
    record Set() implements Trap {}

    record Sprung() implements Trap {}
  }

  enum TrapEvent {
    TOUCH
  }

  @Test
  void after_functionThrows_isReportedOnceAndNotTriedAgain() {
    Machine<Trap, TrapEvent> machine =
        Machine.define("trap", Trap.class, TrapEvent.class)
            .initial(new Trap.Set())
            .in(
                Trap.Set.class,
                s ->
                    s.after(Duration.ofSeconds(1))
                        .to(
                            Trap.Sprung.class,
                            set -> {
                              throw new IllegalStateException("rusty");
                            })
                        .on(TrapEvent.TOUCH)
                        .to(Trap.Sprung.class, (set, touch) -> new Trap.Sprung()))
            .build();
    Actor<Trap, TrapEvent> trap = machine.start(actors);

    try (Reports reports = new Reports()) {
      time.advance(Duration.ofMinutes(1));

      assertThat(reports.naming(trap.id())).hasSize(1);
    }
    assertThat(trap.snapshot().state()).isEqualTo(new Trap.Set());
    trap.tell(TrapEvent.TOUCH);
    assertThat(trap.snapshot().state()).isEqualTo(new Trap.Sprung());
    assertThat(time.pending()).isZero();
  }

  @Test
  void after_wallClockJumps_waitsForTheTimeAllTheSame() {
    JumpingTimekeeper jumping = new JumpingTimekeeper(time);
    Actors there = Actors.on(Runnable::run).timekeeper(jumping).build();
    Actor<Lamp, LampEvent> lamp = Lamps.machine(World.telling(told::add)).start(there);
    lamp.tell(new LampEvent.Switch());
    jumping.offset = Duration.ofDays(-3);

    time.advance(Duration.ofSeconds(59));
    assertThat(told).containsExactly("lit 1");
    time.advance(Duration.ofSeconds(1));

    assertThat(told).containsExactly("lit 1", "dark 1");
  }

  /** Virtual time, whose wall clock is set by somebody. */
  private static final class JumpingTimekeeper implements Timekeeper {
    private final Timekeeper time;
    private Duration offset = Duration.ZERO;

    JumpingTimekeeper(Timekeeper time) {
      this.time = time;
    }

    @Override
    public Instant now() {
      return time.now().plus(offset);
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return time.schedule(delay, task);
    }
  }

  @Test
  void after_manyYears_isWaitedFor() {
    Machine<Trap, TrapEvent> machine =
        Machine.define("patient", Trap.class, TrapEvent.class)
            .initial(new Trap.Set())
            .in(
                Trap.Set.class,
                s ->
                    s.after(Duration.ofDays(25_000))
                        .to(Trap.Sprung.class, set -> new Trap.Sprung()))
            .build();
    Actor<Trap, TrapEvent> trap = machine.start(actors);

    time.advance(Duration.ofDays(24_999));
    assertThat(trap.snapshot().state()).isEqualTo(new Trap.Set());
    time.advance(Duration.ofDays(1));

    assertThat(trap.snapshot().state()).isEqualTo(new Trap.Sprung());
  }
}
