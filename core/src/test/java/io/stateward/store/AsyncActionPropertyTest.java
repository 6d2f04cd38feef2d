package io.stateward.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.signal.ManualExecutor;
import io.stateward.store.AsyncContract.Policy;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Random starts, results, failures and cancellations of an async action under each policy, beside a
 * model that keeps a list of runs. Work ends on an executor that the test turns by hand, on virtual
 * time.
 */
final class AsyncActionPropertyTest {

  private enum Kind {
    START,
    FINISH,
    FAIL,
    CANCEL,
    WAIT,
    WRITE
  }

  private record Operation(Kind kind, int pick) {}

  private enum Phase {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** A run as the model sees it. */
  private static final class Run {
    final int number;
    Phase phase;

    Run(int number, Phase phase) {
      this.number = number;
      this.phase = phase;
    }
  }

  /** An action, and the model of it. */
  private static final class World {
    final Policy policy;
    final VirtualTimekeeper time = VirtualTimekeeper.create();
    final ManualExecutor executor = new ManualExecutor();
    final Store<Async<String>> store = Store.of("shown", Async.idle());
    final Map<Integer, CompletableFuture<String>> begun = new TreeMap<>();
    final List<Task<String>> tasks = new ArrayList<>();
    final AsyncAction<Integer, String> action;

    final List<Run> runs = new ArrayList<>();
    Async<String> settled = Async.idle();
    int settledBy = -1;

    World(Policy policy) {
      this.policy = policy;
      Call<Integer, String> call =
          Call.stage(
              argument -> {
                CompletableFuture<String> result = new CompletableFuture<>();
                begun.put(argument, result);
                CompletableFuture<String> handed = new CompletableFuture<>();
                result.whenCompleteAsync(
                    (value, failure) -> {
                      if (failure == null) {
                        handed.complete(value);
                      } else {
                        handed.completeExceptionally(failure);
                      }
                    },
                    executor);
                return handed;
              });
      action =
          AsyncActionRulesTest.action(
              new AsyncContract.Parts(policy, call, any -> true, store, time));
    }

    List<Run> in(Phase phase) {
      return runs.stream().filter(run -> run.phase == phase).toList();
    }

    void run(Operation operation) {
      switch (operation.kind()) {
        case START -> start();
        case FINISH -> end(operation.pick(), Phase.DONE);
        case FAIL -> end(operation.pick(), Phase.FAILED);
        case CANCEL -> cancel(operation.pick());
        case WAIT -> time.advance(Duration.ofSeconds(1));
        case WRITE -> write();
      }
    }

    private void start() {
      int number = runs.size();
      boolean busy = !in(Phase.RUNNING).isEmpty();
      Phase phase =
          switch (policy) {
            case DROP -> busy ? Phase.CANCELLED : Phase.RUNNING;
            case QUEUE -> busy ? Phase.WAITING : Phase.RUNNING;
            default -> Phase.RUNNING;
          };
      if (policy == Policy.LATEST) {
        in(Phase.RUNNING).forEach(run -> run.phase = Phase.CANCELLED);
      }
      runs.add(new Run(number, phase));
      tasks.add(action.start(number));
    }

    private void end(int pick, Phase phase) {
      List<Run> running = in(Phase.RUNNING);
      if (running.isEmpty()) {
        return;
      }
      Run run = running.get(pick % running.size());
      CompletableFuture<String> result = begun.get(run.number);
      if (phase == Phase.DONE) {
        result.complete("value " + run.number);
      } else {
        result.completeExceptionally(new RejectedException(run.number));
      }
      executor.runAll();
      run.phase = phase;
      if (run.number > settledBy) {
        settledBy = run.number;
        settled =
            phase == Phase.DONE
                ? new Async.Ready<>("value " + run.number, time.now())
                : new Async.Failed<>(error(tasks.get(run.number)), settled.valueOrPrevious());
      }
      beginNext();
    }

    private static Throwable error(Task<String> task) {
      try {
        task.stage().toCompletableFuture().join();
        throw new AssertionError("did not fail");
      } catch (CompletionException e) {
        return e.getCause();
      }
    }

    private void cancel(int pick) {
      if (runs.isEmpty()) {
        return;
      }
      Run run = runs.get(pick % runs.size());
      boolean active = run.phase == Phase.RUNNING || run.phase == Phase.WAITING;
      assertThat(tasks.get(run.number).cancel()).isEqualTo(active);
      if (active) {
        run.phase = Phase.CANCELLED;
        if (begun.containsKey(run.number)) {
          begun.get(run.number).complete("too late");
          executor.runAll();
        }
        beginNext();
      }
    }

    private void beginNext() {
      List<Run> waiting = in(Phase.WAITING);
      if (in(Phase.RUNNING).isEmpty() && !waiting.isEmpty()) {
        waiting.get(0).phase = Phase.RUNNING;
      }
    }

    /** Somebody else writes to the store while nothing is under way. */
    private void write() {
      if (in(Phase.RUNNING).isEmpty()) {
        Instant now = time.now();
        settled = Async.ready("written", now);
        store.set(settled);
      }
    }

    Async<String> expected() {
      boolean pending = in(Phase.RUNNING).stream().anyMatch(run -> run.number > settledBy);
      @Nullable String previous = settled.valueOrPrevious();
      return pending ? new Async.Pending<>(previous) : settled;
    }

    void verify() {
      assertThat(store.get()).isEqualTo(expected());
      for (Run run : runs) {
        Task<String> task = tasks.get(run.number);
        boolean active = run.phase == Phase.RUNNING || run.phase == Phase.WAITING;
        assertThat(task.isDone()).as("task %d", run.number).isEqualTo(!active);
        assertThat(begun.containsKey(run.number) || run.phase != Phase.RUNNING).isTrue();
        if (!active) {
          Outcome<String> outcome =
              task.stage().handle(Outcome::<String>of).toCompletableFuture().join();
          assertThat(outcome.getClass().getSimpleName()).isEqualToIgnoringCase(run.phase.name());
        }
      }
      assertThat(action.busy())
          .isEqualTo(in(Phase.RUNNING).isEmpty() && in(Phase.WAITING).isEmpty() ? 0 : 1);
    }
  }

  @Property(seed = "4401277", tries = 800)
  void action_randomRuns_agreesWithTheModel(
      @ForAll Policy policy, @ForAll("operations") List<Operation> operations) {
    World world = new World(policy);

    for (Operation operation : operations) {
      world.run(operation);
      world.verify();
    }
  }

  @Provide
  Arbitrary<List<Operation>> operations() {
    return Arbitraries.of(Kind.class)
        .flatMap(
            kind -> Arbitraries.integers().between(0, 7).map(pick -> new Operation(kind, pick)))
        .list()
        .ofMaxSize(30);
  }
}
