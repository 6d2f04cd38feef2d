package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Concurrently;
import io.stateward.signal.Delivery;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Signal;
import io.stateward.signal.StatewardException;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store that is right except for one flaw: what the contract kit is tested with. */
final class FlawedStore<S> extends ForwardingStore<S> {

  private static final ThreadLocal<Boolean> UPDATING = ThreadLocal.withInitial(() -> false);
  private static final ThreadLocal<Boolean> TOLD = ThreadLocal.withInitial(() -> false);
  private static final ThreadLocal<Deque<Runnable>> LATER = new ThreadLocal<>();

  private final StoreFlaw flaw;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong identical = new AtomicLong();
  private volatile boolean closed;

  FlawedStore(Store<S> right, StoreFlaw flaw, Duration patience) {
    super(right);
    this.flaw = flaw;
    this.patience = patience;
  }

  @Override
  public S get() {
    return flaw == StoreFlaw.READS_WAIT_FOR_UPDATERS ? locked(store::get) : store.get();
  }

  @Override
  public long version() {
    return store.version() + identical.get();
  }

  @Override
  public S update(UnaryOperator<S> updater) {
    return switch (flaw) {
      case READS_WAIT_FOR_UPDATERS, SELECTS_UNDER_THE_LOCK, TELLS_UNDER_THE_LOCK ->
          locked(() -> store.update(updater));
      case RETURNS_WHAT_IS_THERE_LATER -> {
        store.update(updater);
        Thread.yield();
        yield store.get();
      }
      case RUNS_UPDATERS_AGAIN -> updateOptimistically(updater);
      case TELLS_ITS_SUBSCRIBERS_AFTER_THE_UPDATE -> updateThenTell(updater);
      case IGNORES_UPDATES_ONCE_CLOSED -> isClosed() ? store.get() : store.update(updater);
      case FINISHES_THE_DELIVERY_AFTER_CLOSING -> {
        refuseIfClosed("update");
        yield store.update(updater);
      }
      case SWALLOWS_EXCEPTIONS_OF_UPDATERS -> store.update(state -> swallow(updater, state));
      case SWALLOWS_ERRORS_OF_UPDATERS -> store.update(state -> swallowErrors(updater, state));
      case NULL_MEANS_NO_CHANGE ->
          store.update(
              state -> {
                S next = updater.apply(state);
                return next == null ? state : next;
              });
      case IDENTICAL_STATE_COUNTS -> {
        S before = store.get();
        S after = store.update(updater);
        identical.addAndGet(before == after ? 1 : 0);
        yield after;
      }
      case HIDES_THE_CHAIN_OF_CAUSES ->
          TOLD.get()
              ? Concurrently.valueElsewhere(patience, () -> store.update(updater))
              : store.update(updater);
      case ATOMIC_UPDATES_TAKE_ANY_STORE -> updateAnyway(updater);
      default -> store.update(updater);
    };
  }

  private S updateOptimistically(UnaryOperator<S> updater) {
    while (true) {
      S before = store.get();
      S next = updater.apply(before);
      AtomicBoolean done = new AtomicBoolean();
      store.update(
          now -> {
            done.set(now == before);
            return now == before ? next : now;
          });
      if (done.get()) {
        return next;
      }
    }
  }

  private S updateThenTell(UnaryOperator<S> updater) {
    if (LATER.get() != null) {
      return store.update(updater);
    }
    Deque<Runnable> later = new ArrayDeque<>();
    LATER.set(later);
    try {
      S after = store.update(updater);
      while (!later.isEmpty()) {
        later.poll().run();
      }
      return after;
    } finally {
      LATER.remove();
    }
  }

  private S updateAnyway(UnaryOperator<S> updater) {
    boolean nested = UPDATING.get();
    try {
      return store.update(
          state -> {
            UPDATING.set(true);
            try {
              return updater.apply(state);
            } finally {
              UPDATING.set(nested);
            }
          });
    } catch (NestedUpdateException e) {
      if (nested || !e.getMessage().contains(" and two'")) {
        throw e;
      }
      return Concurrently.valueElsewhere(patience, () -> store.update(updater));
    }
  }

  private S swallow(UnaryOperator<S> updater, S state) {
    try {
      return updater.apply(state);
    } catch (StatewardException e) {
      throw e;
    } catch (RuntimeException e) {
      return state;
    }
  }

  private S swallowErrors(UnaryOperator<S> updater, S state) {
    try {
      return updater.apply(state);
    } catch (Error e) {
      return state;
    }
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<S>> subscriber) {
    return switch (flaw) {
      case TELLS_ITS_SUBSCRIBERS_AFTER_THE_UPDATE ->
          store.subscribe(delivery, change -> tellLater(() -> subscriber.accept(change)));
      case IGNORES_SUBSCRIBERS_ONCE_CLOSED ->
          isClosed() ? () -> {} : store.subscribe(delivery, subscriber);
      case FINISHES_THE_DELIVERY_AFTER_CLOSING -> {
        refuseIfClosed("subscribe");
        yield store.subscribe(delivery, subscriber);
      }
      case HIDES_THE_CHAIN_OF_CAUSES ->
          store.subscribe(
              delivery,
              change -> {
                TOLD.set(true);
                try {
                  subscriber.accept(change);
                } finally {
                  TOLD.set(false);
                }
              });
      default -> subscribeTo(store, delivery, subscriber);
    };
  }

