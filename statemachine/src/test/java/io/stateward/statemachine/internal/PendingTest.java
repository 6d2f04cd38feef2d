package io.stateward.statemachine.internal;

import static io.stateward.statemachine.internal.Sketch.atomic;
import static io.stateward.statemachine.internal.Sketch.chart;
import static io.stateward.statemachine.internal.Sketch.compound;
import static io.stateward.statemachine.internal.Sketch.last;
import static io.stateward.statemachine.internal.Sketch.machine;
import static io.stateward.statemachine.internal.Sketch.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.flow.Outcome.Done;
import io.stateward.statemachine.Effect;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a machine waits for: timers, events that were sent, work. */
final class PendingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Machine<List<String>, String> timed() {
    return machine(
        compound("c", atomic("a").after(Duration.ofSeconds(5), "late").on("stay"))
            .after(Duration.ofSeconds(9), "later")
            .on("go", "other"),
        atomic("late"),
        atomic("later"),
        atomic("other").on("back", "c"));
  }

  @Test
  void begin_startsTimersOfWhatIsEntered() {
    Step<List<String>> step = timed().begin(null, NOON);
    PendingTimer nine = new PendingTimer("c", "after PT9S", 0, NOON.plusSeconds(9), null);
    PendingTimer five = new PendingTimer("a", "after PT5S", 1, NOON.plusSeconds(5), null);
    assertThat(step.snapshot().timers()).containsExactly(nine, five);
    assertThat(step.effects())
        .containsExactly(new Effect.StartTimer(nine), new Effect.StartTimer(five));
  }

  @Test
  void fire_timerThatIsPending_takesItsTransition_andCancelsTheOthersOfWhatIsLeft() {
    Snapshot<List<String>> begun = timed().begin(null, NOON).snapshot();
    PendingTimer five = begun.timers().get(1);
    Step<List<String>> step = timed().begin(null, NOON);
    assertThat(step.snapshot()).isNotEqualTo(begun); // of another machine
    Machine<List<String>, String> machine = timed();
    step = machine.fire(machine.begin(null, NOON).snapshot(), five, null);
    assertThat(step.snapshot().leaves()).containsExactly("late");
    assertThat(step.snapshot().timers()).isEmpty();
    assertThat(step.effects()).containsExactly(new Effect.CancelTimer(begun.timers().get(0)));
    assertThat(((Position<?>) step.snapshot()).time()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void fire_timerThatIsNotPending_leadsToNothing() {
    Machine<List<String>, String> machine = timed();
    Snapshot<List<String>> begun = machine.begin(null, NOON).snapshot();
    PendingTimer stale = begun.timers().get(1);
    Snapshot<List<String>> back =
        machine.step(machine.step(begun, "go").snapshot(), "back").snapshot();
    assertThat(back.timers()).hasSize(2).doesNotContain(stale);
    Step<List<String>> step = machine.fire(back, stale, null);
    assertThat(step.outcome()).isEqualTo(new Outcome.Ignored(false));
    assertThat(step.snapshot()).isSameAs(back);
  }

  @Test
  void step_withoutLeaving_keepsTimers_andTheTimeOfTheLastStep() {
    Machine<List<String>, String> machine = timed();
    Snapshot<List<String>> begun = machine.begin(null, NOON).snapshot();
    Step<List<String>> stayed = machine.step(begun, "stay", NOON.plusSeconds(1));
    assertThat(stayed.snapshot().timers()).isEqualTo(begun.timers());
    Snapshot<List<String>> back =
        machine.step(machine.step(stayed.snapshot(), "go").snapshot(), "back").snapshot();
    assertThat(back.timers())
        .extracting(PendingTimer::deadline)
        .containsExactly(NOON.plusSeconds(10), NOON.plusSeconds(6));
    assertThat(back.timers()).extracting(PendingTimer::number).containsExactly(2L, 3L);
  }

  @Test
  void fire_timerWhoseGuardRefuses_isUsedUp() {
    TimerSpec timer = new TimerSpec("t", data -> Duration.ofSeconds(1));
    Sketch a = atomic("a");
    a.spec.timers().add(timer);
    a.arc(
        new Trigger.After(timer),
        arc -> arc.guard(new Guard("never", (data, event, view) -> false, false)),
        "b");
    Machine<List<String>, String> machine = machine(a, atomic("b"));
    Snapshot<List<String>> begun = machine.begin().snapshot();
    Step<List<String>> step = machine.fire(begun, begun.timers().get(0), null);
    assertThat(step.outcome()).isEqualTo(new Outcome.Rejected(List.of("never")));
    assertThat(step.snapshot().timers()).isEmpty();
  }

  @Test
  void enterAndLeave_inOneMacrostep_asksForNoTimer() {
    Machine<List<String>, String> machine =
        machine(
            atomic("a").on("go", "b"),
            atomic("b")
                .after(Duration.ofSeconds(1), "a")
                .always("yes", (data, event, view) -> true, "c"),
            atomic("c"));
    assertThat(walk(machine, "go").effects()).isEmpty();
  }

  private static Action send(String name, long millis, String event) {
    return new Action.Send(name, (data, cause) -> millis, (data, cause) -> event);
  }

  private static Machine<List<String>, String> sending() {
    return machine(
        atomic("a").on("go", arc -> arc.actions().add(send("alarm", 50, "ring")), "b"),
        atomic("b")
            .on("ring", "rung")
            .on("hush", arc -> arc.actions().add(new Action.Cancel("alarm")), "a")
            .on("on", "c"),
        atomic("c").on("ring", "rung"),
        atomic("rung"));
  }

  @Test
  void send_waits_whateverStateIsActiveThen() {
    Machine<List<String>, String> machine = sending();
    Step<List<String>> sent = machine.step(machine.begin(null, NOON).snapshot(), "go");
    PendingTimer alarm = new PendingTimer("", "alarm", 0, NOON.plusMillis(50), "ring");
    assertThat(sent.effects()).containsExactly(new Effect.StartTimer(alarm));
    Snapshot<List<String>> on = machine.step(sent.snapshot(), "on").snapshot();
    assertThat(on.timers()).containsExactly(alarm);
    Step<List<String>> rung = machine.fire(on, alarm, null);
    assertThat(rung.snapshot().leaves()).containsExactly("rung");
    assertThat(rung.snapshot().timers()).isEmpty();
  }

  @Test
  void cancel_dropsWhatWasSent() {
    Machine<List<String>, String> machine = sending();
    Step<List<String>> hushed = walk(machine, "go", "hush");
    assertThat(hushed.snapshot().timers()).isEmpty();
    assertThat(hushed.effects()).hasSize(1).first().isInstanceOf(Effect.CancelTimer.class);
  }

  @Test
  void send_intoThePast_fails() {
    Machine<List<String>, String> machine =
        machine(atomic("a").on("go", arc -> arc.actions().add(send("x", -1, "ring")), "a"));
    assertThat(walk(machine, "go").outcome()).isInstanceOf(Outcome.Failed.class);
  }

  private static Machine<List<String>, String> working() {
    Sketch a = atomic("a");
    InvokeSpec invoke = a.invoke("work");
    a.arc(new Trigger.Ended(invoke, Trigger.Ending.DONE), arc -> {}, "good")
        .arc(new Trigger.Ended(invoke, Trigger.Ending.ERROR), arc -> {}, "bad")
        .arc(new Trigger.Ended(invoke, Trigger.Ending.TIMEOUT), arc -> {}, "slow")
        .on("again", "a")
        .on("leave", "out");
    return machine(
        a,
        atomic("good"),
        atomic("bad"),
        atomic("slow"),
        atomic("out").on("back", "a"),
        last("end"));
  }

  @Test
  void invoke_beginsAtTheEndOfTheMacrostep_andIsCancelledOnExit() {
    Machine<List<String>, String> machine = working();
    Step<List<String>> begun = machine.begin();
    Invocation first = new Invocation("a", "work", 0, null);
    assertThat(begun.effects()).containsExactly(new Effect.StartInvocation(first));
    Step<List<String>> again = machine.step(begun.snapshot(), "again");
    Invocation second = new Invocation("a", "work", 1, null);
    assertThat(again.effects())
        .containsExactly(new Effect.CancelInvocation(first), new Effect.StartInvocation(second));
    assertThat(again.snapshot().invocations()).containsExactly(second);
    assertThat(machine.complete(again.snapshot(), first, new Done<>("late"), null).snapshot())
        .isSameAs(again.snapshot());
  }

  @Test
  void complete_leadsWhereItsEndingSays() {
    Machine<List<String>, String> machine = working();
    Snapshot<List<String>> begun = machine.begin().snapshot();
    Invocation work = begun.invocations().get(0);
    assertThat(machine.complete(begun, work, new Done<>("r"), null).snapshot().leaves())
        .containsExactly("good");
    assertThat(failed(machine, begun, new IllegalStateException("x"))).containsExactly("bad");
    assertThat(failed(machine, begun, new TimeoutException())).containsExactly("slow");
  }

  private static List<String> failed(
      Machine<List<String>, String> machine, Snapshot<List<String>> at, Exception cause) {
    Step<List<String>> step =
        machine.complete(
            at, at.invocations().get(0), new io.stateward.flow.Outcome.Failed<>(cause), null);
    assertThat(step.effects()).isEmpty();
    return step.snapshot().leaves();
  }

  @Test
  void complete_timeoutWithoutItsOwnTransition_isAFailure() {
    Sketch a = atomic("a");
    InvokeSpec invoke = a.invoke("work");
    a.arc(new Trigger.Ended(invoke, Trigger.Ending.ERROR), arc -> {}, "bad");
    Machine<List<String>, String> machine = machine(a, atomic("bad"));
    assertThat(failed(machine, machine.begin().snapshot(), new TimeoutException()))
        .containsExactly("bad");
  }

  @Test
  void invoke_ofAStateThatIsLeftInTheSameMacrostep_neverBegins() {
    Sketch b = atomic("b").always("yes", (data, event, view) -> true, "c");
    b.invoke("work");
    Machine<List<String>, String> machine = machine(atomic("a").on("go", "b"), b, atomic("c"));
    assertThat(walk(machine, "go").effects()).isEmpty();
  }

  @Test
  void end_cancelsEverything() {
    Sketch a = atomic("a").after(Duration.ofSeconds(1), "a").on("go", "over");
    a.invoke("work");
    Machine<List<String>, String> machine =
        machine(
            chart(
                a.entry(send("x", 10, "ring"))
                    .on("late", arc -> arc.reaction(ArcSpec.Reaction.DEFER)),
                last("over")));
    Step<List<String>> over = walk(machine, "late", "go");
    assertThat(over.snapshot().isDone()).isTrue();
    assertThat(over.snapshot().timers()).isEmpty();
    assertThat(over.snapshot().invocations()).isEmpty();
    assertThat(over.snapshot().deferred()).isEmpty();
    assertThat(over.effects()).hasSize(3);
  }

  @Test
  void instance_ofAMachineThatWaits_isRefused() {
    Machine<List<String>, String> machine = timed();
    assertThatThrownBy(machine::instance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("start an actor");
  }
}
