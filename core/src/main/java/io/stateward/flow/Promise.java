package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The task of whoever does the work: settled by the work, or cancelled by anybody.
 *
 * <p>Thread safety: safe for any number of threads. The flag decides who ends it; the future is
 * completed after that, so that the work is told to stop before those who listen are told it was.
 */
class Promise<R extends @Nullable Object> extends CompletableFuture<R> implements Task<R> {

  private final AtomicBoolean decided = new AtomicBoolean();
  private final Token token = new Token();
  private volatile @Nullable Subscription following; // set once, by follow

  /** What the work is told to stop by. */
  final Cancellation token() {
    return token;
  }

  /** Is cancelled with somebody else from now on. Returns false if that was already. */
  final boolean follow(Cancellation cancellation) {
    if (cancellation != Cancellation.none()) {
      Subscription subscription = cancellation.onCancel(this::cancel);
      following = subscription;
      if (decided.get()) {
        subscription.close(); // who decided may have come before it was there to be closed
      }
    }
    return !token.isCancelled();
  }

  /** Whether it has ended, or is about to. */
  final boolean isDecided() {
    return decided.get();
  }

  /** Ends it as an outcome says. Returns false if it has ended already. */
  final boolean settle(Outcome<? extends R> outcome) {
    if (outcome instanceof Outcome.Cancelled<?> it) {
      return cancel(it.cause());
    }
    if (!decide()) {
      return false;
    }
    if (outcome instanceof Outcome.Failed<?> it) {
      super.completeExceptionally(it.cause());
    } else {
      super.complete(outcome.orThrow());
    }
    return true;
  }

  /** Cancels it for a reason. Returns false if it has ended already. */
  final boolean cancel(CancellationException why) {
    if (!decide()) {
      return false;
    }
    token.cancel();
    super.completeExceptionally(why);
    return true;
  }

  private boolean decide() {
    if (!decided.compareAndSet(false, true)) {
      return false;
    }
    Subscription parent = following;
    if (parent != null) {
      parent.close();
    }
    return true;
  }

  @Override
  public final boolean cancel() {
    return !decided.get()
        && cancel(new CancellationException("The call was cancelled; its result is dropped."));
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    return cancel() || isCancelled();
  }

  @Override
  public final CompletionStage<R> stage() {
    return this;
  }

  @Override
  public final Outcome<R> await() throws InterruptedException {
    try {
      return new Outcome.Done<>(get());
    } catch (CancellationException | ExecutionException e) {
      return asItWasThrown(e);
    }
  }

  /** Asks the future for what it was completed with, since reading it may wrap that. */
  private Outcome<R> asItWasThrown(Exception read) {
    AtomicReference<Throwable> thrown = new AtomicReference<>(read);
    stage()
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                thrown.set(failure);
              }
            });
    return Outcome.ofFailure(Objects.requireNonNull(thrown.get()));
  }

  @Override
  public final void onEnd(Consumer<? super Outcome<R>> action) {
    Objects.requireNonNull(action, "action");
    stage().whenComplete((value, failure) -> tell(action, Outcome.of(value, failure)));
  }

  private static <R extends @Nullable Object> void tell(
      Consumer<? super Outcome<R>> action, Outcome<R> outcome) {
    try {
      action.accept(outcome);
    } catch (Throwable t) { // foreign code
      Probes.report("Task", "Who was told of its end threw; it has ended all the same.", t);
    }
  }
}
