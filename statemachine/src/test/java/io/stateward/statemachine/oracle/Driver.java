package io.stateward.statemachine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Instance;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.ChartSpec;
import io.stateward.statemachine.internal.Compiler;
import io.stateward.statemachine.oracle.ChartMaker.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the engine and the oracle through the same events, and compares them after each. */
final class Driver {

  private static final int MOST_TIMERS = 12;

  private final Machine<List<String>, String> machine;
  private final Oracle oracle;
  private Snapshot<List<String>> snapshot;
  private final List<String> performed;
  private final @Nullable Instance<List<String>, String> instance;
  private long now;
  private int microsteps;

  private Driver(
      ChartSpec chart,
      Step<List<String>> first,
      Machine<List<String>, String> machine,
      List<String> performed) {
    this.machine = machine;
    this.performed = performed;
    this.oracle = new Oracle(chart);
    this.snapshot = first.snapshot();
    oracle.begin();
    compare("the beginning", first);
    // Only of plain charts, in which nothing waits for a time.
    this.instance = chart.contexts().isEmpty() ? machine.instance() : null;
    if (instance != null) {
      compare(instance, "the beginning");
    }
  }

  /** Returns how many microsteps were compared. */
  static int compare(ChartSpec chart, List<String> performed, List<Integer> events) {
    Machine<List<String>, String> machine = new ChartMachine<>(Compiler.compile(chart));
    Driver driver;
    try {
      driver = new Driver(chart, machine.begin(null, Instant.EPOCH), machine, performed);
    } catch (Oracle.Endless e) {
      return 0; // it never came to rest, so there is nothing to go on with
    }
    driver.timers(0);
    for (int choice : events) {
      if (choice < Names.KINDS.size()) {
        driver.event(Names.KINDS.get(choice));
        driver.timers(0);
      } else {
        driver.timers(10);
      }
    }
    return driver.microsteps;
  }

  private void event(String event) {
    Step<List<String>> step = machine.step(snapshot, event, Instant.ofEpochMilli(now));
    boolean endless = false;
    try {
      oracle.take(new Oracle.Item.Event(event), now);
    } catch (Oracle.Endless e) {
      endless = true;
    }
    compare(event, step, endless);
    if (instance != null) {
      performed.clear();
      Outcome outcome = instance.fire(event);
      assertThat(outcome.getClass()).as(event).isEqualTo(step.outcome().getClass());
      if (!endless) {
        assertThat(outcome).as(event).isEqualTo(step.outcome());
      }
      compare(instance, event);
    }
  }

  private void compare(Instance<List<String>, String> running, String cause) {
    assertThat(running.snapshot()).as(cause).isEqualTo(snapshot);
    assertThat(running.state()).as(cause).isEqualTo(oracle.leaves());
    assertThat(performed).as(cause).isEqualTo(oracle.emitted());
  }

  private void timers(long millis) {
    long until = now + millis;
    for (int count = 0; count < MOST_TIMERS; count++) {
      Optional<PendingTimer> next = next(until);
      if (next.isEmpty()) {
        break;
      }
      fire(next.get());
    }
    now = until;
  }

  private Optional<PendingTimer> next(long until) {
    return snapshot.timers().stream()
        .filter(timer -> timer.deadline().toEpochMilli() <= until)
        .min(Comparator.comparing(PendingTimer::deadline).thenComparing(PendingTimer::number));
  }

  private void fire(PendingTimer timer) {
    now = Math.max(now, timer.deadline().toEpochMilli());
    Step<List<String>> step = machine.fire(snapshot, timer, Instant.ofEpochMilli(now));
    Oracle.Waiting due =
        oracle.waiting().stream()
            .min(
                Comparator.comparing(Oracle.Waiting::deadline)
                    .thenComparing(Oracle.Waiting::number))
            .orElseThrow();
    boolean endless = false;
    try {
      oracle.fire(due, now);
    } catch (Oracle.Endless e) {
      endless = true;
    }
    compare(timer.state() + " " + timer.name(), step, endless);
  }

  private void compare(String cause, Step<List<String>> step) {
    compare(cause, step, false);
  }

  private void compare(String cause, Step<List<String>> step, boolean endless) {
    snapshot = step.snapshot();
    assertThat(step.outcome() instanceof Outcome.Failed)
        .as("%s: endless; %s", cause, step.outcome())
        .isEqualTo(endless);
    assertThat(steps(step)).as(cause).isEqualTo(oracle.microsteps());
    assertThat(emitted(step)).as(cause).isEqualTo(oracle.emitted());
    assertThat(snapshot.leaves()).as(cause).isEqualTo(oracle.leaves());
    assertThat(snapshot.state()).as(cause).isEqualTo(oracle.leaves());
    assertThat(snapshot.active()).as(cause).isEqualTo(oracle.active());
    assertThat(snapshot.isDone()).as(cause).isEqualTo(oracle.isDone());
    assertThat(snapshot.find(Counter.class)).as(cause).isEqualTo(oracle.context(Counter.class));
    assertThat(timers(snapshot)).as(cause).isEqualTo(waiting());
    microsteps += oracle.microsteps().size();
  }

  private static List<Oracle.Microstep> steps(Step<List<String>> step) {
    return step.trace().microsteps().stream()
        .map(it -> new Oracle.Microstep(it.exited(), it.entered()))
        .toList();
  }

  private static List<String> emitted(Step<List<String>> step) {
    List<String> emitted = new ArrayList<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Emit emit) {
        emitted.add(emit.name() + " " + emit.value());
      } else if (effect instanceof Effect.Run run) {
        emitted.add(run.name() + " " + run.event());
      }
    }
    return emitted;
  }

  private static List<String> timers(Snapshot<List<String>> snapshot) {
    return snapshot.timers().stream()
        .map(it -> it.state() + " " + it.name() + " " + it.deadline().toEpochMilli())
        .toList();
  }

  private List<String> waiting() {
    return oracle.waiting().stream()
        .map(it -> it.state() + " " + it.name() + " " + it.deadline())
        .toList();
  }
}
