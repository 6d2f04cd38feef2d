package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Lamps.Lamp;
import io.stateward.statemachine.Lamps.LampEvent;
import io.stateward.statemachine.Lamps.World;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What idle actors cost: a million of them are to fit into 200 MB. */
final class ActorMemoryTest {

  private static final int COUNT = 200_000;

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void start_manyIdleActors_costsLessThan200BytesEach() {
    try (Actors actors = Actors.on(Runnable::run).build()) {
      Machine<Lamp, LampEvent> machine = Lamps.machine(new World() {});
      Object[] held = new Object[COUNT];
      machine.start(actors);
      long before = used();

      for (int i = 0; i < COUNT; i++) {
        held[i] = machine.start(actors);
      }

      long each = (used() - before) / COUNT;
      assertThat(each).isBetween(16L, 199L);
      Reference.reachabilityFence(held);
    }
  }

  @Test
  void start_actorThatNobodyHolds_isCollected() {
    try (Actors actors = Actors.on(Runnable::run).build()) {
      WeakReference<Actor<Lamp, LampEvent>> idle =
          new WeakReference<>(Lamps.machine(new World() {}).start(actors));

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (idle.get() != null && System.nanoTime() < deadline) {
        System.gc();
        LockSupport.parkNanos(1_000_000);
      }

      assertThat(idle.get()).isNull();
    }
  }
}
