package io.stateward.sync.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Threads hand tasks to each other.
 *
 * <p>Claimed: when nobody does anything any more, every task has run once; never do two run at
 * once; and those of one thread run in the order in which it added them.
 *
 * <p>Excluded: an executor of its own. Tasks run where they are added, which is the harder case:
 * whoever adds may find that another thread is at it.
 */
final class TurnsLincheckTest {

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(3)
        .invocationsPerIteration(250)
        .minimizeFailedScenario(false)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(0)
        .sequentialSpecification(Nothing.class);
  }

  @Test
  void tasks_underTheModelChecker_runOnceInOrderOneAtATime() {
    options().check(Tasks.class);
  }

  @Test
  void turns_thatDoNotLookAgain_areCaught() {
    assertThatThrownBy(() -> options().check(Forgetful.class))
        .hasMessageContaining("was added and never run");
  }

  /** The operations answer nothing. */
  public static class Nothing {
    @Operation
    public void addOne() {}

    @Operation
    public void putAndRun() {}
  }

  /** What the parts of a client do with the real one. */
  public static class Tasks extends Nothing {
    private final Turns turns = new Turns("checked", Runnable::run);
    private final Queue<Long> order = new ConcurrentLinkedQueue<>(); // by whom it was added
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> 0);
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean overlap;

    @Override
    @Operation
    public void addOne() {
      add(task());
    }

    @Override
    @Operation
    public void putAndRun() {
      put(task());
      run();
    }

    void add(Runnable task) {
      turns.add(task);
    }

    void put(Runnable task) {
      turns.put(task);
    }

    void run() {
      turns.run();
    }

    private Runnable task() {
      added.incrementAndGet();
      int number = mine.get() + 1;
      mine.set(number);
      long name = Thread.currentThread().getId() << 32 | number;
      return () -> work(name);
    }

    private void work(long name) {
      if (!busy.compareAndSet(false, true)) {
        overlap = true; // thrown from here, it would only be reported
      }
      order.add(name);
      ran.incrementAndGet();
      busy.set(false);
    }

    /** What holds when all threads are done. */
    @Validate
    public void allHasRunInOrder() {
      if (overlap) {
        throw new IllegalStateException("two ran at once");
      }
      if (ran.get() != added.get()) {
        throw new IllegalStateException("something was added and never run, or ran twice");
      }
      for (long name : order) {
        long before = name - 1;
        if ((before & 0xffffffffL) != 0 && !precedes(before, name)) {
          throw new IllegalStateException("those of one thread changed places");
        }
      }
    }

    private boolean precedes(long before, long name) {
      for (long each : order) {
        if (each == before) {
          return true;
        }
        if (each == name) {
          return false;
        }
      }
      return false;
    }
  }

  /** Whoever runs does not look again after it said that it is done. */
  public static final class Forgetful extends Tasks {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    @Override
    void add(Runnable task) {
      put(task);
      run();
    }

    @Override
    void put(Runnable task) {
      tasks.add(task);
    }

    @Override
    void run() {
      if (running.compareAndSet(false, true)) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        running.set(false);
      }
    }
  }
}
