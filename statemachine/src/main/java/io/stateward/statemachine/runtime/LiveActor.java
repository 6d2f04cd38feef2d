package io.stateward.statemachine.runtime;

import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.signal.Probe;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.ActorStoppedException;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Notice;
import io.stateward.statemachine.PendingTimer;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An actor: a mailbox, a snapshot, and equipment that is made when it is needed.
 *
 * <p>Thread safety: the snapshot is written by whoever has the turn, and read by all; a write is a
 * release, since what was done in a turn is published by the mailbox as well. The equipment is set
 * once, by anybody.
 */
public final class LiveActor<S, E> extends Mailbox implements Actor<S, E> {

  private static final VarHandle SNAPSHOT = handle("snapshot", Snapshot.class);
  private static final VarHandle EQUIPMENT = handle("equipment", Equipment.class);

  private final Plan<S, E> plan;
  private volatile Snapshot<S> snapshot;
  private volatile @Nullable Equipment<S, E> equipment;

  LiveActor(Plan<S, E> plan, Snapshot<S> snapshot) {
    this.plan = plan;
    this.snapshot = snapshot;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(LiveActor.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public Machine<S, E> machine() {
    return plan.machine();
  }

  Plan<S, E> plan() {
    return plan;
  }

  Home home() {
    return plan.home();
  }

  @Override
  public String id() {
    return equipment().id();
  }

  @Override
  public Snapshot<S> snapshot() {
    return snapshot;
  }

  /** For whoever has the turn. */
  void commit(Snapshot<S> next) {
    SNAPSHOT.setRelease(this, next);
  }

  @Nullable Equipment<S, E> equipped() {
    return equipment;
  }

  Equipment<S, E> equipment() {
    Equipment<S, E> present = equipment;
    return present != null ? present : equip(null, null);
  }

  /** Makes the equipment, unless it is there already. */
  @SuppressWarnings("unchecked") // what is written is of these types
  Equipment<S, E> equip(@Nullable String id, @Nullable Keeper<S> keeper) {
    Equipment<S, E> made = new Equipment<>(this, id, keeper);
    Equipment<S, E> present =
        (Equipment<S, E>) EQUIPMENT.compareAndExchange(this, (Equipment<S, E>) null, made);
    if (present != null) {
      return present;
    }
    if (keeper != null) {
      hold();
    }
    return made;
  }

  /** Lets the home stop it when it is closed. */
  void hold() {
    home().hold(this);
    if (isOver()) {
      home().forget(this); // it has ended meanwhile, and was forgotten before it was held
    }
  }

  /** Begins, with what its first macrostep asks for; the caller has the turn. */
  public void begin(Step<S> first) {
    Turn turn = new Turn(this);
    Macrostep<S, E> rest = new Macrostep<>(this, turn, null, null);
    if (home().isInline() || !turn.hand(() -> rest.finish(first))) {
      rest.finish(first);
      turn.run();
    }
  }

  /** Goes on where it was kept, with what was not done yet; the caller has the turn. */
  public void resume(Supplier<Resumption> resumption) {
    Turn turn = new Turn(this);
    Runnable rest = () -> resume(resumption, turn);
    if (home().isInline() || !turn.hand(rest)) {
      rest.run();
      turn.run();
    }
  }

  private void resume(Supplier<Resumption> resumption, Turn turn) {
    try {
      resumption.get().apply(this, turn);
    } catch (Throwable t) { // or nobody would have the turn, for ever
      crash("It could not go on where it was kept.", t, turn);
    }
  }

  /** For whoever has the turn: ends it because of what nobody has foreseen. */
  void crash(String problem, Throwable failure, Turn turn) {
    Probe.report(machine().name(), problem + " The actor has stopped.", failure);
    end(failure, turn);
  }

  /** Says how work has ended; it counts if it is under way. */
  public void complete(Invocation work, Outcome<?> outcome) {
    post(new Mail.Ended(work, outcome), false);
  }

  @Override
  public void tell(E event) {
    send(event, null);
  }

  @Override
  public CompletionStage<Step<S>> ask(E event) {
    CompletableFuture<Step<S>> asked = new CompletableFuture<>();
    send(event, asked);
    return asked;
  }

  private void send(E event, @Nullable CompletableFuture<Step<S>> asked) {
    Objects.requireNonNull(event, "event");
    plan.check(event);
    if (home().isClosed()) {
      stop();
    }
    if (home().isInline() && claim()) {
      if (new Macrostep<>(this, null, event, asked).take(event)) {
        rest();
      }
      return;
    }
    switch (post(new Mail.Event(event, asked))) {
      case TURN -> takeTurn(home().isInline());
      case REFUSED -> refuse(event, asked);
      case WAITS -> {}
    }
  }

  /** Gives the turn back after one event, or goes on with what has come. */
  private void rest() {
    if (isDue() || !release()) {
      new Turn(this).run();
    }
  }

  private void takeTurn(boolean here) {
    Turn turn = new Turn(this);
    if (here || !turn.hand()) {
      turn.run();
    }
  }

  /** Sends what is no event: it is handled on the executor, if nobody has the turn. */
  Posted post(Mail mail, boolean here) {
    Posted posted = post(mail);
    if (posted == Posted.TURN) {
      takeTurn(here);
    }
    return posted;
  }

  /** Handles mail; returns whether the turn goes on here. */
  @SuppressWarnings("unchecked") // events are checked when they are sent
  boolean handle(Mail mail, Turn turn) {
    endIfClosed(turn);
    if (mail instanceof Mail.Event sent) {
      CompletableFuture<Step<S>> asked = (CompletableFuture<Step<S>>) sent.asked;
      if (isOver()) {
        refuse(sent.event, asked);
        return true;
      }
      return new Macrostep<>(this, turn, sent.event, asked).take((E) sent.event);
    }
    if (isOver()) {
      return true;
    }
    if (mail instanceof Mail.Ended ended) {
      equipment().works().forget(ended.invocation);
      if (!snapshot.invocations().contains(ended.invocation)) { // it comes late
        equipment().hold();
        return true;
      }
      return new Macrostep<>(this, turn, ended.invocation, null)
          .complete(ended.invocation, ended.outcome);
    }
    if (mail instanceof Mail.Due due) {
      equipment().alarm().ring(due.timer, due.early, snapshot);
    } else if (mail instanceof Mail.Show) {
      equipment().show(snapshot);
    } else if (mail instanceof Mail.Stop stop) {
      end(stop.failure, turn);
    }
    return true;
  }

  /** All are closed at once: that a child was stopped first is not to be taken for its failure. */
  private void endIfClosed(Turn turn) {
    if (home().isClosed() && !isOver()) {
      end(null, turn);
    }
  }

  /** For whoever has the turn: whether a timer is due. */
  boolean isDue() {
    Equipment<S, E> present = equipment;
    return present != null && present.isDue() && !isOver();
  }

  /** Lets the timer that is due lead where it leads; returns whether the turn goes on here. */
  boolean fire(Turn turn) {
    endIfClosed(turn);
    if (isOver()) {
      return true;
    }
    Alarm<S> alarm = equipment().alarm();
    PendingTimer timer = alarm.takeDue();
    return new Macrostep<>(this, turn, timer, null).fire(timer, alarm.time(timer));
  }

  @Override
  public Signal<S> state() {
    return shown().state();
  }

  @Override
  public Signal<Snapshot<S>> snapshots() {
    return shown().snapshots();
  }

  private Shown<S> shown() {
    Front<S> front = front();
    Shown<S> shown = front.shown();
    if (shown == null) {
      shown = front.show("actor " + machine().name(), snapshot);
      if (post(new Mail.Show(), true) == Posted.REFUSED) {
        front.show(snapshot); // the last one, which it may have missed
      }
    }
    return shown;
  }

  private Front<S> front() {
    Front<S> front = equipment().front();
    if (isOver()) {
      front.end(snapshot, equipment().failure());
    }
    return front;
  }

  @Override
  public Task<S> until(Predicate<? super S> condition) {
    return Waiting.until(this, condition);
  }

  @Override
  public Subscription observe(Consumer<? super Notice<S>> observer) {
    return front().audience().add(observer);
  }

  @Override
  public CompletionStage<Snapshot<S>> ended() {
    return front().ended().minimalCompletionStage();
  }

  @Override
  public boolean isStopped() {
    return isOver() || home().isClosed();
  }

  @Override
  public void stop() {
    stop(null);
  }

  /** Stops it because of a failure. */
  public void stop(@Nullable Throwable failure) {
    post(new Mail.Stop(failure), true);
  }

  /** For whoever has the turn: nothing follows. */
  void end(@Nullable Throwable failure, Turn turn) {
    Equipment<S, E> present = equipment;
    if (present != null) {
      present.failed(failure);
      if (failure == null && !isOver()) {
        present.stopping();
      }
    }
    Mail waiting = shut();
    Equipment<S, E> late = equipment; // made by somebody before it was over
    if (late != null) {
      late.end(snapshot);
      home().forget(this);
    }
    turn.refuse(waiting);
  }

  /** Tells that an event came too late. */
  void refuse(Object event, @Nullable CompletableFuture<? extends Step<?>> asked) {
    ActorStoppedException stopped = stopped("the event " + event);
    if (asked != null) {
      asked.completeExceptionally(stopped);
    } else {
      Probe.report(id(), "An event was sent to it after it had stopped.", stopped);
    }
    Audience<S> audience = equipment().audienceOrNull();
    if (audience != null) {
      audience.tell(new Notice.Undelivered<>(event));
    }
  }

  ActorStoppedException stopped(String asked) {
    return new ActorStoppedException(id(), asked, snapshot.leaves(), equipment().failure());
  }

  @Override
  public String toString() {
    return "Actor[%s in %s%s]"
        .formatted(machine().name(), snapshot.leaves(), isStopped() ? ", stopped" : "");
  }
}
