package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a step costs in memory, which is what idle machines and busy ones are paid with. */
final class AllocationTest {

  private static final int TIMES = 1_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  enum Lamp {
    DARK,
    LIT
  }

  enum Switch {
    PRESS,
    OTHER
  }

  record Uses(long count) {}

  sealed interface Door {
    record Closed(long times) implements Door {}

    record Open(long times) implements Door {}
  }

  sealed interface Hand {
    record Turn(int by) implements Hand {}
  }

  private static long done;

  private static final Machine<Lamp, Switch> LAMP =
      Machine.define("lamp", Lamp.class, Switch.class, Uses.class)
          .initial(Lamp.DARK)
          .in(
              Lamp.DARK,
              s ->
                  s.on(Switch.PRESS)
                      .when("powered", (uses, press) -> uses.count() >= 0)
                      .run("count", (uses, press) -> done++)
                      .to(Lamp.LIT))
          .in(Lamp.LIT, s -> s.on(Switch.PRESS).to(Lamp.DARK))
          .build();

  private static final Machine<Door, Hand> DOOR =
      Machine.define("door", Door.class, Hand.class)
          .initial(new Door.Closed(0))
          .in(
              Door.Closed.class,
              s ->
                  s.on(Hand.Turn.class)
                      .when("unlocked", (closed, turn) -> turn.by() > 0)
                      .run("count", (closed, turn) -> done++)
                      .to(Door.Open.class, (closed, turn) -> new Door.Open(closed.times() + 1)))
          .in(
              Door.Open.class,
              s ->
                  s.on(Hand.Turn.class)
                      .to(Door.Closed.class, (open, turn) -> new Door.Closed(open.times() + 1)))
          .build();

  /** The bytes of one run, the least of many trials: what a compiler has yet to do is not ours. */
  private static long bytes(Runnable work) {
    for (int i = 0; i < 50_000; i++) {
      work.run();
    }
    long least = Long.MAX_VALUE;
    for (int trial = 0; trial < 40; trial++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < TIMES; i++) {
        work.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / TIMES;
  }

  @Test
  void fire_ofConstants_allocatesNothing() {
    Instance<Lamp, Switch> lamp = LAMP.instance(new Uses(1));
    long before = done;
    assertThat(bytes(() -> lamp.fire(Switch.PRESS))).isZero();
    assertThat(done).isGreaterThan(before);
  }

  @Test
  void fire_whatNobodyAnswersTo_allocatesNothing() {
    Instance<Lamp, Switch> lamp = LAMP.instance(new Uses(1));
    assertThat(bytes(() -> lamp.fire(Switch.OTHER))).isZero();
  }

  @Test
  void fire_whatIsRefused_allocatesNothing() {
    Instance<Lamp, Switch> lamp = LAMP.instance(new Uses(-1));
    assertThat(bytes(() -> lamp.fire(Switch.PRESS))).isZero();
    assertThat(lamp.state()).isEqualTo(Lamp.DARK);
  }

  @Test
  void fire_ofRecords_allocatesTheRecordAlone() {
    Instance<Door, Hand> door = DOOR.instance();
    Hand turn = new Hand.Turn(1);
    long record = bytes(() -> kept = new Door.Open(done));
    assertThat(record).isPositive();
    assertThat(bytes(() -> door.fire(turn))).isEqualTo(record);
  }

  @Test
  void step_ofAFlatChart_allocatesAtMost64BytesBesidesItsData() {
    Switch press = Switch.PRESS;
    AtomicReference<Snapshot<Lamp>> lamp =
        new AtomicReference<>(LAMP.begin(new Uses(1), Instant.EPOCH).snapshot());
    assertThat(
            bytes(
                () -> {
                  Step<Lamp> step = LAMP.step(lamp.get(), press);
                  lamp.set(step.snapshot());
                  kept = step;
                }))
        .isLessThanOrEqualTo(64);
  }

  @SuppressWarnings("unused") // so that nothing of it is compiled away
  private static volatile Object kept = "";
}
