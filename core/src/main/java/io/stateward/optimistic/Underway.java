package io.stateward.optimistic;

import io.stateward.flow.Outcome;
import io.stateward.signal.Probe;
import io.stateward.signal.internal.Probes;
import io.stateward.store.WriteResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mutation on its way: it is sent, answered, perhaps disputed, and settled once.
 *
 * <p>Thread safety: the log says who closed the mutation, see {@link LoggedStore}. A round is one
 * sending, or the deciding of one conflict; what comes of an earlier round is not listened to.
 */
final class Underway<S, T> implements Mutation<T> {

  private static final int CONFLICTS = 10;

  private final LoggedStore<S> store;
  private final MutationId id;
  private final MutationPlan<S, T> plan;
  private final List<Companion<?>> companions;
  private final LogEntry<S> entry;
  private final Departure<S, T> departure;
  private final Courier<S, T> courier;
  private final Handle<T> handle = new Handle<>();
  private final AtomicInteger round = new AtomicInteger();
  private final AtomicInteger conflicts = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private volatile @Nullable Deciding<T> deciding;
  private volatile boolean ready; // whether its own thread has begun it
  private volatile boolean unanswered; // whether it may have been carried out all the same

  Underway(
      LoggedStore<S> store,
      MutationId id,
      Command<S> command,
      MutationPlan<S, T> plan,
      List<Companion<?>> companions) {
    this.store = store;
    this.id = id;
    this.plan = plan;
    this.companions = companions;
    this.entry = LogEntry.of(id, command, this::rescue);
    this.departure = new Departure<>(store, entry, plan, companions);
    this.courier = new Courier<>(store, entry, plan);
  }

  LogEntry<S> entry() {
    return entry;
  }

  boolean isOf(LoggedStore<?> other) {
    return store == other;
  }

  @Nullable Object scope() {
    return plan.scope();
  }

  /** Whether an earlier run made it. */
  boolean isRestored() {
    return store.log().get().earlier().isIssued(id);
  }

  private About<S, T> about() {
    return plan.part(store.ids());
  }

  /** Says what is executed when the command throws. Called under the lock. */
  @Nullable Command<S> rescue(
      LogEntry<S> failed, S before, S lastImage, TemporaryIds ids, Throwable cause) {
    About<S, T> about = plan.part(ids);
    T value =
        plan.replayPolicy()
            .valueFor(
                new FailedReplay<>(
                    id, failed.command().name(), about.in(before), about.in(lastImage), cause));
    return value == null
        ? null
        : Command.<S>withIds(
                failed.command().name(), (state, known) -> plan.part(known).with(state, value))
            .remapped(ids);
  }

  // --- sending

  /** Shows that the mutation was made, and sends it as soon as those it waits for are settled. */
  void begin() {
    call("onMutate", plan.mutated(), id);
    ready = true;
    Object scope = scope();
    if (scope == null) {
      turn();
    } else {
      store.lanes().advance(scope);
    }
  }

  /** Goes on with a mutation that an earlier run made, also in the other stores it goes over. */
  void resume() {
    try {
      Companion.together(
          store.log(),
          companions,
          () -> {
            if (store.log().get().isOpen(id)) {
              companions.forEach(other -> other.append(this));
            }
          });
    } catch (RuntimeException e) { // another store cannot take its share
      failed(e);
      return;
    }
    begin();
  }

  /** Whether it may be told that it is its turn. */
  boolean isReady() {
    return ready;
  }

  /** Goes on when it is this mutation's turn. */
  void turn() {
    guarded(() -> awaitEarlier(0));
  }

  private void awaitEarlier(int index) {
    if (index == plan.after().size()) {
      send();
      return;
    }
    MutationId earlier = plan.after().get(index);
    Underway<?, ?> mutation = store.find(earlier);
    if (mutation != null) {
      mutation
          .stage()
          .thenAccept(result -> Trampoline.run(() -> goOn(index, earlier, mutation.tookEffect())));
    } else {
      goOn(index, earlier, !store.outcomes().hasFailed(earlier));
    }
  }

  private void goOn(int index, MutationId earlier, boolean saved) {
    if (saved) {
      awaitEarlier(index + 1);
    } else {
      rejected("It was to follow mutation %s, which did not take effect.".formatted(earlier));
    }
  }

  private void send() {
    int mine = round.incrementAndGet();
    if (handle.isClaimed() || store.isClosed()) {
      return;
    }
    courier.send(
        () -> round.get() == mine, outcome -> answered(mine, outcome), () -> expired(mine));
  }

  private String name() {
    return entry.command().name();
  }

  private void expired(int mine) {
    if (!round.compareAndSet(mine, mine + 1)) {
      return;
    }
    courier.stop();
    if (plan.call() != null && timeouts.incrementAndGet() <= plan.unanswered().again()) {
      send();
      return;
    }
    String reason =
        "The server did not answer mutation '%s' (%s) within %s."
            .formatted(name(), id, plan.timeout());
    TimeoutException late = new TimeoutException(reason);
    unanswered = true;
    guarded(
        () -> {
          T theirs = plan.unanswered().isDropped() ? null : about().in(store.log().get().base());
          if (theirs == null) {
            end(DeadLetter.Kind.UNANSWERED, reason, late, new WriteResult.Failed<>(late));
          } else {
            dispute(theirs);
          }
        });
  }

