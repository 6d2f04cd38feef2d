package io.stateward.store;

import io.stateward.scope.Cancellation;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import io.stateward.time.Timekeeper;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Listeners to the actions of a store: side effects that begin after a dispatch, on an executor of
 * the host's, and may wait for what comes next.
 *
 * <pre>{@code
 * try (Listeners<App, Action> listeners = Listeners.of(store, executor)) {
 *   listeners.on(Ordered.class, (ordered, run) -> {
 *     if (run.take(Paid.class, Duration.ofMinutes(30)) == null) {
 *       store.dispatch(new Expired(ordered.id()));
 *     }
 *   });
 * }
 * }</pre>
 *
 * <p>They are told of every action that was not refused, also of one that changed nothing. An
 * action that is for listeners alone is declared by a reducer that leaves the state as it is; else
 * it counts as one that nobody handles.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> A run begins after its action was dispatched. Actions that several threads
 * dispatch at once may reach listeners in another order than they were committed in; use {@link
 * Middleware#recording} where that order counts.
 *
 * <p><b>Failure.</b> What a listener throws is reported, and it goes on listening; so is work that
 * the executor refuses.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @since 0.1
 */
public final class Listeners<S, A> implements AutoCloseable {

  final ReducingStore<S, A> store;
  final Executor executor;
  final Timekeeper timekeeper;
  final Cancellation cancellation;
  private final List<Entry<ListenerEntry<S, A, ?>>> listeners = new CopyOnWriteArrayList<>();
  private final List<Waiter<A, ?>> waiters = new CopyOnWriteArrayList<>();
  private final Subscription use;
  private volatile boolean closed;

  private Listeners(
      ReducingStore<S, A> store,
      Executor executor,
      Timekeeper timekeeper,
      Cancellation cancellation) {
    this.store = Objects.requireNonNull(store, "store");
    this.executor = Objects.requireNonNull(executor, "executor");
    this.timekeeper = Objects.requireNonNull(timekeeper, "timekeeper");
    this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
    use = store.use(Middleware.around(this::around));
    cancellation.onCancel(this::close);
  }

  /**
   * Creates listeners.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param store whose actions to listen to
   * @param executor where listeners run, and block; one with virtual threads is welcome
   * @return listeners to close when they are no longer wanted
   */
  public static <S, A> Listeners<S, A> of(ReducingStore<S, A> store, Executor executor) {
    return of(store, executor, Timekeeper.system(), Cancellation.none());
  }

  /**
   * Creates listeners that end with somebody else.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param store whose actions to listen to
   * @param executor where listeners run, and block
   * @param timekeeper whose time delays and limits go by
   * @param cancellation closes them, for example that of a scope
   * @return listeners
   */
  public static <S, A> Listeners<S, A> of(
      ReducingStore<S, A> store,
      Executor executor,
      Timekeeper timekeeper,
      Cancellation cancellation) {
    return new Listeners<>(store, executor, timekeeper, cancellation);
  }

  /**
   * Listens for actions of a type.
   *
   * @param <B> the type
   * @param type the class of the actions, subtypes included
   * @param listener run for each of them
   * @return a subscription that ends the listening when closed; runs under way go on
   */
  public <B extends A> Subscription on(Class<B> type, Listener<S, A, B> listener) {
    return on(type, action -> true, listener);
  }

  /**
   * Listens for actions of a type that meet a condition.
   *
   * @param <B> the type
   * @param type the class of the actions, subtypes included
   * @param condition called on the thread that dispatched; keep it short
   * @param listener run for each of them
   * @return a subscription that ends the listening when closed; runs under way go on
   */
  public <B extends A> Subscription on(
      Class<B> type, Predicate<? super B> condition, Listener<S, A, B> listener) {
    Entry<ListenerEntry<S, A, ?>> entry =
        new Entry<>(new ListenerEntry<>(this, type, condition, listener));
    listeners.add(entry);
    Subscription listening = () -> listeners.remove(entry);
    entry.it.stopBy(listening);
    return listening;
  }

  private Dispatched<S> around(A action, Next<S, A> next) {
    Dispatched<S> outcome = next.dispatch(action);
    if (!(outcome instanceof Dispatched.Vetoed)) {
      waiters.forEach(waiter -> waiter.offer(action));
      listeners.forEach(listener -> tell(listener.it, action));
    }
    return outcome;
  }

  private void tell(ListenerEntry<S, A, ?> listener, A action) {
    try {
      listener.offer(action);
    } catch (Throwable t) { // its condition
      report("Its condition threw; it was not run.", t);
    }
  }

  void report(String problem, Throwable thrown) {
    Probes.report("Listener of store '%s'".formatted(store.name()), problem, thrown);
  }

  /** Starts waiting for an action; whoever completes it, it is forgotten then. */
  <B extends A> Waiter<A, B> await(Class<B> type) {
    Waiter<A, B> waiter = new Waiter<>(type);
    waiters.add(waiter);
    return waiter;
  }

  void forget(Waiter<A, ?> waiter) {
    waiters.remove(waiter);
  }

  boolean isClosed() {
    return closed;
  }

  /** Cancels the runs under way; listeners go on listening. */
  public void cancelAll() {
    listeners.forEach(listener -> listener.it.cancelAll());
  }

  /** Stops listening and cancels the runs under way. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    use.close();
    cancelAll();
  }
}
