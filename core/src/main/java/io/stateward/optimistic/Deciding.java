package io.stateward.optimistic;

import io.stateward.merge.FieldConflict;
import io.stateward.merge.MergeResult;
import io.stateward.signal.internal.Probes;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conflict that is being decided, step by step of its resolution. */
final class Deciding<T> {

  private final String store;
  private final Timekeeper timekeeper;
  private final Consumer<Choice<T>> decided;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile @Nullable CompletionStage<Choice<T>> asked;
  private volatile @Nullable Timer limit;

  Deciding(String store, Timekeeper timekeeper, Consumer<Choice<T>> decided) {
    this.store = store;
    this.timekeeper = timekeeper;
    this.decided = decided;
  }

  void begin(Dispute<T> dispute, List<Resolution.Step<T>> steps) {
    decide(dispute, steps, 0);
  }

  private void decide(Dispute<T> dispute, List<Resolution.Step<T>> steps, int index) {
    if (index == steps.size()) {
      finish(Choice.theirs());
    } else if (steps.get(index) instanceof Resolution.Fixed<T> fixed) {
      finish(fixed.choice());
    } else if (steps.get(index) instanceof Resolution.Merging<T> merging) {
      merge(merging, dispute, steps, index);
    } else if (steps.get(index) instanceof Resolution.Asking<T> asking) {
      ask(asking, dispute, () -> decide(dispute, steps, index + 1));
    }
  }

  private void merge(
      Resolution.Merging<T> merging,
      Dispute<T> dispute,
      List<Resolution.Step<T>> steps,
      int index) {
    T mine = dispute.mine();
    Dispute<T> rest = dispute;
    if (mine != null) {
      try {
        MergeResult<T> result = merging.merge().merge(dispute.base(), mine, dispute.theirs());
        if (result.isMerged()) {
          finish(Choice.merged(result.value()));
          return;
        }
        rest = undecided(dispute, result.value(), result.fields());
      } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
        report("The merge of mutation '%s' threw; the next resolution decides.", dispute, e);
      }
    }
    decide(rest, steps, index + 1);
  }

  private static <T> Dispute<T> undecided(Dispute<T> was, T value, List<FieldConflict> fields) {
    return new Dispute<>(was.id(), was.name(), was.base(), was.mine(), was.theirs(), value, fields);
  }

  private void ask(Resolution.Asking<T> asking, Dispute<T> dispute, Runnable next) {
    AtomicBoolean answered = new AtomicBoolean();
    Runnable givenUp =
        () -> {
          if (answered.compareAndSet(false, true)) {
            next.run();
          }
        };
    try {
      CompletionStage<Choice<T>> stage = asking.resolver().resolve(dispute);
      if (stage == null) {
        throw new NullPointerException("the resolver returned null");
      }
      asked = stage;
      if (done.get()) { // the mutation was settled while somebody was being asked
        cancel(stage);
        return;
      }
      Duration time = asking.limit();
      if (time != null) {
        limit = timekeeper.schedule(time, () -> outOfTime(stage, givenUp));
        if (done.get()) {
          stopTimer();
        }
      }
      stage.whenComplete(
          (choice, failure) -> answered(dispute, choice, failure, answered, givenUp));
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      report("The resolver of mutation '%s' threw; the next resolution decides.", dispute, e);
      givenUp.run();
    }
  }

  private void answered(
      Dispute<T> dispute,
      @Nullable Choice<T> choice,
      @Nullable Throwable failure,
      AtomicBoolean answered,
      Runnable givenUp) {
    if (choice != null) {
      if (answered.compareAndSet(false, true)) {
        finish(choice);
      }
    } else if (!answered.get() && !done.get()) {
      report("The resolver of mutation '%s' did not decide; the next one does.", dispute, failure);
      givenUp.run();
    }
  }

  private static <T> void outOfTime(CompletionStage<Choice<T>> stage, Runnable givenUp) {
    givenUp.run();
    cancel(stage);
  }

  private void report(String problem, Dispute<T> dispute, @Nullable Throwable cause) {
    Probes.report(
        "Store '" + store + "'", problem.formatted(dispute.name() + " " + dispute.id()), cause);
  }

  private void finish(Choice<T> choice) {
    if (done.compareAndSet(false, true)) {
      stopTimer();
      decided.accept(choice);
    }
  }

  /** Wants no decision any more. */
  void cancel() {
    if (done.compareAndSet(false, true)) {
      stopTimer();
      CompletionStage<Choice<T>> stage = asked;
      if (stage != null) {
        cancel(stage);
      }
    }
  }

  private void stopTimer() {
    Timer timer = limit;
    if (timer != null) {
      timer.cancel();
    }
  }

  private static <T> void cancel(CompletionStage<Choice<T>> stage) {
    try {
      CompletableFuture<Choice<T>> future = stage.toCompletableFuture();
      future.cancel(false);
    } catch (UnsupportedOperationException e) {
      return; // a stage that is no future is not told; what it says is not listened to
    }
  }
}
