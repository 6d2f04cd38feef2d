package io.stateward.flow;

import io.stateward.scope.Cancellation;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call of work that blocks a thread; the work is given the promise, which has a token. */
record BlockingCall<A extends @Nullable Object, R extends @Nullable Object>(
    Executor executor, BlockingCall.Step<? super A, R> work) implements Call<A, R> {

  BlockingCall {
    Objects.requireNonNull(executor, "executor");
  }

  /** What is done in a run. */
  @FunctionalInterface
  interface Step<A extends @Nullable Object, R extends @Nullable Object> {
    R call(A argument, Promise<R> promise) throws Exception;
  }

  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Run<A, R> run = new Run<>(work, argument);
    if (run.follow(cancellation)) {
      run.execute(executor);
    }
    return run;
  }

  /**
   * One run of the work.
   *
   * <p>Thread safety: the phase says who may interrupt. It is left by the thread that works when
   * the work is over; if somebody is interrupting it then, the thread waits until that is done and
   * takes the interrupt back, so that it never hits what the thread does next.
   */
  private static final class Run<A extends @Nullable Object, R extends @Nullable Object>
      extends Promise<R> implements Runnable {

    private enum Phase {
      WAITING,
      WORKING,
      INTERRUPTING,
      INTERRUPTED,
      OVER
    }

    private final Step<? super A, R> work;
    private final A argument;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile @Nullable Thread worker;

    Run(Step<? super A, R> work, A argument) {
      this.work = work;
      this.argument = argument;
    }

    void execute(Executor executor) {
      try {
        executor.execute(this);
      } catch (Throwable t) { // rejected, most likely
        settle(new Outcome.Failed<>(t));
      }
    }

    @Override
    public void run() {
      worker = Thread.currentThread();
      if (phase.compareAndSet(Phase.WAITING, Phase.WORKING)) {
        Outcome<R> outcome = work();
        leave();
        settle(outcome);
      }
    }

    private Outcome<R> work() {
      try {
        return new Outcome.Done<>(work.call(argument, this));
      } catch (Throwable t) { // foreign code
        if (t instanceof InterruptedException && !isDecided()) {
          Thread.currentThread().interrupt(); // not by this call, so it is somebody else's business
        }
        return Outcome.ofFailure(t);
      }
    }

    private void leave() {
      if (!phase.compareAndSet(Phase.WORKING, Phase.OVER)) {
        while (phase.get() == Phase.INTERRUPTING) {
          Thread.onSpinWait();
        }
        Thread.interrupted();
      }
      worker = null;
    }

    @Override
    void cancelWork() {
      if (phase.compareAndSet(Phase.WAITING, Phase.OVER)) {
        return; // it has not begun, and never will
      }
      Thread thread = worker;
      if (thread != null && phase.compareAndSet(Phase.WORKING, Phase.INTERRUPTING)) {
        thread.interrupt();
        phase.set(Phase.INTERRUPTED);
      }
    }
  }
}
