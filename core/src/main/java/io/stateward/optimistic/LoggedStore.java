package io.stateward.optimistic;

import io.stateward.collection.EntityTable;
import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.history.Timeline;
import io.stateward.persist.PersistenceBuilder;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Transaction;
import io.stateward.store.Keyed;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store that holds its log in an ordinary store. */
final class LoggedStore<S> implements OptimisticStore<S> {

  /*
   * Concurrency
   * -----------
   * The log is the arbiter: it is an immutable value in a store, and each transition is one update of
   * it. Whoever's update closed a mutation settles its handle; everybody else finds it closed. So an
   * answer, a push, a cancellation and a time-out may race, and exactly one of them counts.
   *
   * Numbers are given and lines are joined inside the update that adds a mutation, which is what
   * makes their order that of the log. What is called back, and what is sent, runs without a lock.
   *
   * A mutation that is dropped because its command could not be executed again is found by the
   * subscription to the log, since any update may drop any of them.
   */

  private final String name;
  private final String origin;
  private final Admission<S> admission;
  private final Timekeeper timekeeper;
  private final Store<OptimisticLog<S>> log;
  private final Map<MutationId, Underway<?, ?>> underway = new ConcurrentHashMap<>();
  private final Lanes lanes = new Lanes();
  private final Queue<Push<S>> pushes = new ConcurrentLinkedQueue<>();
  private final Refreshes refreshes = new Refreshes();
  private final Signal<S> visible;
  private final Signal<S> confirmed;
  private final Resumption<S> resumption;
  private volatile long numbers; // written under the lock of the log
  private final AtomicLong joined = new AtomicLong(); // how many mutations have come
  private volatile boolean closed;
  private final Outcomes outcomes = new Outcomes();

  LoggedStore(
      String name,
      OptimisticLog<S> begun,
      Timekeeper timekeeper,
      Admission<S> admission,
      String origin,
      ResumingPlans<S> plans) {
    this.name = name;
    this.resumption = new Resumption<>(this, plans);
    this.origin = origin;
    this.admission = admission;
    this.timekeeper = timekeeper;
    this.log = Store.of(name, begun);
    this.visible = log.<S>select(OptimisticLog::visible).named(name);
    this.confirmed = log.<S>select(OptimisticLog::base).named(name + " confirmed");
    log.subscribe(
        Delivery.every().named("mutations"), change -> account(change.was(), change.now()));
  }

  @Override
  public Signal<S> visible() {
    return visible;
  }

  @Override
  public Signal<S> confirmed() {
    return confirmed;
  }

  @Override
  public Signal<List<Pending>> pending() {
    return log.select(OptimisticLog::entries).map(PendingList::new);
  }

  @Override
  public Signal<List<DeadLetter<S>>> deadLetters() {
    return log.select(OptimisticLog::letters);
  }

  @Override
  public <T extends @Nullable Object> Signal<T> select(Function<? super S, ? extends T> selector) {
    return log.select(now -> selector.apply(now.visible()));
  }

  @Override
  public <K, V> Keyed<K, V> entities(Function<? super S, EntityTable<K, V>> table) {
    return log.entities(now -> table.apply(now.visible()));
  }

  @Override
  public <T> Mutation<T> mutate(Command<S> command, MutationPlan<S, T> plan) {
    return join(command, plan).begun();
  }

  /** Whether it takes commands of no type, such as lambdas. */
  boolean takesUntyped() {
    return admission.takesUntyped();
  }

  /** Adds a mutation, which is then to begin. */
  <T> Joining<S, T> join(Command<S> command, MutationPlan<S, T> plan) {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(plan, "plan");
    Transaction.refuseInside(() -> "mutation of '%s'".formatted(name));
    admission.check(command);
    Joining<S, T> joining = new Joining<>(this, command, plan);
    List<Companion<?>> companions = Companion.of(this, plan);
    joining.join(companions);
    refreshes.interrupt();
    companions.forEach(other -> other.store().refreshes.interrupt());
    return joining;
  }

  @Override
  public Settlement acknowledge(MutationId id) {
    return answered(id, null);
  }

  @Override
  public Settlement acknowledge(MutationId id, UnaryOperator<S> server) {
    return answered(id, Objects.requireNonNull(server, "server"));
  }

  private Settlement answered(MutationId id, @Nullable UnaryOperator<S> server) {
    Objects.requireNonNull(id, "id");
    checkOpen("acknowledge");
    Underway<S, ?> mutation = own(id);
    if (mutation != null && mutation.acknowledged(server)) {
      return Settlement.SETTLED;
    }
    LogChange<S> late =
        change(
            now -> {
              if (!now.hasAbandoned(id)) {
                return now;
              }
              return server == null ? now.acknowledged(id, false) : pushed(now, server, Set.of(id));
            });
    if (late.was().hasAbandoned(id)) {
      return Settlement.LATE;
    }
    return isIssued(id) ? Settlement.DUPLICATE : Settlement.UNKNOWN;
  }

