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
import org.jspecify.annotations.Nullable;

/**
 * Work that a constant invokes, under construction: its limits, then what its result and its
 * failure lead to.
 *
 * <pre>{@code
 * .invoke("charge", order -> gateway.charge(order)).timeout(Duration.ofSeconds(5))
 *     .onDone(Status.PAID, (order, receipt) -> order.with(receipt))
 *     .onError(Status.FAILED, (order, failure) -> order.with(failure.getMessage()))
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @param <C> the type of the data
 * @param <R> the type of the result
 * @since 0.1
 */
public final class EnumInvokeDefinition<S extends Enum<S>, E, C, R extends @Nullable Object> {

  private final EnumDefinition<S, E, C> machine;
  private final EnumStateDefinition<S, E, C> state;
  private final StateSpec source;
  private final InvokeSpec invoke;

  EnumInvokeDefinition(
      EnumDefinition<S, E, C> machine,
      EnumStateDefinition<S, E, C> state,
      StateSpec source,
      InvokeSpec invoke) {
    this.machine = machine;
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
  public EnumInvokeDefinition<S, E, C, R> timeout(Duration most) {
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
  public EnumInvokeDefinition<S, E, C, R> heartbeat(Duration most) {
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
  public EnumInvokeDefinition<S, E, C, R> retry(int attempts, Backoff backoff) {
    return retry(Retry.after(backoff).attempts(attempts));
  }

  /**
   * Tries again when the work fails.
   *
   * @param retry when to try again, and when to give up; its timekeeper is that of the actor
   * @return this
   */
  public EnumInvokeDefinition<S, E, C, R> retry(Retry retry) {
    invoke.retry(Objects.requireNonNull(retry, "retry"));
    return this;
  }

  /**
   * Says what the result leads to.
   *
   * @param target the state
   * @param function makes the data
   * @return this
   */
  public EnumInvokeDefinition<S, E, C, R> onDone(
      S target, BiFunction<? super C, ? super R, ? extends C> function) {
    leadsTo(Trigger.Ending.DONE, target, function);
    return this;
  }

  /**
   * Says what it leads to if the work takes too long, or is silent for too long; without it that is
   * a failure like others.
   *
   * @param target the state
   * @return this
   */
  public EnumInvokeDefinition<S, E, C, R> onTimeout(S target) {
    arrow(Trigger.Ending.TIMEOUT, target).add();
    return this;
  }

  /**
   * Ends the work: says what its failure leads to.
   *
   * @param target the state
   * @param function makes the data
   * @return the state that invokes
   */
  public EnumStateDefinition<S, E, C> onError(
      S target, BiFunction<? super C, ? super Throwable, ? extends C> function) {
    leadsTo(Trigger.Ending.ERROR, target, function);
    return state;
  }

  /**
   * Ends the work: its failure changes nothing, and is reported to {@link
   * io.stateward.signal.Probe}.
   *
   * @return the state that invokes
   */
  public EnumStateDefinition<S, E, C> onErrorReport() {
    invoke.reported(true);
    return state;
  }

  private void leadsTo(Trigger.Ending ending, S target, BiFunction<?, ?, ?> function) {
    Arrow arrow = arrow(ending, target);
    arrow.arc().update(Plain.data(Objects.requireNonNull(function, "function")));
    arrow.add();
  }

  private Arrow arrow(Trigger.Ending ending, S target) {
    Arrow arrow = new Arrow(source, new Trigger.Ended(invoke, ending));
    arrow.target(machine.state(target), null);
    return arrow;
  }
}
