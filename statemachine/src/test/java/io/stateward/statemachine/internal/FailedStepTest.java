package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.made;
import static io.stateward.statemachine.internal.Sketch.strict;
import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Outcome.Done;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.Unhandled;
import io.stateward.statemachine.UnhandledEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Macrosteps that fail: what is left of them, and that they end. */
final class FailedStepTest {

  private static final DataFunction BROKEN =
      (data, event, view) -> {
        throw new IllegalStateException("broken");
      };

  private static Guard failing() {
    return new Guard(
        "broken",
        (data, event, view) -> {
          throw new IllegalStateException("broken");
        },
        false);
  }

  private static Throwable cause(Step<?> step) {
    assertThat(step.outcome()).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) step.outcome()).cause();
  }

  @Test
  @Timeout(60)
  void begin_guardThatFailsEachTimeItsFailureIsRaised_isCutOffAndNamed() {
    Sketch always = atomic("a").arc(new Trigger.Always(), arc -> arc.guard(failing()), "b");
    Step<List<String>> step = Sketch.<List<String>>made(strict(always, atomic("b"))).begin();
    assertThat(cause(step)).hasMessageContaining("found no rest").hasMessageContaining("broken");
  }

  @Test
  @Timeout(60)
  void step_guardThatAnswersToItsOwnFailure_isCutOffAndNamed() {
    Sketch any = atomic("a").on("*", arc -> arc.guard(failing()), "b");
    ChartMachine<List<String>, String> machine = made(strict(any, atomic("b")));
    Step<List<String>> step = machine.step(machine.begin().snapshot(), "go");
    assertThat(cause(step)).hasMessageContaining("found no rest").hasMessageContaining("broken");
  }

  @Test
  void fire_timerWhoseFunctionFails_isSettled() {
    TimerSpec timer = new TimerSpec("t", data -> Duration.ofSeconds(1));
    Sketch a = atomic("a").logged();
    a.spec.timers().add(timer);
    a.arc(new Trigger.After(timer), arc -> arc.update(BROKEN), "b");
    Machine<List<String>, String> machine = Sketch.machine(a, atomic("b").on("back", "a"));
    Snapshot<List<String>> begun = machine.begin(null, Instant.EPOCH).snapshot();
    Step<List<String>> step = machine.fire(begun, begun.timers().get(0), null);
    assertThat(cause(step)).hasMessage("broken");
    assertThat(step.effects()).isEmpty();
    assertThat(step.trace().microsteps()).isEmpty();
    assertThat(step.snapshot()).isNotEqualTo(begun);
    assertThat(step.snapshot().timers()).isEmpty();
    assertThat(step.snapshot().leaves()).containsExactly("a");
  }

  @Test
  void fire_sentEventThatNobodyAnswersTo_isSettled_alsoWhereThatIsAFailure() {
    Action send = new Action.Send("ping", (data, event) -> 5, (data, event) -> "ping");
    ChartSpec chart = Sketch.chart(atomic("a").on("go", arc -> arc.actions().add(send)));
    Machine<List<String>, String> machine = made(chart.unhandled(Unhandled.FAIL));
    Snapshot<List<String>> at = machine.step(machine.begin().snapshot(), "go").snapshot();
    PendingTimer ping = at.timers().get(0);
    Step<List<String>> step = machine.fire(at, ping, null);
    assertThat(cause(step)).isInstanceOf(UnhandledEventException.class);
    assertThat(step.snapshot().timers()).isEmpty();
    assertThat(machine.fire(step.snapshot(), ping, null).outcome()).isEqualTo(Outcomes.UNKNOWN);
  }

  private static Machine<List<String>, String> working(Consumer<ArcSpec> onError) {
    Sketch a = atomic("a");
    InvokeSpec work = a.invoke("work");
    a.arc(new Trigger.Ended(work, Trigger.Ending.DONE), arc -> arc.update(BROKEN), "b");
    a.arc(new Trigger.Ended(work, Trigger.Ending.ERROR), onError, "c");
    return Sketch.machine(a, atomic("b"), atomic("c"));
  }

  private static Step<List<String>> complete(Machine<List<String>, String> machine) {
    Snapshot<List<String>> begun = machine.begin().snapshot();
    return machine.complete(begun, begun.invocations().get(0), new Done<>("result"), null);
  }

  @Test
  void complete_resultThatCannotBeTaken_isAFailureOfTheWork() {
    Step<List<String>> step =
        complete(working(arc -> arc.update((d, failure, v) -> ((Throwable) failure).getMessage())));
    assertThat(step.outcome()).isEqualTo(new Outcome.Transitioned(List.of("a"), List.of("c")));
    assertThat(step.snapshot().find(String.class)).isEqualTo("broken");
    assertThat(step.snapshot().invocations()).isEmpty();
  }

  @Test
  void complete_resultAndItsFailureThatCannotBeTaken_isSettledAndFailed() {
    for (Consumer<ArcSpec> onError :
        List.<Consumer<ArcSpec>>of(
            arc -> arc.update(BROKEN),
            arc -> arc.guard(new Guard("never", (d, e, v) -> false, false)))) {
      Step<List<String>> step = complete(working(onError));
      assertThat(cause(step)).hasMessage("broken");
      assertThat(step.snapshot().leaves()).containsExactly("a");
      assertThat(step.snapshot().invocations()).isEmpty();
      assertThat(step.effects()).isEmpty();
    }
  }
}