  // --- answers

  private void answered(int mine, Outcome<WriteResult<T>> outcome) {
    if (!round.compareAndSet(mine, mine + 1)) {
      return;
    }
    courier.stop();
    unanswered = false;
    guarded(
        () -> {
          if (outcome instanceof Outcome.Done<WriteResult<T>> done) {
            take(done.value());
          } else if (outcome instanceof Outcome.Failed<WriteResult<T>> failed) {
            failed(failed.cause());
          } else {
            cancel();
          }
        });
  }

  /** Does what the plan's own functions have a part in; what they throw ends the mutation. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      failed(e);
    }
  }

  private void take(WriteResult<T> result) {
    if (result instanceof WriteResult.Saved<T> saved) {
      acknowledged(patchOf(saved.value()), saved.value());
    } else if (result instanceof WriteResult.Gone<T>
        && (!plan.isAdopting() || departure.removes())) {
      acknowledged(null, null); // it was to be gone
    } else if (result instanceof WriteResult.Conflict<T> conflict) {
      dispute(conflict.current());
    } else if (result instanceof WriteResult.Gone<T>) {
      end(DeadLetter.Kind.GONE, "What it is about is no longer there.", null, result);
    } else if (result instanceof WriteResult.Rejected<T> rejected) {
      end(DeadLetter.Kind.REJECTED, rejected.reason(), null, result);
    } else {
      cancel();
    }
  }

  private Departure.@Nullable Patch<S> patchOf(T value) {
    return plan.isAdopting() ? ids -> state -> plan.part(ids).with(state, value) : null;
  }

  private void failed(Throwable cause) {
    end(
        DeadLetter.Kind.FAILED,
        "Its call failed: %s".formatted(cause),
        cause,
        new WriteResult.Failed<>(cause));
  }

  /** Takes an acknowledgement from outside; false if the mutation was closed before. */
  boolean acknowledged(@Nullable UnaryOperator<S> server) {
    return acknowledged(server == null ? null : ids -> server, null);
  }

  private boolean acknowledged(Departure.@Nullable Patch<S> patch, @Nullable T value) {
    WriteResult<T> result = departure.acknowledged(patch, value);
    return result != null && settle(result, true);
  }

  /** Settles a mutation whose effect came with a push. */
  void included() {
    settle(departure.included(courier.hasSent() ? courier.base() : null), true);
  }

  boolean rejected(String reason) {
    return end(DeadLetter.Kind.REJECTED, reason, null, new WriteResult.Rejected<>(reason));
  }

  // --- conflicts

  private void dispute(T theirs) {
    int mine = round.incrementAndGet();
    if (conflicts.incrementAndGet() > CONFLICTS) {
      tired(theirs);
      return;
    }
    LogChange<S> change =
        store.change(
            log ->
                log.isOpen(id)
                    ? LoggedStore.pushed(
                            log, state -> plan.part(log.ids()).with(state, theirs), Set.of())
                        .marked(id, MutationStatus.CONFLICTED)
                    : log);
    OptimisticLog<S> was = change.was();
    if (!change.now().isOpen(id)) {
      return; // closed meanwhile, or by what the server has
    }
    T image = plan.part(was.ids()).in(was.image(was.indexOf(id)));
    Deciding<T> decision =
        new Deciding<>(store.name(), store.timekeeper(), choice -> decided(mine, theirs, choice));
    deciding = decision;
    if (round.get() != mine) {
      decision.cancel();
      return;
    }
    decision.begin(
        new Dispute<>(id, name(), courier.base(), image, theirs, theirs, List.of()),
        plan.resolution().steps());
  }

  private void decided(int mine, T theirs, Choice<T> choice) {
    if (!round.compareAndSet(mine, mine + 1)) {
      return;
    }
    if (choice instanceof Choice.Theirs<T>) {
      conceded(theirs, "The server had another state, which was kept.");
      return;
    }
    guarded(
        () -> {
          store.change(log -> log.isOpen(id) ? prevailing(log, theirs, choice) : log);
          send();
        });
  }

  private OptimisticLog<S> prevailing(OptimisticLog<S> log, T theirs, Choice<T> choice) {
    return choice instanceof Choice.Merged<T> merged
        ? log.executing(
            id,
            new MergedCommand<>(
                name(), plan::part, log.ids(), theirs, merged.value(), plan.resolution().merge()),
            MutationStatus.RETRYING)
        : log.marked(id, MutationStatus.RETRYING);
  }

