package io.stateward.optimistic;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Retry;
import io.stateward.flow.Task;
import io.stateward.signal.Probe;
import io.stateward.signal.internal.Probes;
import io.stateward.store.WriteResult;
import io.stateward.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final CompletableFuture<WriteResult<T>> promise = new CompletableFuture<>();
  private @Nullable CompletionStage<WriteResult<T>>
      stage; // made when asked for; guarded by promise
  private final AtomicBoolean settled = new AtomicBoolean();
  private final AtomicInteger round = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger conflicts = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private volatile @Nullable T base; // what the latest attempt was made on
  private volatile @Nullable Task<WriteResult<T>> task;
  private volatile @Nullable Timer timer;
  private volatile @Nullable Deciding<T> deciding;
  private volatile boolean ready; // whether its own thread has begun it
  private volatile boolean unanswered; // whether it may have been carried out all the same
  private volatile boolean effective = true; // written before it is settled

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
      together(
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
          .thenAccept(result -> Trampoline.run(() -> goOn(index, earlier, mutation.effective)));
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
    if (settled.get() || store.isClosed()) {
      return;
    }
    startTimer(mine);
    Call<Sending<T>, WriteResult<T>> call = plan.call();
    if (call == null) {
      base = about().in(store.log().get().base());
    } else {
      Task<WriteResult<T>> started = attempts(call).start(this);
      task = started;
      if (round.get() != mine) {
        started.cancel();
      }
      started.onEnd(outcome -> answered(mine, outcome));
    }
  }

  private Call<Underway<S, T>, WriteResult<T>> attempts(Call<Sending<T>, WriteResult<T>> call) {
    Call<Underway<S, T>, WriteResult<T>> once =
        Call.stageWith(
            (mutation, cancellation) ->
                call.start(mutation.sending(), cancellation)
                    .stage()
                    .thenApply(Underway::notFailed));
    Retry retry = plan.retry();
    return retry == null ? once : once.retrying(retry.timekeeper(store.timekeeper()));
  }

  private static <T> WriteResult<T> notFailed(WriteResult<T> result) {
    if (result instanceof WriteResult.Failed<T> failed) {
      throw new CompletionException(failed.cause());
    }
    if (result == null) {
      throw new NullPointerException(
          "The call returned null in the place of a WriteResult, so nobody knows what the server did.");
    }
    return result;
  }

  private Sending<T> sending() {
    int attempt = attempts.incrementAndGet();
    if (attempt > 1) {
      store.change(log -> log.isOpen(id) ? log.marked(id, MutationStatus.RETRYING) : log);
    }
    OptimisticLog<S> now = store.log().get();
    int index = now.indexOf(id);
    if (index < 0) {
      throw new CancellationException("Mutation %s is settled, so it is not sent.".formatted(id));
    }
    About<S, T> about = plan.part(now.ids());
    T ancestor = ancestor(now.entries().get(index).command(), about.in(now.base()));
    base = ancestor;
    return new Sending<>(id, name(), attempt, ancestor, about.in(now.image(index)), now.ids());
  }

  @SuppressWarnings("unchecked") // the outcome of a conflict is of the type that the plan is about
  private static <S, T> @Nullable T ancestor(Command<S> command, @Nullable T confirmed) {
    return command instanceof MergedCommand<S, ?> merged
        ? ((MergedCommand<S, T>) merged).ancestorOn(confirmed)
        : confirmed;
  }

  private String name() {
    return entry.command().name();
  }

  private void startTimer(int mine) {
    Duration limit = plan.timeout();
    if (limit != null) {
      Timer started = store.timekeeper().schedule(limit, () -> expired(mine));
      timer = started;
      if (round.get() != mine) {
        started.cancel();
      }
    }
  }

  private void expired(int mine) {
    if (!round.compareAndSet(mine, mine + 1)) {
      return;
    }
    stop();
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
    stop();
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
    } else if (!plan.isAdopting() && result instanceof WriteResult.Gone<T>) {
      acknowledged(null, null); // a removal of what is confirmed nowhere, for one
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

  private @Nullable Patch<S> patchOf(T value) {
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

  private boolean acknowledged(@Nullable Patch<S> patch, @Nullable T value) {
    Object temporary = plan.temporaryId();
    Object real = temporary == null || value == null ? null : plan.realIdIn(value);
    LogChange<S> change =
        store.prepared(
            log ->
                temporary == null || real == null
                    ? answered(log, patch)
                    : answered(log, patch, temporary, real));
    together(
        () -> {
          store.log().update(change);
          if (change.closed(id)) {
            confirmCompanions();
          }
        });
    return change.closed(id)
        && settle(
            result(
                () -> saved(patch == null ? value : confirmed(value, change.now()), change.was())),
            true);
  }

  /** Returns what the server sent; of a patch from outside, what that put into the base. */
  private @Nullable T confirmed(@Nullable T value, OptimisticLog<S> now) {
    return value == null ? plan.part(now.ids()).in(now.base()) : value;
  }

  private OptimisticLog<S> answered(OptimisticLog<S> log, @Nullable Patch<S> patch) {
    if (!log.isOpen(id)) {
      return log;
    }
    return patch == null
        ? log.acknowledged(id, plan.isConfirmedAtOnce())
        : LoggedStore.pushed(log, patch.given(log.ids()), Set.of(id));
  }

  /** Likewise, of a mutation that created something whose real id is known now. */
  private OptimisticLog<S> answered(
      OptimisticLog<S> log, @Nullable Patch<S> patch, Object temporary, Object real) {
    if (patch == null || !log.isOpen(id)) {
      return answered(log.learning(temporary, real), null);
    }
    Push<S> push = new Push<>(patch.given(log.ids().with(temporary, real)), Set.of(id));
    OptimisticLog<S> after = log.pushed(push, temporary, real);
    push.rethrow();
    return after;
  }

  /** Reads what the mutation is settled with; it is settled also if a lens throws here. */
  private WriteResult<T> result(Supplier<WriteResult<T>> reading) {
    try {
      return reading.get();
    } catch (RuntimeException | StackOverflowError | AssertionError e) { // foreign code
      report("The part that mutation '%s' (%s) is about cannot be read, for its result.", e);
      return new WriteResult.Failed<>(e);
    }
  }

  private void confirmCompanions() {
    companions.forEach(
        other -> other.change(log -> log.acknowledged(id, plan.isConfirmedAtOnce())));
  }

  /** What a server sent, to be put in place by the ids that are known then. */
  @FunctionalInterface
  private interface Patch<S> {
    UnaryOperator<S> given(TemporaryIds ids);
  }

  private WriteResult<T> saved(@Nullable T value, OptimisticLog<S> was) {
    if (value != null) {
      return new WriteResult.Saved<>(value);
    }
    About<S, T> about = plan.part(was.ids());
    int index = was.indexOf(id);
    T made = about.in(was.image(index));
    T there = made == null ? about.in(was.image(index - 1)) : made;
    return there == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(there);
  }

  /** Settles a mutation whose effect came with a push. */
  void included() {
    OptimisticLog<S> now = store.log().get();
    together(this::confirmCompanions);
    settle(result(() -> includedIn(now)), true);
  }

  private WriteResult<T> includedIn(OptimisticLog<S> now) {
    T there = plan.part(now.ids()).in(now.base());
    T last = there == null && attempts.get() > 0 ? base : there;
    return last == null ? new WriteResult.Gone<>() : new WriteResult.Saved<>(last);
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
        new Dispute<>(id, name(), base, image, theirs, theirs, List.of()),
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
    LogChange<S> change = store.prepared(log -> log.isOpen(id) ? removal.apply(log) : log);
    together(
        () -> {
          store.log().update(change);
          if (change.closed(id)) {
            companions.forEach(other -> other.change(log -> log.removed(id, null, false)));
          }
        });
    return change.closed(id);
  }

  private void together(Runnable body) {
    Companion.together(store.log(), companions, body);
  }

  @Override
  public boolean cancel() {
    return removed(log -> log.removed(id, null, mayBeSent()))
        && settle(new WriteResult.Cancelled<>());
  }

  /** Whether the server may hear of it; under the log's lock, since sending looks into the log. */
  private boolean mayBeSent() {
    return attempts.get() > 0 || plan.call() == null;
  }

  /** Settles a mutation that was dropped since its command threw, here or in another store. */
  void lost(LoggedStore<?> where, DeadLetter<?> letter) {
    if (settled.get()) {
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
    settle(result(this::confirmedInstead));
  }

  /** Whether a settled mutation took effect; its result need not be Saved, of a removal for one. */
  boolean tookEffect() {
    return effective;
  }

  private WriteResult<T> confirmedInstead() {
    T there = about().in(store.log().get().base());
    return there == null ? new WriteResult.Gone<>() : new WriteResult.Conflict<>(there);
  }

  /** Forgets a mutation that was never made, since another store refused its share. */
  void withdrawn() {
    settled.set(true);
    store.forget(this);
    companions.forEach(other -> other.store().forget(this));
  }

  /** Takes the mutation out of the other stores that it goes over, and settles it. */
  void storeClosed(LoggedStore<?> closed) {
    if (!settled.get()) {
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

  private void stop() {
    Timer running = timer;
    if (running != null) {
      running.cancel();
    }
    Task<WriteResult<T>> started = task;
    if (started != null) {
      started.cancel();
    }
  }

  private boolean settle(WriteResult<T> result) {
    return settle(result, result.isSaved());
  }

  private boolean settle(WriteResult<T> result, boolean tookEffect) {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    effective = tookEffect;
    if (!tookEffect) {
      store.outcomes().failed(id);
    }
    try {
      round.incrementAndGet();
      stop();
      Deciding<T> decision = deciding;
      if (decision != null) {
        decision.cancel();
      }
      tell(result);
    } finally { // whatever foreign code did, those who wait go on
      promise.complete(result);
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
    if (!effective) {
      call("onError", plan.failed(), result);
    }
    call("onSettled", plan.settled(), result);
  }

  private void report(String problem, Throwable cause) {
    Probes.report("Store '" + store.name() + "'", problem.formatted(name(), id), cause);
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
    synchronized (promise) { // nothing that runs in here waits, or is foreign
      CompletionStage<WriteResult<T>> present = stage;
      if (present == null) {
        present = promise.minimalCompletionStage();
        stage = present;
      }
      return present;
    }
  }

  @Override
  public WriteResult<T> await() throws InterruptedException {
    try {
      return promise.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a mutation does not fail", e);
    }
  }

  @Override
  public boolean isSettled() {
    return settled.get();
  }
}
