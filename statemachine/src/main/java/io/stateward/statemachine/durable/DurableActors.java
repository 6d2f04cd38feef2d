package io.stateward.statemachine.durable;

import io.stateward.flow.KeyedLocks;
import io.stateward.flow.Outcome;
import io.stateward.persist.RecordPage;
import io.stateward.persist.RecordStore;
import io.stateward.persist.StoredRecord;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.statemachine.Actor;
import io.stateward.statemachine.ActorStartException;
import io.stateward.statemachine.Actors;
import io.stateward.statemachine.Invocation;
import io.stateward.statemachine.Step;
import io.stateward.statemachine.runtime.Home;
import io.stateward.statemachine.runtime.LiveActor;
import io.stateward.statemachine.runtime.Plan;
import io.stateward.statemachine.runtime.Resumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Actors of a machine that outlive the process: each macrostep is in a record before anything is
 * done about it.
 *
 * <pre>{@code
 * try (DurableActors<Payment, PaymentEvent> payments =
 *     DurableActors.of(actors, records, MachineCodec.of(PAYMENT, Jackson::codec)).open()) {
 *   Actor<Payment, PaymentEvent> payment = payments.start("4711");
 *   payment.tell(new Start(order));
 * } // whenever it is opened again, the payment goes on
 * }</pre>
 *
 * <p>The id of an actor is the name of its machine, a slash, and the id of the instance, which is
 * the key of its record as well. What is stored is the outermost machine: one that it invokes
 * begins again, under the same keys. Idempotency keys begin with the id and a random word that an
 * instance is given when it is started: one that is started anew after {@link #delete} has others.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads, and of processes on one store: of those
 * that have loaded an instance one commits a macrostep. The others' actors stop, with an {@link
 * InstanceTakenException} as the cause, and are to be loaded again.
 *
 * <p><b>Ordering.</b> A macrostep is written, with its actions; then they run; then the record says
 * that they have. Killed in between, they run again, under the same idempotency key: whoever
 * honours the key does them once. A timer that was due, and the end of work, lead to one committed
 * macrostep.
 *
 * <p>An event that is told is in memory until its macrostep is written: killed before, it is lost.
 * Whoever needs it kept uses {@link Actor#ask}, and sends it again if no answer came; the machine
 * is to know it again, by a number in the event for one.
 *
 * <p><b>Failure.</b> An actor whose macrostep cannot be written stops, and has done nothing about
 * it; what was asked of it fails with that cause.
 *
 * <p><b>Cost.</b> A macrostep that changes something is a write of the record, and one with actions
 * are two, on the thread that has the actor's turn; give the {@link Actors} an executor for
 * mailboxes if senders are not to wait for that.
 *
 * @param <S> the type of the state
 * @param <E> the type of the events
 * @since 0.1
 */
public final class DurableActors<S, E> implements AutoCloseable {

  private static final int PAGE = 100;

  private final Home home;
  private final Plan<S, E> plan;
  private final RecordStore records;
  private final MachineCodec<S, E> codec;
  private final DurableActorsBuilder<S, E> settings;
  private final KeyedLocks<String> locks = KeyedLocks.create("durable actors");
  private final Map<String, LiveActor<S, E>> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  DurableActors(DurableActorsBuilder<S, E> settings) {
    this.settings = settings;
    this.home = settings.home;
    this.records = settings.records;
    this.codec = settings.codec;
    this.plan = home.plan(codec.machine());
  }

  /**
   * Begins to set up durable actors.
   *
   * @param <S> the type of the state
   * @param <E> the type of the events
   * @param actors where they live while they run
   * @param records where they are kept; it may keep other things under other keys
   * @param codec of the machine's snapshots
   * @return the builder
   * @throws IllegalArgumentException if the name of the machine has a slash
   */
  public static <S, E> DurableActorsBuilder<S, E> of(
      Actors actors, RecordStore records, MachineCodec<S, E> codec) {
    return new DurableActorsBuilder<>(actors, records, codec);
  }

  /**
   * Starts an instance of a machine without a parameter.
   *
   * @param id unique among the instances of the machine
   * @return the actor
   * @throws InstanceExistsException if there is one already, here or in another process
   */
  public Actor<S, E> start(String id) {
    return start(id, null);
  }

  /**
   * Starts an instance.
   *
   * @param id unique among the instances of the machine
   * @param input the parameter of the machine, or null if it takes none
   * @return the actor
   * @throws InstanceExistsException if there is one already, here or in another process
   * @throws ActorStartException if its first macrostep fails, or cannot be kept
   */
  public Actor<S, E> start(String id, @Nullable Object input) {
    requireOpen("starting an instance");
    String key = key(id);
    Step<S> first = home.begin(plan, input);
    LiveActor<S, E> actor = create(id, key, first);
    stopIfClosed(actor);
    actor.begin(first);
    return actor;
  }

  private LiveActor<S, E> create(String id, String key, Step<S> first) {
    try (KeyedLocks.Held ignored = locks.lock(key)) {
      KeptInstance<S> kept = KeptInstance.first(first.snapshot(), Actions.among(first.effects()));
      RecordKeeper<S> keeper = keeper(key, kept, RecordStore.ABSENT);
      Throwable lost = keeper.create();
      if (lost instanceof InstanceTakenException) {
        throw new InstanceExistsException(plan.machine().name(), id);
      }
      if (lost != null) {
        throw new ActorStartException(plan.machine().name(), lost);
      }
      return hold(key, home.kept(plan, kept.snapshot(), key, keeper));
    }
  }

  /**
   * Returns the actor of an instance: the one that runs here, or one that goes on where it was
   * kept.
   *
   * @param id of the instance
   * @return the actor, which has stopped already if its machine has come to its end; null if there
   *     is no such instance
   * @throws IncompatibleSnapshotException if it does not fit the definition
   * @throws io.stateward.codec.CodecException if the record is damaged
   */
  public @Nullable Actor<S, E> load(String id) {
    requireOpen("loading an instance");
    String key = key(id);
    LiveActor<S, E> actor;
    KeptInstance<S> kept;
    try (KeyedLocks.Held ignored = locks.lock(key)) {
      LiveActor<S, E> present = running.get(key);
      if (present != null && !present.isStopped()) {
        return present;
      }
      StoredRecord record = records.read(key);
      if (record == null) {
        return null;
      }
      kept = KeptInstance.decode(codec, record.bytes(), settings.timers, home.now());
      RecordKeeper<S> keeper = keeper(key, kept, record.version());
      actor = hold(key, home.kept(plan, kept.snapshot(), key, keeper));
    }
    stopIfClosed(actor); // without the lock, as what follows, since foreign code runs
    actor.resume(() -> resumption(key, kept));
    return actor;
  }

  private void stopIfClosed(LiveActor<S, E> actor) {
    if (closed) {
      actor.stop();
    }
  }

  private Resumption resumption(String key, KeptInstance<S> kept) {
    List<Invocation> rerun = new ArrayList<>();
    Map<Invocation, Throwable> failed = new LinkedHashMap<>();
    for (Invocation work : kept.snapshot().invocations()) {
      switch (settings.invocations.apply(work)) {
        case RERUN -> rerun.add(work);
        case FAIL -> failed.put(work, new InterruptedWorkException(workKey(key, kept, work)));
        case WAIT -> {}
      }
    }
    return new Resumption(kept.unreleased(), rerun, failed);
  }

  private static String workKey(String key, KeptInstance<?> kept, Invocation work) {
    return key + "/" + kept.life() + "/" + work.number() + "/" + work.name();
  }

  private RecordKeeper<S> keeper(String key, KeptInstance<S> kept, long version) {
    return new RecordKeeper<>(records, codec, home::now, settings.timers, key, kept, version);
  }

  private LiveActor<S, E> hold(String key, LiveActor<S, E> actor) {
    running.put(key, actor);
    actor.ended().whenComplete((last, failure) -> running.remove(key, actor));
    return actor;
  }

  /** Lets those go on that have something to do. */
  void resume() {
    String prefix = key("");
    String after = null;
    do {
      RecordPage page = records.list(prefix, after, PAGE);
      for (StoredRecord record : page.records()) {
        resume(record, record.key().substring(prefix.length()));
      }
      after = page.next();
    } while (after != null);
  }

  private void resume(StoredRecord record, String id) {
    try {
      if (KeptInstance.isPending(record.bytes())) {
        load(id);
      }
    } catch (RuntimeException e) {
      Probe.report(
          record.key(), "It cannot be restored, and is left as it is stored. Others go on.", e);
    }
  }

  /**
   * Says how work has ended that waits for the host, by {@link InvocationPolicy#WAIT}. It counts if
   * it is under way.
   *
   * @param id of the instance
   * @param work one of the invocations of its snapshot
   * @param outcome how it ended
   * @return whether there is such an instance
   */
  public boolean complete(String id, Invocation work, Outcome<?> outcome) {
    if (load(id) instanceof LiveActor<S, E> actor) {
      actor.complete(work, Objects.requireNonNull(outcome, "outcome"));
      return true;
    }
    return false;
  }

  /**
   * Returns the ids of stored instances, in their order, those that have come to their end
   * included.
   *
   * @param after the id to continue after, exclusive; null to begin
   * @param limit the most ids to return; at least 1
   * @return the ids
   */
  public List<String> ids(@Nullable String after, int limit) {
    String prefix = key("");
    return records.list(prefix, after == null ? null : prefix + after, limit).records().stream()
        .map(record -> record.key().substring(prefix.length()))
        .toList();
  }

  /**
   * Deletes an instance, whatever state it is in; it is stopped first.
   *
   * @param id of the instance
   * @return whether there was one, and nobody has moved it meanwhile
   */
  public boolean delete(String id) {
    String key = key(id);
    stopRunning(key);
    boolean deleted;
    try (KeyedLocks.Held ignored = locks.lock(key)) {
      StoredRecord record = records.read(key);
      deleted = record != null && records.delete(key, record.version()).isSaved();
    }
    if (deleted) {
      stopRunning(key); // it was loaded meanwhile
    }
    return deleted;
  }

  /** Stops the actor that runs here; the lock is not held, as observers are told. */
  private void stopRunning(String key) {
    LiveActor<S, E> present = running.get(key);
    if (present != null) {
      present.stop();
    }
  }

  private String key(String id) {
    return plan.machine().name() + "/" + Objects.requireNonNull(id, "id");
  }

  private void requireOpen(String attempted) {
    home.requireOpen(attempted);
    if (closed) {
      throw new ClosedException("DurableActors", attempted);
    }
  }

  /**
   * Stops those that run; they go on when they are opened again. The records stay open. It does not
   * wait for macrosteps that other threads have begun: these are finished, and written. Whoever
   * closes the records afterwards waits for {@link Actor#ended} of those that run, or has such a
   * macrostep done again.
   */
  @Override
  public void close() {
    closed = true;
    List.copyOf(running.values()).forEach(LiveActor::stop);
  }
}
