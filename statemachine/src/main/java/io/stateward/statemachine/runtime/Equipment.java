package io.stateward.statemachine.runtime;

import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What an actor has besides its snapshot, once it waits for something or somebody looks at it.
 *
 * <p>Thread safety: the alarm, the works and the sequence are of whoever has the turn; the rest is
 * safe for any number of threads.
 */
final class Equipment<S, E> extends AtomicReference<@Nullable Front<S>> {

  private static final long serialVersionUID = 1L; // never written: it is a reference to be small

  private final transient LiveActor<S, E> actor;
  private final transient @Nullable String givenId;
  private final transient @Nullable Keeper<S> keeper;
  private final long number;
  private transient @Nullable Alarm<S> alarm;
  private transient @Nullable Works works;
  private long sequence;
  private boolean held; // for what it waits for
  private transient volatile @Nullable Throwable failure;

  Equipment(LiveActor<S, E> actor, @Nullable String id, @Nullable Keeper<S> keeper) {
    this.actor = actor;
    this.givenId = id;
    this.keeper = keeper;
    this.number = id == null ? actor.home().nextNumber() : 0;
  }

  /** Lets the home hold the actor while it waits for something, and no longer. */
  void hold() {
    boolean waits = (alarm != null && alarm.isWaiting()) || (works != null && !works.isEmpty());
    if (waits == held) {
      return;
    }
    held = waits;
    if (!waits) {
      actor.home().forget(actor);
    }
    if (waits || isWatched()) {
      actor.hold();
    }
  }

  /** Whether somebody is to be told of its end. */
  boolean isWatched() {
    return keeper != null || get() != null;
  }

  String id() {
    return givenId != null ? givenId : actor.home().id(actor.machine().name(), number);
  }

  /** Returns what idempotency keys begin with. */
  String keys() {
    return keeper == null ? id() : keeper.keys();
  }

  Alarm<S> alarm() {
    if (alarm == null) {
      alarm = new Alarm<>(actor);
    }
    return alarm;
  }

  boolean isDue() {
    return alarm != null && alarm.isDue();
  }

  Works works() {
    if (works == null) {
      works = new Works(actor);
    }
    return works;
  }

  Front<S> front() {
    Front<S> present = get();
    if (present == null) {
      compareAndSet(null, new Front<>());
      actor.hold();
      present = Objects.requireNonNull(get());
    }
    return present;
  }

  @Nullable Audience<S> audienceOrNull() {
    Front<S> front = get();
    return front == null ? null : front.audience();
  }

  void show(Snapshot<S> snapshot) {
    Front<S> front = get();
    if (front != null) {
      front.show(snapshot);
    }
  }

  /** Returns the number of the macrostep whose effects are released. */
  long sequence() {
    return keeper == null ? ++sequence : keeper.sequence();
  }

  @Nullable Throwable keep(Step<S> step) {
    return keeper == null ? null : keeper.keep(step);
  }

  @Nullable Throwable released() {
    return keeper == null ? null : keeper.released();
  }

  /** Notes that the actor stops, though its machine goes on another time. */
  void stopping() {
    if (keeper != null) {
      keeper.stopping();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void failed(@Nullable Throwable why) {
    failure = why;
  }

  void end(Snapshot<S> snapshot) {
    if (alarm != null) {
      alarm.cancel();
    }
    if (works != null) {
      works.cancel();
    }
    Front<S> front = get();
    if (front != null) {
      front.end(snapshot, failure);
    }
  }
}
