package io.stateward.statemachine;

import io.stateward.statemachine.Jobs.Job.Dead;
import io.stateward.statemachine.Jobs.Job.Done;
import io.stateward.statemachine.Jobs.Job.Idle;
import io.stateward.statemachine.Jobs.Job.Late;
import io.stateward.statemachine.Jobs.Job.Running;
import java.util.function.UnaryOperator;

/** A job: work of whatever sort, and what it leads to. */
final class Jobs {

  private Jobs() {}

  /** Where a job stands. */
  sealed interface Job {
    record Idle() implements Job {}

    record Running(String input, int heard) implements Job {}

    record Done(String result) implements Job {}

    record Dead(String why) implements Job {}

    record Late() implements Job {}
  }

  /** What may happen to a job. */
  sealed interface JobEvent {
    record Run(String input) implements JobEvent {}

    record Cancel() implements JobEvent {}

    record Hear() implements JobEvent {}
  }

  /** A job whose work is defined by the test; it is to lead to {@link #ends}. */
  static Machine<Job, JobEvent> machine(
      UnaryOperator<StateDefinition<Job, JobEvent, Running>> work) {
    return Machine.define("job", Job.class, JobEvent.class)
        .initial(new Idle())
        .in(
            Idle.class,
            s ->
                s.on(JobEvent.Run.class)
                    .to(Running.class, (idle, run) -> new Running(run.input(), 0)))
        .in(
            Running.class,
            s ->
                work.apply(s)
                    .on(JobEvent.Cancel.class)
                    .to(Idle.class, (running, cancel) -> new Idle())
                    .on(JobEvent.Hear.class)
                    .update((running, hear) -> new Running(running.input(), running.heard() + 1)))
        .build();
  }

  /** What the result, a failure and a time-out lead to. */
  static StateDefinition<Job, JobEvent, Running> ends(
      InvokeDefinition<Job, JobEvent, Running, String> work) {
    return work.onDone(Done.class, (running, result) -> new Done(result + " " + running.heard()))
        .onTimeout(Late.class, (running, late) -> new Late())
        .onError(Dead.class, (running, failure) -> new Dead(String.valueOf(failure.getMessage())));
  }
}
