package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The task of whoever does the work: settled by the work, or cancelled by anybody.
 *
 * <p>Thread safety: safe for any number of threads. The fate says who ended it; the future is
 * completed after that, so that the work is told to stop before those who listen are told it was.
 * The token is made when it is asked for; whoever makes it after the cancellation cancels it.
 */
class Promise<R extends @Nullable Object> extends CompletableFuture<R> implements Task<R> {

  private static final int OPEN = 0;
  private static final int SETTLED = 1;
  private static final int CANCELLED = 2;
  private static final Consumer<Object> NOBODY = Promise::tellNobody;
  private static final VarHandle FATE = handle("fate", int.class);
  private static final VarHandle TOKEN = handle("token", Token.class);
  private static final VarHandle LISTENER = handle("listener", Consumer.class);

  private volatile int fate; // OPEN is what it starts as; to set it would cost a fence
  private volatile @Nullable Token token;
  private volatile @Nullable Subscription following; // set once, by follow

  // One who is to be told; others go to the future. Null until somebody asks, and never again.
  private volatile @Nullable Consumer<? super Outcome<R>> listener;

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Promise.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What the work is told to stop by. */
  final Cancellation token() {
    Token present = token;
    if (present == null) {
      Token made = new Token();
      present = TOKEN.compareAndSet(this, null, made) ? made : Objects.requireNonNull(token);
      if (fate == CANCELLED) {
        present.cancel();
      }
    }
    return present;
  }

  /** Is cancelled with somebody else from now on. Returns false if that was already. */
  final boolean follow(Cancellation cancellation) {
    if (cancellation != Cancellation.none()) {
      Subscription subscription = cancellation.onCancel(this::cancel);
      following = subscription;
      if (isDecided()) {
        subscription.close(); // who decided may have come before it was there to be closed
      }
    }
    return fate != CANCELLED;
  }

  /** Starts work, and tells how it ended even if it threw as it started. */
  static <A extends @Nullable Object, R extends @Nullable Object> void run(
      Call<A, R> call, A argument, Cancellation cancellation, Consumer<? super Outcome<R>> ended) {
    Task<R> task;
    try {
      task = Objects.requireNonNull(call.start(argument, cancellation), "task of the call");
    } catch (Throwable t) { // a call of the host's own, which throws where it should not
      ended.accept(Outcome.ofFailure(t));
      return;
    }
    task.onEnd(ended);
  }

  /** Whether it has ended, or is about to. */
  final boolean isDecided() {
    return fate != OPEN;
  }

  /** Ends it as an outcome says. Returns false if it has ended already. */
  final boolean settle(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Cancelled<R> it) {
      return cancel(it.cause());
    }
    if (!decide(SETTLED)) {
      return false;
    }
    complete(outcome);
    return true;
  }

  /** Cancels it for a reason. Returns false if it has ended already. */
  boolean cancel(CancellationException why) {
    if (!decide(CANCELLED)) {
      return false;
    }
    Token told = token;
    if (told != null) {
      told.cancel();
    }
    cancelWork();
    complete(new Outcome.Cancelled<>(why));
    return true;
  }

  /** Tells the work to stop, where that is not done by the token. */
  void cancelWork() {}

  private void complete(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Done<R> it) {
      super.complete(it.value());
    } else if (outcome instanceof Outcome.Failed<R> it) {
      super.completeExceptionally(it.cause());
    } else if (outcome instanceof Outcome.Cancelled<R> it) {
      super.completeExceptionally(it.cause());
    }
    Consumer<? super Outcome<R>> waiting = listener;
    if (waiting != null && waiting != NOBODY && LISTENER.compareAndSet(this, waiting, NOBODY)) {
      tell(waiting, outcome);
    }
  }

  private boolean decide(int end) {
    if (fate != OPEN || !FATE.compareAndSet(this, OPEN, end)) {
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
    return !isDecided()
        && cancel(new CancellationException("The call was cancelled; its result is dropped."));
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    return cancel() || isCancelled();
  }

  @Override
  public CompletionStage<R> stage() {
    return this;
  }

  @Override
  public Outcome<R> await() throws InterruptedException {
    CompletableFuture<R> future = stage().toCompletableFuture();
    try {
      return new Outcome.Done<>(future.get());
    } catch (CancellationException | ExecutionException e) {
      return end(e);
    }
  }

  /** Returns how it ended, as it was told and not as a reader of the future would be. */
  private Outcome<R> end(Exception read) {
    AtomicReference<Outcome<R>> end = new AtomicReference<>(Outcome.ofFailure(read));
    stage().whenComplete((value, failure) -> end.set(Outcome.of(value, failure)));
    return Objects.requireNonNull(end.get());
  }

  @Override
  public final void onEnd(Consumer<? super Outcome<R>> action) {
    Objects.requireNonNull(action, "action");
    boolean toBeTold = LISTENER.compareAndSet(this, null, action);
    if (toBeTold) {
      asked();
    } else {
      toBeTold = !super.isDone() && LISTENER.compareAndSet(this, NOBODY, action);
    }
    if (!toBeTold || (super.isDone() && LISTENER.compareAndSet(this, action, NOBODY))) {
      CompletionStage<R> future = this;
      future.whenComplete((value, failure) -> tell(action, Outcome.of(value, failure)));
    }
  }

  private static void tellNobody(Object end) {}

  /** Notes that somebody wants to know of the end. */
  final void ask() {
    if (listener == null && LISTENER.compareAndSet(this, null, NOBODY)) {
      asked();
    }
  }

  /** Somebody wants to know of the end, for the first time. */
  void asked() {}

  private static <R extends @Nullable Object> void tell(
      Consumer<? super Outcome<R>> action, Outcome<R> outcome) {
    try {
      action.accept(outcome);
    } catch (Throwable t) { // foreign code
      Probes.report("Task", "Who was told of its end threw; it has ended all the same.", t);
    }
  }
}
