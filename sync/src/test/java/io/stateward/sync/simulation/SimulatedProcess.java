package io.stateward.sync.simulation;

import io.stateward.sync.protocol.Messages;
import io.stateward.sync.spi.Connection;
import io.stateward.sync.spi.ConnectionListener;
import io.stateward.sync.spi.Transport;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that can be killed at any moment: from then on nothing of it runs, and nothing that it
 * does reaches the world.
 */
final class SimulatedProcess implements Executor, Timekeeper {

  private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

  final String name;
  final World world;
  private boolean alive = true;
  private Runnable gauge = () -> {};
  private IntConsumer onCause = count -> {};
  private Runnable onDeath = () -> {};
  private Runnable onGivenUp = () -> {};

  SimulatedProcess(World world, String name) {
    this.world = world;
    this.name = name;
  }

  boolean isAlive() {
    return alive;
  }

  /** Says what happens to the world when the process dies, such as to its connections. */
  void onDeath(Runnable work) {
    onDeath = work;
  }

  /** Has the queues of the process looked at after each step of it. */
  void gauge(Runnable look) {
    gauge = look;
  }

  /** Has somebody told of how many frames come, and how many changes are made. */
  void onCause(IntConsumer told) {
    onCause = told;
  }

  void cause(int count) {
    onCause.accept(count);
  }

  /** Returns whether there is nothing that it could do now. */
  boolean isIdle() {
    return !world.scheduler.hasWork(this);
  }

  void look() {
    if (alive) {
      gauge.run();
    }
  }

  /** Says what people do when a journal of the process is to be opened again. */
  void onGivenUp(Runnable work) {
    onGivenUp = work;
  }

  void hasGivenUp() {
    world.note(name, "has a journal that must be opened again", "");
    onGivenUp.run();
  }

  void kill() {
    if (alive) {
      alive = false;
      world.note(name, "is killed", "");
      onDeath.run();
    }
  }

  /** Kills the process from within one of its calls. */
  Killed die() {
    kill();
    return new Killed();
  }

  void run(Runnable work) {
    if (!alive) {
      return;
    }
    try {
      work.run();
    } catch (Killed expected) {
      assert !alive;
    } catch (Throwable t) { // a task that throws is a failure of the run, not of the simulator
      if (alive) {
        world.fail("An exception reached the executor of " + name, t);
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    if (alive) {
      world.scheduler.execute(this, task);
    }
  }

  @Override
  public Instant now() {
    return ORIGIN.plusNanos(world.scheduler.nanoTime()).plus(world.clockOffset());
  }

  @Override
  public long nanoTime() {
    return world.scheduler.nanoTime();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return alive ? world.scheduler.schedule(this, delay.toNanos(), task) : () -> false;
  }

  private void noteFrame(String what, String frame) {
    if (!frame.startsWith("{\"t\":\"p")) { // ping, pong, presence
      world.note(name, what, frame);
    }
  }

  /** Returns a transport that does nothing for a dead process. */
  Transport guarded(Transport transport) {
    return listener -> {
      CompletableFuture<Connection> opened = new CompletableFuture<>();
      if (alive) {
        transport
            .connect(guarded(listener))
            .whenComplete((c, e) -> run(() -> finish(opened, c == null ? null : guarded(c), e)));
      }
      return opened;
    };
  }

  Connection guarded(Connection connection) {
    return new Connection() {
      @Override
      public CompletionStage<Void> send(String frame) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        if (alive) {
          noteFrame("sends ", frame);
          connection.send(frame).whenComplete((v, e) -> run(() -> finish(sent, null, e)));
        }
        return sent;
      }

      @Override
      public void close(int code, String reason) {
        if (alive) {
          world.note(name, "closes ", code + " " + reason);
          connection.close(code, reason);
        }
      }
    };
  }

  ConnectionListener guarded(ConnectionListener listener) {
    return new ConnectionListener() {
      @Override
      public void onFrame(String frame) {
        if (alive) {
          noteFrame("is told ", frame);
          cause(Messages.count(frame));
          run(() -> listener.onFrame(frame));
        }
      }

      @Override
      public void onClosed(int code, String reason) {
        if (alive) {
          world.note(name, "loses the connection: ", code + " " + reason);
          run(() -> listener.onClosed(code, reason));
        }
      }
    };
  }

  private static <T> void finish(
      CompletableFuture<T> stage, @Nullable T value, @Nullable Throwable problem) {
    if (problem == null) {
      stage.complete(value);
    } else {
      stage.completeExceptionally(problem);
    }
  }
}
