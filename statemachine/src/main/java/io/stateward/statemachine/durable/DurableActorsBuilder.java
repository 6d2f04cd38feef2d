package io.stateward.statemachine.durable;

import io.stateward.persist.RecordStore;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.runtime.Home;
import java.util.Objects;
import java.util.function.Function;

/**
 * Sets up durable actors.
 *
 * <pre>{@code
 * DurableActors<Payment, PaymentEvent> payments =
 *     DurableActors.of(actors, records, MachineCodec.of(PAYMENT, Jackson::codec))
 *         .timers(TimerPolicy.REMAINING)
 *         .open();
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class DurableActorsBuilder<S, E> {

  final Home home;
  final RecordStore records;
  final MachineCodec<S, E> codec;
  TimerPolicy timers = TimerPolicy.DEADLINE;
  Function<? super Invocation, InvocationPolicy> invocations = work -> InvocationPolicy.RERUN;

  DurableActorsBuilder(Actors actors, RecordStore records, MachineCodec<S, E> codec) {
    Objects.requireNonNull(actors, "actors");
    if (!(actors instanceof Home known)) {
      throw new IllegalArgumentException(
          "The actors are a %s; durable ones live in those that Actors.on makes."
              .formatted(actors.getClass().getName()));
    }
    String name = Objects.requireNonNull(codec, "codec").machine().name();
    if (name.indexOf('/') >= 0) { // or its instances would be among those of another machine
      throw new IllegalArgumentException(
          "Machine '%s' has a slash in its name, which ends the name in the keys of records; name it without."
              .formatted(name));
    }
    this.home = known;
    this.records = Objects.requireNonNull(records, "records");
    this.codec = codec;
  }

  /**
   * Says what becomes of the timers of an instance that is restored.
   *
   * @param policy {@link TimerPolicy#DEADLINE} unless it is said
   * @return this
   */
  public DurableActorsBuilder<S, E> timers(TimerPolicy policy) {
    timers = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Says what becomes of work that was under way, when an instance is restored.
   *
   * @param policy by the work; {@link InvocationPolicy#RERUN} unless it is said
   * @return this
   */
  public DurableActorsBuilder<S, E> invocations(
      Function<? super Invocation, InvocationPolicy> policy) {
    invocations = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Opens them: every stored instance that has something to do goes on, those with timers, with
   * work under way, or with actions that were not done yet. One that cannot be restored is reported
   * to {@link io.stateward.signal.Probe}, and left as it is.
   *
   * @return the actors, to close when they are no longer used
   * @throws io.stateward.persist.StorageException if the records cannot be read
   */
  public DurableActors<S, E> open() {
    DurableActors<S, E> opened = new DurableActors<>(this);
    opened.resume();
    return opened;
  }
}
