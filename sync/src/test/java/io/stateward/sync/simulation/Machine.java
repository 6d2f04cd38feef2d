package io.stateward.sync.simulation;

import io.stateward.persist.StorageException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine with a disk, on which one program runs, dies, and is started again. */
final class Machine {

  final World world;
  final String name;
  final SimulatedDisk disk;
  private final Consumer<SimulatedProcess> program;
  private final Runnable onDeath;
  private @Nullable SimulatedProcess process;

  /** Makes one; nothing runs yet. What runs on it is said by a function that may throw. */
  Machine(World world, String name, Consumer<SimulatedProcess> program, Runnable onDeath) {
    this.world = world;
    this.name = name;
    this.program = program;
    this.onDeath = onDeath;
    disk = new SimulatedDisk(world);
  }

  boolean isUp() {
    return process != null && process.isAlive();
  }

  void start() {
    if (isUp()) {
      return;
    }
    SimulatedProcess started = new SimulatedProcess(world, name);
    process = started;
    started.onDeath(this::died);
    world.note(name, "starts", "");
    try {
      program.accept(started);
    } catch (StorageException | Killed expected) {
      started.kill();
    } catch (Throwable t) { // a failure of the run, not of the simulator
      world.fail(name + " cannot be started", t);
    }
  }

  private void died() {
    onDeath.run();
    disk.died();
    long pause = 50 + world.scheduler.random.nextInt(3_000);
    world.later(Duration.ofMillis(pause), this::start);
  }

  void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Kills the process after a while, if it is still the same. */
  void killLater(Duration pause) {
    SimulatedProcess now = process;
    if (now != null) {
      world.later(pause, now::kill);
    }
  }
}
