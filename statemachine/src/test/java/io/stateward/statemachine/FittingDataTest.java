package io.stateward.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.statemachine.internal.ChartMachine;
import io.stateward.statemachine.internal.Parts;
import io.stateward.statemachine.internal.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data that is not of the state that it is made for is never committed, nor restored. */
final class FittingDataTest {

  sealed interface Job {
    record Idle(int count) implements Job {}

    sealed interface Busy extends Job {}

    record Mid(int count) implements Busy {}

    record Far(int count) implements Busy {}
  }

  sealed interface Go {
    record Direct() implements Go {}

    record General() implements Go {}

    record Update() implements Go {}

    record Other() implements Go {}
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what careless code does
  private static <T> T none() {
    return (T) null;
  }

  private static Machine<Job, Go> job() {
    return Machine.define("job", Job.class, Go.class)
        .initial(new Job.Idle(0))
        .in(
            Job.Idle.class,
            s ->
                s.on(Go.Direct.class)
                    .to(Job.Mid.class, (idle, go) -> FittingDataTest.<Job.Mid>none())
                    .on(Go.General.class)
                    .raise((idle, go) -> new Go.Other())
                    .to(Job.Mid.class, (idle, go) -> FittingDataTest.<Job.Mid>none())
                    .on(Go.Other.class)
                    .to(Job.Mid.class, (idle, go) -> new Job.Mid(1)))
        .in(
            Job.Mid.class,
            s ->
                s.on(Go.Update.class)
                    .update((mid, go) -> FittingDataTest.<Job.Mid>none())
                    .on(Go.Other.class)
                    .to(Job.Far.class, (mid, go) -> new Job.Far(mid.count())))
        .build();
  }

  private static void refused(Step<Job> step, Job stays, String... words) {
    assertThat(step.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) step.outcome()).cause()).hasMessageContainingAll(words);
    assertThat(step.snapshot().state()).isEqualTo(stays);
  }

  @Test
  void step_toNull_isFailed_andNamesTransitionAndTarget() {
    Machine<Job, Go> job = job();
    Snapshot<Job> idle = job.begin().snapshot();
    for (Go go : List.of(new Go.Direct(), new Go.General())) {
      refused(job.step(idle, go), new Job.Idle(0), "null", "Idle -[", "Mid");
    }
    Snapshot<Job> mid = job.step(idle, new Go.Other()).snapshot();
    refused(job.step(mid, new Go.Update()), new Job.Mid(1), "null", "Mid -[Update]");
    Instance<Job, Go> instance = job.instance();
    assertThat(instance.fire(new Go.Direct())).isInstanceOf(Outcome.Failed.class);
    assertThat(instance.state()).isEqualTo(new Job.Idle(0));
  }

  private static Parts parts(String leaf, Map<String, Object> data) {
    return new Parts(
        List.of(leaf), data, Map.of(), Map.of(), List.of(), List.of(), List.of(), 0, null, false);
  }

  private static Position<Job> position(String leaf, @Nullable Object data) {
    Map<String, Object> all = data == null ? Map.of() : Map.of("job", data);
    return Position.of(((ChartMachine<?, ?>) job()).chart(), parts(leaf, all));
  }

  @Test
  void restore_dataOfAnotherState_isRefused() {
    assertThat(position("Mid", new Job.Mid(3)).state()).isEqualTo(new Job.Mid(3));
    assertThatThrownBy(() -> position("Mid", new Job.Idle(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("The data of state Mid", "Idle[count=3]");
    assertThatThrownBy(() -> position("Mid", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The data of state Mid is null");
  }

  private static void failed(Machine<Job, Go> machine, String... words) {
    Step<Job> step = machine.step(machine.begin().snapshot(), new Go.Other());
    assertThat(step.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) step.outcome()).cause()).hasMessageContainingAll(words);
  }

  private static Machine<Job, Go> idle(
      java.util.function.UnaryOperator<StateDefinition<Job, Go, Job.Idle>> definition) {
    return Machine.define("job", Job.class, Go.class)
        .initial(new Job.Idle(0))
        .in(Job.Idle.class, definition)
        .in(
            Job.Mid.class,
            s ->
                s.after("wait", mid -> FittingDataTest.<java.time.Duration>none())
                    .to(Job.Far.class, mid -> new Job.Far(0)))
        .build();
  }

  @Test
  void step_functionOfAnActionOrATimerThatReturnsNull_isFailedAndNamed() {
    failed(
        idle(
            s ->
                s.on(Go.Other.class)
                    .raise((idle, go) -> FittingDataTest.<Go>none())
                    .to(Job.Far.class, (idle, go) -> new Job.Far(1))),
        "raise",
        "Idle",
        "returned null");
    failed(
        idle(s -> s.on(Go.Other.class).to(Job.Mid.class, (idle, go) -> new Job.Mid(1))),
        "timer wait of state Mid",
        "returned null");
  }

  @Test
  void step_nullForAnEvent_saysSo() {
    Machine<Job, Go> job = job();
    assertThatThrownBy(() -> job.step(job.begin().snapshot(), FittingDataTest.<Go>none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given null");
    assertThatThrownBy(() -> job.instance().fire(FittingDataTest.<Go>none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given null");
  }
}