  /** Takes one push; what its patch throws is thrown, and nothing has happened. */
  static <S> OptimisticLog<S> pushed(
      OptimisticLog<S> log, UnaryOperator<S> patch, Set<MutationId> includes) {
    Push<S> push = new Push<>(patch, includes);
    OptimisticLog<S> after = log.pushed(List.of(push));
    push.rethrow();
    return after;
  }

  @Override
  public Settlement reject(MutationId id, String reason) {
    Objects.requireNonNull(reason, "reason");
    checkOpen("reject");
    Underway<S, ?> mutation = own(Objects.requireNonNull(id, "id"));
    if ((mutation != null && mutation.rejected(reason)) || forgotInert(id)) {
      return Settlement.SETTLED;
    }
    return isIssued(id) ? Settlement.DUPLICATE : Settlement.UNKNOWN;
  }

  @Override
  public boolean cancel(MutationId id) {
    Underway<S, ?> mutation = own(Objects.requireNonNull(id, "id"));
    return (mutation != null && mutation.cancel()) || forgotInert(id);
  }

  /** Forgets a stored mutation that cannot be read. */
  private boolean forgotInert(MutationId id) {
    return log.get().earlier().hasInert(id)
        && change(now -> now.withoutInert(id)).was().earlier().hasInert(id);
  }

  private boolean isIssued(MutationId id) {
    return (id.origin().equals(origin) && id.number() <= numbers)
        || log.get().earlier().isIssued(id);
  }

  @Override
  public void external(UnaryOperator<S> patch, MutationId... includes) {
    Objects.requireNonNull(patch, "patch");
    Transaction.refuseInside(() -> "push into '%s'".formatted(name));
    Push<S> push = new Push<>(patch, Set.of(includes));
    pushes.add(push);
    try {
      log.update(new Taking());
    } catch (RuntimeException e) {
      pushes.remove(push);
      throw e;
    }
    push.rethrow();
    for (MutationId id : push.closed()) {
      Underway<?, ?> mutation = underway.get(id);
      if (mutation != null) {
        mutation.included();
      }
    }
  }

  /**
   * Takes whatever has been pushed by the time that the lock is held, in one fold. A thread whose
   * push was taken by another one finds nothing left to do.
   */
  private final class Taking implements io.stateward.signal.internal.Replayable<OptimisticLog<S>> {
    private List<Push<S>> taken = List.of();

    @Override
    public OptimisticLog<S> apply(OptimisticLog<S> now) {
      taken = new ArrayList<>();
      for (Push<S> next = pushes.poll(); next != null; next = pushes.poll()) {
        taken.add(next);
      }
      if (taken.isEmpty()) {
        return now;
      }
      try {
        OptimisticLog<S> after = now.tidied().pushed(taken);
        taken.forEach(push -> push.took(now, after));
        return after;
      } catch (RuntimeException | Error e) { // those whose push it was are told as well
        taken.forEach(push -> push.failed(e));
        throw e;
      }
    }

    @Override
    public boolean countsUnchanged() {
      return !taken.isEmpty();
    }

    @Override
    public OptimisticLog<S> replay(OptimisticLog<S> now) {
      List<Push<S>> sound = taken.stream().filter(push -> push.failure() == null).toList();
      OptimisticLog<S> after = sound.isEmpty() ? now : now.pushed(sound);
      sound.stream()
          .filter(push -> push.failure() != null)
          .forEach(
              push ->
                  Probes.report(
                      "Store '" + name + "'",
                      "A push that came while a state was loaded threw when it was applied to that state, so it is left out. Read the state from the server again.",
                      push.failure()));
      return after;
    }
  }

  @Override
  public PersistenceBuilder<?, SavedLog<S>> persistence() {
    return new LogKeeping<>(this, new StoredCommands<>(admission.storedTypes())).persistence();
  }

  @Override
  public Timeline<S, Void> timeline() {
    Store<S> shown = log.slice(OptimisticLog::visible, (now, unwritten) -> now);
    return Timeline.of(shown, Timeline.DEFAULT_MOMENTS, timekeeper);
  }

  @Override
  public void identify(Object temporaryId, Object realId) {
    Objects.requireNonNull(temporaryId, "temporaryId");
    Objects.requireNonNull(realId, "realId");
    change(now -> now.learning(temporaryId, realId));
  }

