package io.stateward.statemachine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Actor;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.time.VirtualTimekeeper;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Whom actors are held by: by their home while they wait, and by nothing else. */
final class HomeTest {

  sealed interface Egg {
    record Raw() implements Egg {}

    record Boiling() implements Egg {}

    record Boiled() implements Egg {}
  }

  enum EggEvent {
    HEAT,
    COOL
  }

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final List<Runnable> working = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final Home home =
      (Home) Actors.on(working::add).mailbox(Runnable::run).timekeeper(time).build();

  private Machine<Egg, EggEvent> egg() {
    return Machine.define("egg", Egg.class, EggEvent.class)
        .initial(new Egg.Raw())
        .in(
            Egg.Raw.class,
            s -> s.on(EggEvent.HEAT).to(Egg.Boiling.class, (raw, heat) -> new Egg.Boiling()))
        .in(
            Egg.Boiling.class,
            s ->
                s.entry("note", (boiling, key) -> keys.add(key))
                    .after(Duration.ofMinutes(5))
                    .to(Egg.Boiled.class, boiling -> new Egg.Boiled()))
        .in(
            Egg.Boiled.class,
            s ->
                s.invoke("eat", boiled -> "eaten")
                    .onDone(Egg.Raw.class, (boiled, eaten) -> new Egg.Raw())
                    .onErrorReport())
        .build();
  }

  @Test
  void held_idAndKeyedActionAndTimerAndWork_onlyWhileItWaits() {
    Actor<Egg, EggEvent> egg = home.start(egg());
    assertThat(egg.id()).startsWith("egg-");
    assertThat(home.held()).isZero();

    egg.tell(EggEvent.HEAT);
    assertThat(keys).hasSize(1);
    assertThat(home.held()).as("waits for its timer").isEqualTo(1);

    time.advance(Duration.ofMinutes(5));
    assertThat(egg.snapshot().state()).isEqualTo(new Egg.Boiled());
    assertThat(home.held()).as("waits for its work").isEqualTo(1);

    working.remove(0).run();
    assertThat(egg.snapshot().state()).isEqualTo(new Egg.Raw());
    assertThat(home.held()).isZero();
  }

  @Test
  void close_actorThatIsObserved_isToldOfItsEnd() {
    Actor<Egg, EggEvent> egg = home.start(egg());
    boolean[] ended = new boolean[1];
    egg.ended().thenRun(() -> ended[0] = true);

    home.close();

    assertThat(ended[0]).isTrue();
    assertThat(home.held()).isZero();
  }

  @Test
  void start_machineThatNobodyHolds_isCollected() {
    WeakReference<Machine<Egg, EggEvent>> machine = new WeakReference<>(egg());
    Machine<Egg, EggEvent> known = machine.get();
    assertThat(known).isNotNull();
    home.start(known);
    known = null;

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (machine.get() != null && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(machine.get()).isNull();
  }
}
