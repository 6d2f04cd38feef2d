package io.stateward.flow;

import io.stateward.scope.Cancellation;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call of which the newest start wins: starting it again cancels the one before, whose result is
 * dropped if it comes all the same.
 *
 * <pre>{@code
 * Latest<String, Hits> search = page.own(Latest.of("search", Call.stage(client::search)));
 * search.start(text).onEnd(outcome -> {
 *   if (outcome instanceof Outcome.Done<Hits> done) {
 *     list.show(done.value()); // of what was typed last
 *   }
 * });
 * }</pre>
 *
 * <p>The task that was overtaken is cancelled with a {@link SupersededException}, and so is its
 * work.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Results come one at a time: what listens to an older task has returned when
 * what listens to a newer one is told its result, so what is shown last is the newest. For the same
 * reason, a listener must not wait for another task of the same {@code Latest}.
 *
 * <p><b>Failure.</b> A failure counts as a result. Of a closed one, {@link #start} throws {@link
 * ClosedException}.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1
 */
public final class Latest<A extends @Nullable Object, R extends @Nullable Object>
    implements Call<A, R>, Subscription {

  private final String name;
  private final Call<A, R> call;
  private final Serial results;
  private final AtomicReference<@Nullable Promise<R>> newest = new AtomicReference<>();
  private volatile boolean closed;

  private Latest(String name, Call<A, R> call) {
    this.name = Objects.requireNonNull(name, "name");
    this.call = Objects.requireNonNull(call, "call");
    results = new Serial("Latest '" + name + "'", Runnable::run);
  }

  /**
   * Lets the newest start of a call win.
   *
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @param name the name, for errors
   * @param call the call
   * @return a call of its own, with nothing under way
   */
  public static <A extends @Nullable Object, R extends @Nullable Object> Latest<A, R> of(
      String name, Call<A, R> call) {
    return new Latest<>(name, call);
  }

  /**
   * Cancels the task that is under way, and starts a new one.
   *
   * @param argument what to do it with
   * @param cancellation cancels the new task as well; if it is cancelled already, nothing is
   *     started and the older task goes on
   * @return the work under way
   * @throws ClosedException if this is closed
   */
  @Override
  public Task<R> start(A argument, Cancellation cancellation) {
    Promise<R> promise = new Promise<>();
    if (!promise.follow(cancellation)) {
      return promise;
    }
    Promise<R> older = newest.getAndSet(promise);
    if (older != null && !older.isDecided()) {
      older.cancel(new SupersededException(toString()));
    }
    if (closed) { // by somebody who may have found the older one
      promise.cancel();
      throw new ClosedException(toString(), "starting", "Make a new one.");
    }
    if (!promise.isDecided()) {
      Promise.run(
          call, argument, promise.token(), outcome -> results.add(() -> promise.settle(outcome)));
    }
    promise.stage().whenComplete((value, failure) -> newest.compareAndSet(promise, null));
    return promise;
  }

  /**
   * Cancels the task that is under way, if there is one.
   *
   * @return whether there was
   */
  public boolean cancel() {
    Promise<R> promise = newest.get();
    return promise != null && promise.cancel();
  }

  /** Cancels the task that is under way, and lets no other start. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    Promise<R> promise = newest.get();
    if (promise != null) {
      promise.cancel(new CancellationException(this + " was closed."));
    }
  }

  @Override
  public String toString() {
    return "Latest '" + name + "'";
  }
}
