package io.stateward.benchmarks.statemachine;

import io.stateward.benchmarks.Finding;
import io.stateward.benchmarks.Heap;
import io.stateward.benchmarks.Workload;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The questions asked of statecharts.
 *
 * <p><b>Thread safety.</b> Stateless; each workload is for one thread at a time.
 *
 * @since 0.1
 */
public final class MachineWorkloads {

  /** How many events one run sends. */
  public static final int EVENTS = 1_024;

  /** How many instances one run makes. */
  public static final int MADE = 256;

  private static final int MILLION = 1_000_000;
  private static final int FEW = 5_000;

  private MachineWorkloads() {}

  static Automata automata(String contender) {
    return switch (contender) {
      case "stateward" -> new StatewardAutomata();
      case "typed" -> new TypedAutomata();
      case "actor" -> new ActorAutomata();
      case "queue" -> new QueueAutomata();
      case "spring" -> new SpringAutomata();
      case "squirrel" -> new SquirrelAutomata();
      case "stateless4j" -> new Stateless4jAutomata();
      case "cola" -> new ColaAutomata();
      case "easystates" -> new EasyStatesAutomata();
      case "kstatemachine" -> new KStateMachineAutomata();
      case "tinder" -> new TinderAutomata();
      default -> throw new IllegalArgumentException("No such contender: " + contender);
    };
  }

  /**
   * What does it cost to take an event?
   *
   * @param contender whom to ask
   * @param chart {@code turnstile}, {@code towers}, {@code regions} or {@code both}
   * @return events by turns
   * @throws UnsupportedOperationException if the contender has no way to say that
   */
  public static Workload events(String contender, String chart) {
    return new EventsWorkload(
        contender, EventsWorkload.Chart.valueOf(chart.toUpperCase(Locale.ROOT)));
  }

  /**
   * What does it cost to make an instance?
   *
   * @param contender whom to ask; {@code begin} for our step into the initial state
   * @return instances that are made
   * @throws UnsupportedOperationException if the contender has no instances
   */
  public static Workload make(String contender) {
    return new MakeWorkload(contender);
  }

  /**
   * What does it cost to make JSON of a snapshot, and a snapshot of that?
   *
   * @return snapshots of one turnstile, there and back
   */
  public static Workload store() {
    return new StoreWorkload();
  }

  /**
   * Counts what a thread allocates to take an event.
   *
   * @param contender whom to ask; of {@code typed} without the new state
   * @param chart which
   * @return the bytes of one event: the mean of a million
   */
  public static Finding allocatedByEvent(String contender, String chart) {
    try (Workload events = events(contender, chart)) {
      double bytes = allocated(events);
      events.verify();
      return contender.equals("typed")
          ? new Finding(
              bytes - sizeOfState(), "and a state of %.0f".formatted((double) sizeOfState()))
          : Finding.of(bytes);
    }
  }

  /**
   * Counts what a thread allocates for one pure step of a turnstile.
   *
   * @return the bytes of a step, with its snapshot
   */
  public static Finding allocatedByStep() {
    StepWorkload steps = new StepWorkload();
    double bytes = allocated(steps);
    steps.verify();
    return Finding.of(bytes);
  }

  private static double allocated(Workload workload) {
    Runnable million =
        () -> {
          for (long i = 0; i < MILLION; i += workload.operations()) {
            workload.run();
          }
        };
    million.run();
    Heap.allocatedBy(million); // the counter itself is loaded now
    long bytes = Heap.allocatedBy(million);
    long runs = (MILLION + workload.operations() - 1) / workload.operations();
    return (double) bytes / (runs * workload.operations());
  }

  private static long sizeOfState() {
    @Nullable Object[] kept = new Object[1];
    Runnable one = () -> kept[0] = new TypedAutomata.LOCKED(1);
    Heap.allocatedBy(one);
    return Heap.allocatedBy(one);
  }

  /**
   * Weighs idle instances.
   *
   * @param contender whom to ask
   * @return the heap of a million, in millions of bytes; of peers, of 5,000 and multiplied
   */
  public static Finding retainedByIdle(String contender) {
    boolean ours = contender.equals("stateward") || contender.equals("actor");
    int count = ours ? MILLION : FEW;
    Automata automata = automata(contender);
    Gate gate = new Gate();
    fill(automata, gate, FEW); // loads the classes
    long bytes = Heap.retainedBy(() -> fill(automata, gate, count));
    return new Finding((double) bytes / count, ours ? "" : "of %,d".formatted(count));
  }

  private static Object[] fill(Automata automata, Gate gate, int count) {
    Object[] all = new Object[count];
    for (int i = 0; i < count; i++) {
      all[i] = automata.make(gate);
    }
    Workload.require("Where the last one is", "LOCKED", automata.where(all[count - 1]));
    return all;
  }

  /** Pure steps of one turnstile. */
  static final class StepWorkload implements Workload {

    private Snapshot<Place> at;
    private @Nullable Step<Place> last;
    private final Gate gate = new Gate();

    StepWorkload() {
      at = StatewardAutomata.TURNSTILE.at(Place.LOCKED, gate);
    }

    @Override
    public void run() {
      for (int i = 0; i < EVENTS / 2; i++) {
        Step<Place> step = StatewardAutomata.TURNSTILE.step(at, Input.COIN);
        last = step;
        step = StatewardAutomata.TURNSTILE.step(step.snapshot(), Input.PUSH);
        last = step;
        at = step.snapshot();
      }
    }

    @Override
    public long operations() {
      return EVENTS;
    }

    @Override
    public void verify() {
      Step<Place> step = last;
      Workload.require("Where the machine is", Place.LOCKED, at.state());
      if (step != null) {
        Workload.require("Where the last step led", Place.LOCKED, step.snapshot().state());
        Workload.require("How many effects it has", 1, step.effects().size());
      }
      Workload.require("What was done", 0L, gate.passed);
    }
  }
}
