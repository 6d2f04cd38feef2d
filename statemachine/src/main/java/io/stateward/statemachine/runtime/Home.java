package io.stateward.statemachine.runtime;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.ActorStartException;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Machine;
import io.stateward.statemachine.Outcome;
import io.stateward.statemachine.Snapshot;
import io.stateward.statemachine.Step;
import io.stateward.time.Timekeeper;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where actors live. It holds those that wait for something, or that somebody watches, so that they
 * can be stopped; machines are held by their actors alone.
 */
public final class Home implements Actors {

  private final Executor executor;
  private final @Nullable Executor mailbox;
  private final Timekeeper timekeeper;
  private final Instant origin;
  private final long originNanos;
  private final String prefix = UUID.randomUUID().toString();
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Machine<?, ?>, WeakReference<Plan<?, ?>>> plans =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Set<LiveActor<?, ?>> busy = ConcurrentHashMap.newKeySet();
  private volatile WeakReference<@Nullable Plan<?, ?>> latest = new WeakReference<>(null);
  private volatile boolean closed;

  public Home(Executor executor, @Nullable Executor mailbox, Timekeeper timekeeper) {
    this.executor = executor;
    this.mailbox = mailbox;
    this.timekeeper = timekeeper;
    this.origin = timekeeper.now();
    this.originNanos = timekeeper.nanoTime();
  }

  @Override
  public <S, E> Actor<S, E> start(Machine<S, E> machine, @Nullable Object input) {
    return start(machine, input, null);
  }

  /** Starts an actor that others know by an id. */
  <S, E> LiveActor<S, E> start(Machine<S, E> machine, @Nullable Object input, @Nullable String id) {
    requireOpen("starting a machine");
    Plan<S, E> plan = plan(machine);
    Step<S> first = begin(plan, input);
    LiveActor<S, E> actor = new LiveActor<>(plan, first.snapshot());
    if (id != null) {
      actor.equip(id, null);
    }
    actor.begin(first);
    return actor;
  }

  /** Returns an actor that is kept, and is busy until it begins or resumes. */
  public <S, E> LiveActor<S, E> kept(
      Plan<S, E> plan, Snapshot<S> snapshot, String id, Keeper<S> keeper) {
    LiveActor<S, E> actor = new LiveActor<>(plan, snapshot);
    actor.equip(id, keeper);
    return actor;
  }

  /** Returns the first step of a machine, or throws. */
  public <S, E> Step<S> begin(Plan<S, E> plan, @Nullable Object input) {
    Step<S> first;
    try {
      Instant now = plan.now();
      first = plan.machine().begin(input, now == null ? Instant.EPOCH : now);
    } catch (IllegalArgumentException e) {
      throw e; // the parameter
    } catch (RuntimeException e) {
      throw new ActorStartException(plan.machine().name(), e);
    }
    if (first.outcome() instanceof Outcome.Failed failed) {
      throw new ActorStartException(plan.machine().name(), failed.cause());
    }
    return first;
  }

  @SuppressWarnings("unchecked") // each plan is of the machine that it is found by
  public <S, E> Plan<S, E> plan(Machine<S, E> machine) {
    Objects.requireNonNull(machine, "machine");
    Plan<?, ?> recent = latest.get();
    if (recent != null && recent.machine() == machine) {
      return (Plan<S, E>) recent;
    }
    WeakReference<Plan<?, ?>> known = plans.get(machine);
    Plan<?, ?> plan = known == null ? null : known.get();
    if (plan == null) {
      plan = Plan.of(this, machine);
      plans.put(machine, new WeakReference<>(plan));
    }
    latest = new WeakReference<>(plan);
    return (Plan<S, E>) plan;
  }

  @Override
  public Timekeeper timekeeper() {
    return timekeeper;
  }

  public Executor executor() {
    return executor;
  }

  /** Whether events are handled by who sends them. */
  boolean isInline() {
    return mailbox == null;
  }

  /** The time: of the wall clock when this began, and since then without its jumps. */
  public Instant now() {
    return origin.plusNanos(timekeeper.nanoTime() - originNanos);
  }

  long nextNumber() {
    return numbers.incrementAndGet();
  }

  String id(String machine, long number) {
    return machine + "-" + prefix + "-" + number;
  }

  /** Hands a turn to the executor; returns false if the caller is to take it. */
  boolean hand(Turn turn) {
    Offer offer = new Offer(turn);
    try {
      (mailbox == null ? executor : mailbox).execute(offer);
    } catch (Throwable t) { // rejected, most likely
      Probe.report(
          "Actors", "The executor took no work, so the thread that had some did it itself.", t);
      return false;
    }
    return offer.isTaken();
  }

  void hold(LiveActor<?, ?> actor) {
    busy.add(actor);
    if (closed) {
      actor.stop();
    }
  }

  void forget(LiveActor<?, ?> actor) {
    busy.remove(actor);
  }

  /** For tests: how many actors are held. */
  int held() {
    return busy.size();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  public void requireOpen(String attempted) {
    if (closed) {
      throw new ClosedException(
          "Actors", attempted, "Build others with Actors.on, and close these after their users.");
    }
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(busy).forEach(LiveActor::stop);
  }
}