  private static void tellLater(Runnable telling) {
    Deque<Runnable> later = LATER.get();
    if (later == null) {
      telling.run();
    } else {
      later.add(telling);
    }
  }

  /** Subscribes to the store or to a selection of it. */
  private <T> Subscription subscribeTo(
      Signal<T> signal, Delivery delivery, Consumer<? super Change<T>> subscriber) {
    boolean skips =
        flaw == StoreFlaw.SKIPS_WHAT_IS_OVERTAKEN && delivery.mode() == Delivery.Mode.LATEST;
    if (!skips) {
      return signal.subscribe(delivery, subscriber);
    }
    return signal.subscribe(
        Delivery.every(),
        change -> {
          if (store.version() == change.version()) {
            subscriber.accept(change);
          }
        });
  }

  @Override
  public <T> Signal<T> select(Function<? super S, ? extends T> selector) {
    return switch (flaw) {
      case FAILED_SELECTORS_GIVE_NULL -> store.select(state -> orNull(selector, state));
      case SELECTS_UNDER_THE_LOCK ->
          store.select(state -> this.<T>locked(() -> selector.apply(state)));
      default -> new FlawedSelection<>(store.select(selector), selector);
    };
  }

  private static <A, R> R orNull(Function<? super A, ? extends R> function, A argument) {
    try {
      return function.apply(argument);
    } catch (RuntimeException e) {
      return null;
    }
  }

  @Override
  public <A, B, T> Signal<T> select(
      Function<? super S, ? extends A> first,
      Function<? super S, ? extends B> second,
      BiFunction<? super A, ? super B, ? extends T> combiner) {
    return flaw == StoreFlaw.COMBINES_PARTS_AT_EACH_COMMIT
        ? store.select(state -> combiner.apply(first.apply(state), second.apply(state)))
        : store.select(first, second, combiner);
  }

  @Override
  public <K, V> Keyed<K, V> entries(Function<? super S, ? extends Map<K, V>> map) {
    Keyed<K, V> right = store.entries(map);
    return switch (flaw) {
      case LOOKS_AT_EVERY_OBSERVED_KEY -> key -> store.select(state -> map.apply(state).get(key));
      case MISSES_REMOVED_ENTRIES ->
          key ->
              new ForwardingSignal<V>(right.at(key)) {
                @Override
                public Subscription subscribe(
                    Delivery delivery, Consumer<? super Change<V>> subscriber) {
                  return right.subscribe(
                      delivery,
                      change -> {
                        if (change.now() != null) {
                          subscriber.accept(change);
                        }
                      });
                }
              };
      default -> right;
    };
  }

  @Override
  public <T> Store<T> slice(Lens<S, T> lens) {
    return new FlawedSlice<>(store.slice(lens), store, flaw);
  }

  @Override
  public void close() {
    closed = true;
    if (flaw != StoreFlaw.FINISHES_THE_DELIVERY_AFTER_CLOSING) {
      store.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private void refuseIfClosed(String attempted) {
    if (closed) {
      throw new ClosedException("'" + name() + "'", attempted);
    }
  }

  /** Takes the lock of this store, which a right one does not have. */
  <R> R locked(Supplier<R> work) {
    try {
      if (!lock.tryLock(patience.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("blocked");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A selection that is right except for the flaw of its store. */
  private final class FlawedSelection<T> extends ForwardingSignal<T> {

    private final Function<? super S, ? extends T> selector;

    FlawedSelection(Signal<T> right, Function<? super S, ? extends T> selector) {
      super(right);
      this.selector = selector;
    }

    @Override
    public T get() {
      return flaw == StoreFlaw.SELECTS_AT_EACH_READ ? selector.apply(store.get()) : right.get();
    }

    @Override
    public Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
      return switch (flaw) {
        case TELLS_OF_EVERY_COMMIT ->
            store.subscribe(
                delivery,
                change ->
                    subscriber.accept(
                        new Change<>(
                            selector.apply(change.was()),
                            selector.apply(change.now()),
                            change.version())));
        case EVALUATES_FOR_EACH_SUBSCRIBER ->
            store.<T>select(selector).subscribe(delivery, subscriber);
        case TELLS_UNDER_THE_LOCK ->
            right.subscribe(
                delivery,
                change ->
                    locked(
                        () -> {
                          subscriber.accept(change);
                          return true;
                        }));
        default -> subscribeTo(right, delivery, subscriber);
      };
    }
  }
}
