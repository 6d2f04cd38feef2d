package io.stateward.store;

import io.stateward.flow.Call;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.internal.Transaction;
import io.stateward.store.Lifecycle.Request;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes time, and a store that shows how far it is.
 *
 * <pre>{@code
 * AsyncAction<Long, User> fetchUser =
 *     AsyncAction.latest("users/fetch", Call.blocking(executor, api::user))
 *         .into(store.slice(App::user, App::withUser)); // an Async<User>
 * Task<User> task = fetchUser.start(7L);
 * task.cancel(); // interrupts the work; the store shows what it showed before
 * }</pre>
 *
 * <p>The policy says what happens to a run that is started while others are under way: {@link
 * #every} lets all of them run, {@link #latest} cancels the older ones, {@link #queue} waits for
 * them, {@link #drop} skips the new one. {@link #perKey} applies it key by key.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. The methods that configure return an
 * action of its own, with no runs; keep the one that you start.
 *
 * <p><b>Ordering.</b> When {@code start} returns, the store shows that the run is pending, unless
 * it has to wait. When a task ends, the store shows its result. A result that is older than the one
 * shown, or comes after a cancellation, is dropped.
 *
 * <p><b>Failure.</b> What the work throws is in the task, and in the store as {@link Async.Failed};
 * work says no with a value by throwing a {@link RejectedException}. A run that is skipped ends
 * with a {@link SkippedException}.
 *
 * @param <A> the type of the argument
 * @param <T> the type of the value
 * @since 0.1
 */
public final class AsyncAction<A, T> {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private enum Policy {
    EVERY,
    LATEST,
    QUEUE,
    DROP
  }

  /** What an action is made of. */
  private record Settings<A, T>(
      String name,
      Call<A, T> call,
      Policy policy,
      Predicate<? super A> condition,
      Function<? super A, ?> key,
      Timekeeper timekeeper,
      Cancellation cancellation,
      List<TargetOf<A, T>> targets) {}

  /** Makes the target for the key that an argument has. */
  @FunctionalInterface
  private interface TargetOf<A, T> {
    AsyncTarget<A, T> make(A argument, Timekeeper timekeeper);
  }

  private final Settings<A, T> settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, AsyncLane<A, T>> lanes = new HashMap<>(); // guarded by lock

  private AsyncAction(Settings<A, T> settings) {
    this.settings = settings;
  }

  private static <A, T> AsyncAction<A, T> of(String name, Call<A, T> call, Policy policy) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(call, "call");
    return new AsyncAction<>(
        new Settings<>(
            name,
            call,
            policy,
            argument -> true,
            argument -> "",
            Timekeeper.system(),
            Cancellation.none(),
            List.of()));
  }

  /**
   * Makes an action all of whose runs go on side by side. The store shows the result of the one
   * that was started last, of those that have ended.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param name the name, for errors and events
   * @param call the work
   * @return the action
   */
  public static <A, T> AsyncAction<A, T> every(String name, Call<A, T> call) {
    return of(name, call, Policy.EVERY);
  }

  /**
   * Makes an action of which the latest run counts: starting one cancels the older ones.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param name the name, for errors and events
   * @param call the work
   * @return the action
   */
  public static <A, T> AsyncAction<A, T> latest(String name, Call<A, T> call) {
    return of(name, call, Policy.LATEST);
  }

  /**
   * Makes an action whose runs wait for each other, in the order of their start.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param name the name, for errors and events
   * @param call the work
   * @return the action
   */
  public static <A, T> AsyncAction<A, T> queue(String name, Call<A, T> call) {
    return of(name, call, Policy.QUEUE);
  }

  /**
   * Makes an action that skips what is started while a run is under way.
   *
   * @param <A> the type of the argument
   * @param <T> the type of the value
   * @param name the name, for errors and events
   * @param call the work
   * @return the action
   */
  public static <A, T> AsyncAction<A, T> drop(String name, Call<A, T> call) {
    return of(name, call, Policy.DROP);
  }

  /**
   * Applies the policy to the runs of each key by themselves.
   *
   * @param key computes the key of an argument; a pure function
   * @return an action with that key
   */
  public AsyncAction<A, T> perKey(Function<? super A, ?> key) {
    Objects.requireNonNull(key, "key");
    return with(settings.condition, key, settings.timekeeper, settings.cancellation);
  }

  /**
   * Skips what does not meet a condition, before anything else.
   *
   * @param condition called with the argument on the thread that starts; may read stores. What it
   *     throws reaches who starts
   * @return an action with that condition
   */
  public AsyncAction<A, T> when(Predicate<? super A> condition) {
    Objects.requireNonNull(condition, "condition");
    return with(condition, settings.key, settings.timekeeper, settings.cancellation);
  }

  /**
   * Cancels whatever runs with somebody else.
   *
   * @param cancellation for example that of a scope
   * @return an action that can be cancelled so
   */
  public AsyncAction<A, T> within(Cancellation cancellation) {
    Objects.requireNonNull(cancellation, "cancellation");
    return with(settings.condition, settings.key, settings.timekeeper, cancellation);
  }

  /**
   * Chooses whose time {@link Async.Ready#at} tells; {@link Timekeeper#system()} unless chosen.
   *
   * @param timekeeper the timekeeper
   * @return an action on that time
   */
  public AsyncAction<A, T> timekeeper(Timekeeper timekeeper) {
    Objects.requireNonNull(timekeeper, "timekeeper");
    return with(settings.condition, settings.key, timekeeper, settings.cancellation);
  }

  private AsyncAction<A, T> with(
      Predicate<? super A> condition,
      Function<? super A, ?> key,
      Timekeeper timekeeper,
      Cancellation cancellation) {
    return new AsyncAction<>(
        new Settings<>(
            name(),
            settings.call,
            settings.policy,
            condition,
            key,
            timekeeper,
            cancellation,
            settings.targets));
  }

  /**
   * Shows how far it is in a store.
   *
   * @param store most often a slice; while runs are under way, this action writes to it
   * @return an action that writes there as well
   */
  public AsyncAction<A, T> into(Store<Async<T>> store) {
    Objects.requireNonNull(store, "store");
    return intoEach(argument -> store);
  }

  /**
   * Shows how far it is in a store for each key.
   *
   * @param store returns the store, most often a slice; called when a key begins to be busy
   * @return an action that writes there as well
   */
  public AsyncAction<A, T> intoEach(Function<? super A, ? extends Store<Async<T>>> store) {
    Objects.requireNonNull(store, "store");
    return targeting(
        (argument, timekeeper) -> new AsyncSlot<A, T>(store.apply(argument), timekeeper));
  }

  /**
   * Dispatches what happens to each run. Events of older runs are dispatched as well; a reducer
   * that minds tells them by {@link Request#number}.
   *
   * @param <X> the type of the store's actions
   * @param store the store
   * @param action makes an action of an event; a pure function
   * @return an action that dispatches as well
   */
  public <X> AsyncAction<A, T> dispatching(
      ReducingStore<?, X> store, Function<? super Lifecycle<A, T>, ? extends X> action) {
    Objects.requireNonNull(action, "action");
    AsyncTarget<A, T> target =
        new AsyncTarget.Dispatching<A, T, X>(Objects.requireNonNull(store, "store"), action);
    return targeting((argument, timekeeper) -> target);
  }

  private AsyncAction<A, T> targeting(TargetOf<A, T> target) {
    List<TargetOf<A, T>> more = new ArrayList<>(settings.targets);
    more.add(target);
    return new AsyncAction<>(
        new Settings<>(
            name(),
            settings.call,
            settings.policy,
            settings.condition,
            settings.key,
            settings.timekeeper,
            settings.cancellation,
            List.copyOf(more)));
  }

  /**
   * Returns the name.
   *
   * @return the name, as it was given
   */
  public String name() {
    return settings.name;
  }

  /**
   * Starts a run.
   *
   * @param argument what to do it with
   * @return the run; ended already if it was skipped
   * @throws NestedUpdateException if an updater or the body of an atomic update does it
   */
  public Task<T> start(A argument) {
    Objects.requireNonNull(argument, "argument");
    Transaction.refuseInside(() -> "start of async action '%s'".formatted(name()));
    if (!settings.condition.test(argument)) {
      return skipped("its condition was not met");
    }
    Object key = Objects.requireNonNull(settings.key.apply(argument), "key");
    AsyncLane<A, T> spare = isBusy(key) ? null : lane(key, argument);
    Admission<A, T> admission = admit(key, spare, argument);
    while (admission == null) { // the runs of the key have ended meanwhile
      admission = admit(key, lane(key, argument), argument);
    }
    AsyncRun<A, T> run = admission.run;
    if (run == null) {
      return skipped("another run is under way, and this action drops what comes meanwhile");
    }
    run.follow(settings.cancellation);
    if (settings.policy == Policy.QUEUE) {
      admission.lane.advance();
    } else {
      run.begin(settings.call, admission.superseded);
    }
    return run;
  }

  /** Where a run was let in, if it was, and which ones it takes the place of. */
  private record Admission<A, T>(
      AsyncLane<A, T> lane, @Nullable AsyncRun<A, T> run, List<AsyncRun<A, T>> superseded) {}

  /** Lets a run in, or not; null if the key has no lane and none is at hand. */
  private @Nullable Admission<A, T> admit(Object key, @Nullable AsyncLane<A, T> spare, A argument) {
    lock.lock();
    try {
      AsyncLane<A, T> lane = lanes.get(key);
      if (lane == null && spare != null) {
        lane = spare;
        lanes.put(key, lane);
      }
      if (lane == null) {
        return null;
      }
      if (settings.policy == Policy.DROP && !lane.isIdle()) {
        return new Admission<>(lane, null, List.of());
      }
      AsyncRun<A, T> run =
          new AsyncRun<>(lane, new Request<>(name(), NUMBERS.incrementAndGet(), argument));
      if (settings.policy == Policy.QUEUE) {
        lane.line(run);
        return new Admission<>(lane, run, List.of());
      }
      return new Admission<>(lane, run, lane.enter(run, settings.policy == Policy.LATEST));
    } finally {
      lock.unlock();
    }
  }

  private boolean isBusy(Object key) {
    lock.lock();
    try {
      return lanes.containsKey(key);
    } finally {
      lock.unlock();
    }
  }

  private AsyncLane<A, T> lane(Object key, A argument) {
    Timekeeper timekeeper = settings.timekeeper;
    List<AsyncTarget<A, T>> targets =
        settings.targets.stream().map(target -> target.make(argument, timekeeper)).toList();
    return new AsyncLane<>(this, key, lock, targets, timekeeper);
  }

  private Task<T> skipped(String why) {
    SkippedException skipped = new SkippedException(name(), why);
    return Call.<String, T>stage(nothing -> CompletableFuture.failedFuture(skipped)).start("");
  }

  /** Begins a run that has waited. */
  void begin(AsyncRun<A, T> run) {
    run.begin(settings.call, List.of());
  }

  /** Lets go of a lane that is idle. Called under the lock. */
  void forget(Object key, AsyncLane<A, T> lane) {
    lanes.remove(key, lane);
  }

  /**
   * Tells how many keys have runs under way, or waiting. Without {@link #perKey} there is one key.
   *
   * @return the number of keys; nothing is kept of the others
   */
  public int busy() {
    lock.lock();
    try {
      return lanes.size();
    } finally {
      lock.unlock();
    }
  }

  /** Cancels every run, and those that wait. Cancelling when nothing runs does nothing. */
  public void cancelAll() {
    List<AsyncRun<A, T>> all = new ArrayList<>();
    lock.lock();
    try {
      lanes.values().forEach(lane -> all.addAll(lane.all()));
    } finally {
      lock.unlock();
    }
    all.forEach(AsyncRun::cancel);
  }
}
