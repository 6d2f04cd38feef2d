package io.stateward.statemachine;

import io.stateward.flow.Backoff;
import io.stateward.flow.Retry;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Plain;
import io.stateward.statemachine.internal.StateSpec;
import io.stateward.statemachine.internal.Trigger;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Invoked work under construction: its limits, then what its result leads to, then what its failure
 * does.
 *
 * <pre>{@code
 * .invoke("charge", processing -> gateway.charge(processing.order()))
 *     .timeout(Duration.ofSeconds(5)).retry(3, Backoff.fixed(Duration.ofMillis(200)))
 *     .onDone(Success.class, (processing, receipt) -> new Success(receipt))
 *     .onError(Failed.class, (processing, failure) -> new Failed(processing.order(), failure))
 * }</pre>
 *
 * <p>Work begins when the macrostep that entered the state is committed, and only if the state is
 * still active then. It is cancelled when the state is left.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <E> the type of the events
 * @param <T> the type of the state that invokes
 * @param <R> the type of the result
 * @since 0.1
 */
public final class InvokeDefinition<S, E, T extends S, R extends @Nullable Object> {

  private final Draft draft;
  private final StateDefinition<S, E, T> state;
  private final StateSpec source;
  private final InvokeSpec invoke;

  InvokeDefinition(
      Draft draft, StateDefinition<S, E, T> state, StateSpec source, InvokeSpec invoke) {
    this.draft = draft;
    this.state = state;
    this.source = source;
    this.invoke = invoke;
  }

  /**
   * Limits the time that the work may take, with all of its attempts; then it is cancelled, and has
   * failed with a {@link java.util.concurrent.TimeoutException}.
   *
   * @param most how long; more than zero
   * @return this
   * @throws IllegalArgumentException if it is zero or less
   */
  public InvokeDefinition<S, E, T, R> timeout(Duration most) {
    invoke.timeout(Settings.positive("time-out", source, invoke, most));
    return this;
  }

  /**
   * Limits the time that the work may be silent, which it breaks by {@link
   * InvokeContext#heartbeat}; then it is cancelled, and has failed with a {@link
   * java.util.concurrent.TimeoutException}.
   *
   * @param most how long; more than zero
   * @return this
   * @throws IllegalArgumentException if it is zero or less
   */
  public InvokeDefinition<S, E, T, R> heartbeat(Duration most) {
    invoke.heartbeat(Settings.positive("heartbeat", source, invoke, most));
    return this;
  }

  /**
   * Tries again when the work fails.
   *
   * @param attempts how often in all; at least 1
   * @param backoff how long to wait before each retry
   * @return this
   */
  public InvokeDefinition<S, E, T, R> retry(int attempts, Backoff backoff) {
    return retry(Retry.after(backoff).attempts(attempts));
  }

  /**
   * Tries again when the work fails.
   *
   * @param retry when to try again, and when to give up; its timekeeper is that of the actor
   * @return this
   */
  public InvokeDefinition<S, E, T, R> retry(Retry retry) {
    invoke.retry(Objects.requireNonNull(retry, "retry"));
    return this;
  }

  /**
   * Adds a transition for a result that a condition holds for; conditions are asked in order,
   * before {@link #onDone}.
   *
   * @param <U> the type of the state
   * @param name what the condition is called
   * @param guard the condition
   * @param leaf the state that it leads to
   * @param function makes it
   * @return this
   */
  public <U extends S> InvokeDefinition<S, E, T, R> onDoneWhen(
      String name,
      BiPredicate<? super T, ? super R> guard,
      Class<U> leaf,
      BiFunction<? super T, ? super R, ? extends U> function) {
    Arrow arrow = arrow(Trigger.Ending.DONE);
    arrow.when(name, Plain.test(guard));
    return leadsTo(arrow, leaf, function);
  }

  /**
   * Says what the result leads to.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return the work, to be ended by what its failure leads to
   */
  public <U extends S> InvokeEnding<S, E, T> onDone(
      Class<U> leaf, BiFunction<? super T, ? super R, ? extends U> function) {
    leadsTo(arrow(Trigger.Ending.DONE), leaf, function);
    return ending();
  }

  /**
   * Says how the result changes the data of the state, which stays.
   *
   * @param function makes the data, of the same leaf
   * @return the work, to be ended by what its failure leads to
   */
  public InvokeEnding<S, E, T> onDoneUpdate(
      BiFunction<? super T, ? super R, ? extends T> function) {
    Arrow arrow = arrow(Trigger.Ending.DONE);
    arrow.arc().update(Plain.data(function));
    arrow.add();
    return ending();
  }

  /**
   * Says that the result changes nothing: the state waits for something else.
   *
   * @return the work, to be ended by what its failure leads to
   */
  public InvokeEnding<S, E, T> onDoneStay() {
    arrow(Trigger.Ending.DONE).add();
    return ending();
  }

  private InvokeEnding<S, E, T> ending() {
    return new InvokeEnding<>(draft, state, source, invoke);
  }

  private Arrow arrow(Trigger.Ending ending) {
    return new Arrow(source, new Trigger.Ended(invoke, ending));
  }

  private InvokeDefinition<S, E, T, R> leadsTo(
      Arrow arrow, Class<?> leaf, BiFunction<?, ?, ?> function) {
    arrow.target(draft.leaf(leaf, arrow.where()), Plain.data(function));
    arrow.add();
    return this;
  }
}