  /** Gives up, and takes what the server had last. */
  private void tired(T theirs) {
    String reason =
        "The server had another state %d times in a row, so it was given up.".formatted(CONFLICTS);
    DeadLetter<S> letter =
        new DeadLetter<>(id, entry.made(), DeadLetter.Kind.CONFLICT, reason, null);
    if (removed(
        log ->
            LoggedStore.pushed(
                log.removed(id, letter, unanswered),
                state -> plan.part(log.ids()).with(state, theirs),
                Set.of()))) {
      settle(new WriteResult.Conflict<>(theirs));
    }
  }

  private void conceded(T theirs, String reason) {
    end(DeadLetter.Kind.CONFLICT, reason, null, new WriteResult.Conflict<>(theirs));
  }

  // --- ends

  /** Takes the mutation out of the log; false if it was closed before. */
  private boolean end(
      DeadLetter.Kind kind, String reason, @Nullable Throwable cause, WriteResult<T> result) {
    boolean uncertain =
        kind == DeadLetter.Kind.FAILED || (kind != DeadLetter.Kind.REJECTED && unanswered);
    UnaryOperator<S> removal = kind == DeadLetter.Kind.GONE ? plan.whenGone() : null;
    return removed(
            log -> {
              OptimisticLog<S> without =
                  log.removed(
                      id, new DeadLetter<>(id, entry.made(), kind, reason, cause), uncertain);
              return removal == null ? without : LoggedStore.pushed(without, removal, Set.of());
            })
        && settle(result);
  }

  private boolean removed(UnaryOperator<OptimisticLog<S>> removal) {
    return departure.removed(removal);
  }

  @Override
  public boolean cancel() {
    return removed(log -> log.removed(id, null, mayBeSent()))
        && settle(new WriteResult.Cancelled<>());
  }

  /** Whether the server may hear of it; under the log's lock, since sending looks into the log. */
  private boolean mayBeSent() {
    return courier.hasSent() || plan.call() == null;
  }

  /** Settles a mutation that was dropped since its command threw, here or in another store. */
  void lost(LoggedStore<?> where, DeadLetter<?> letter) {
    if (handle.isClaimed()) {
      return;
    }
    boolean closed =
        removed(
            log ->
                log.removed(
                    id,
                    new DeadLetter<>(
                        id, entry.made(), letter.kind(), letter.reason(), letter.cause()),
                    true));
    if (!closed && where != store) {
      return; // whoever answered it meanwhile settles it
    }
    companions.forEach(other -> other.change(log -> log.removed(id, null, true)));
    settle(departure.confirmedInstead());
  }

  /** Whether a settled mutation took effect; its result need not be Saved, of a removal for one. */
  boolean tookEffect() {
    return handle.tookEffect();
  }

  /** Forgets a mutation that was never made, since another store refused its share. */
  void withdrawn() {
    handle.claim(false);
    store.forget(this);
    companions.forEach(other -> other.store().forget(this));
  }

  /** Takes the mutation out of the other stores that it goes over, and settles it. */
  void storeClosed(LoggedStore<?> closed) {
    if (!handle.isClaimed()) {
      boolean sent = mayBeSent();
      if (closed != store && !store.isClosed()) {
        store.change(log -> log.isOpen(id) ? log.removed(id, null, sent) : log);
      }
      for (Companion<?> other : companions) {
        if (!other.store().isClosed()) {
          other.change(log -> log.removed(id, null, sent));
        }
      }
      settle(new WriteResult.Cancelled<>());
    }
  }

  private boolean settle(WriteResult<T> result) {
    return settle(result, result.isSaved());
  }

  private boolean settle(WriteResult<T> result, boolean tookEffect) {
    if (!handle.claim(tookEffect)) {
      return false;
    }
    if (!tookEffect) {
      store.outcomes().failed(id);
    }
    try {
      round.incrementAndGet();
      courier.stop();
      Deciding<T> decision = deciding;
      if (decision != null) {
        decision.cancel();
      }
      tell(result);
    } finally { // whatever foreign code did, those who wait go on
      handle.complete(result);
      store.forget(this);
      companions.forEach(other -> other.store().forget(this));
    }
    return true;
  }

  private void tell(WriteResult<T> result) {
    if (Probes.active()) {
      Probes.emit(
          new Probe.Settled(
              store.name(), id.toString(), name(), result.getClass().getSimpleName()));
    }
    if (!handle.tookEffect()) {
      call("onError", plan.failed(), result);
    }
    call("onSettled", plan.settled(), result);
  }

  private <X> void call(String callback, Consumer<? super X> consumer, X value) {
    try {
      consumer.accept(value);
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      Probes.report(
          "Store '" + store.name() + "'",
          "%s of mutation '%s' (%s) threw; nothing else is changed by that."
              .formatted(callback, name(), id),
          e);
    }
  }

  @Override
  public MutationId id() {
    return id;
  }

  @Override
  public CompletionStage<WriteResult<T>> stage() {
    return handle.stage();
  }

  @Override
  public WriteResult<T> await() throws InterruptedException {
    return handle.await();
  }

  @Override
  public boolean isSettled() {
    return handle.isClaimed();
  }
}