  @Override
  public <R> Task<R> refresh(Call<S, R> call, BiFunction<? super S, ? super R, ? extends S> patch) {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(patch, "patch");
    checkOpen("refresh");
    return refreshes.begin(this, call, patch);
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public TemporaryIds ids() {
    return log.get().ids();
  }

  @Override
  public void close() {
    Transaction.refuseInside(() -> "close of '%s'".formatted(name));
    closed = true;
    log.close();
    refreshes.close(name);
    underway.values().forEach(mutation -> mutation.storeClosed(this));
  }

  /** Settles what a commit dropped on its way, and lets reads begin when nothing is left. */
  private void account(OptimisticLog<S> was, OptimisticLog<S> now) {
    boolean restored = now.earlier().times() != was.earlier().times();
    for (DeadLetter<S> letter : restored ? now.letters() : now.lettersSince(was.buried())) {
      Underway<?, ?> mutation = underway.get(letter.id());
      boolean dropped = restored || was.isOpen(letter.id());
      if (mutation != null && dropped && letter.kind() == DeadLetter.Kind.NOT_REPLAYABLE) {
        mutation.lost(this, letter);
      }
    }
    if (restored) {
      resumption.after(was, now);
    }
    if (now.isEmpty() && !was.isEmpty()) {
      refreshes.resume();
    }
  }

  /** Changes the log, and says what that did. */
  LogChange<S> change(UnaryOperator<OptimisticLog<S>> change) {
    LogChange<S> made = prepared(change);
    log.update(made);
    return made;
  }

  /** Returns a change that is yet to be made. */
  LogChange<S> prepared(UnaryOperator<OptimisticLog<S>> change) {
    return new LogChange<>(log.get(), change);
  }

  /** Adds a mutation, and its handle. Called under the lock of the log. */
  OptimisticLog<S> append(OptimisticLog<S> now, LogEntry<S> entry) {
    S before = now.visible();
    OptimisticLog<S> after = now.appended(entry);
    admission.checkRepeatable(entry.remapped(now.ids()).command(), before, after.visible());
    return after;
  }

  /** Returns the number of the mutation that is being added. Called under the lock of the log. */
  MutationId nextId() {
    return new MutationId(origin, numbers + 1);
  }

  /** Notes a mutation that was added. Called under the lock of the log. */
  void register(Underway<?, ?> mutation) {
    underway.put(mutation.id(), mutation);
    joined.getAndIncrement();
    if (mutation.isOf(this)) {
      numbers = mutation.id().number();
      Object scope = mutation.scope();
      if (scope != null) {
        lanes.enter(scope, mutation);
      }
    }
  }

  /** Goes on counting after what earlier runs of the same origin made. Under the log's lock. */
  void continueNumbers(Earlier earlier) {
    numbers = Math.max(numbers, earlier.highestOf(origin));
  }

  /** Notes a mutation that an earlier run made, unless it is known. Under the lock of the log. */
  boolean registerRestored(Underway<?, ?> mutation) {
    if (underway.putIfAbsent(mutation.id(), mutation) != null) {
      return false;
    }
    Object scope = mutation.scope();
    if (scope != null) {
      lanes.enterEarlier(scope, mutation);
    }
    return true;
  }

  /** Says what is executed in the place of a restored command that threw. Under the lock. */
  @Nullable Command<S> rescue(
      LogEntry<S> entry, S before, S lastImage, TemporaryIds ids, Throwable cause) {
    Underway<S, ?> mutation = known(entry.id());
    return mutation == null ? null : mutation.rescue(entry, before, lastImage, ids, cause);
  }

  /** Forgets a mutation that was settled. */
  void forget(Underway<?, ?> mutation) {
    underway.remove(mutation.id(), mutation);
    Object scope = mutation.scope();
    if (scope != null && mutation.isOf(this)) {
      lanes.leave(scope, mutation);
    }
  }

  @Nullable Underway<?, ?> find(MutationId id) {
    return underway.get(id);
  }

  /** Returns a mutation of this store; one that an earlier run made is taken up first. */
  private @Nullable Underway<S, ?> own(MutationId id) {
    Underway<S, ?> mutation = known(id);
    if (mutation == null && log.get().isOpen(id)) {
      resumption.takeUp();
      return known(id);
    }
    return mutation;
  }

  @SuppressWarnings("unchecked") // a mutation of this store is about this store's state
  private @Nullable Underway<S, ?> known(MutationId id) {
    Underway<?, ?> mutation = underway.get(id);
    return mutation != null && mutation.isOf(this) ? (Underway<S, ?>) mutation : null;
  }

  Store<OptimisticLog<S>> log() {
    return log;
  }

  Lanes lanes() {
    return lanes;
  }

  String name() {
    return name;
  }

  Timekeeper timekeeper() {
    return timekeeper;
  }

  /** Returns how many mutations have come, those of other stores included. */
  long made() {
    return joined.get();
  }

  /** Returns the number that was given last; 0 if none was. */
  long latest() {
    return numbers;
  }

  boolean isClosed() {
    return closed;
  }

  /** What is known of mutations that are settled. */
  Outcomes outcomes() {
    return outcomes;
  }

  private void checkOpen(String attempted) {
    if (closed) {
      throw new ClosedException("Store '" + name + "'", attempted);
    }
  }
}
