package io.stateward.store;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Root;
import io.stateward.signal.internal.Underway;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The reducing store that holds its state itself. */
class ReducingRoot<S, A> extends Root<S> implements ReducingStore<S, A> {

  private static final WeakReference<Object> NO_TRANSACTION = new WeakReference<>(null);

  private final AtomicReference<Pipeline<S, A>> pipeline;
  private final Set<Class<?>> unhandled = ConcurrentHashMap.newKeySet(); // types reported already
  private WeakReference<Object> staging = NO_TRANSACTION; // guarded by the store's lock
  private long stagedVersion; // guarded by the store's lock

  ReducingRoot(S initial, Reducer<S, A> reducer) {
    super("store", Objects.requireNonNull(initial, "initial"));
    pipeline = new AtomicReference<>(new Pipeline<>(Objects.requireNonNull(reducer, "reducer")));
  }

  final Pipeline<S, A> pipeline() {
    return Objects.requireNonNull(pipeline.get());
  }

  @Override
  public Dispatched<S> dispatch(A action) {
    Pipeline<S, A> passed = pipeline();
    if (passed.arounds().isEmpty()) {
      return commit(action);
    }
    Objects.requireNonNull(action, "action");
    Underway.refuseInUpdater(() -> "update of store '%s'".formatted(name()));
    return Link.send(this, passed.arounds(), 0, action);
  }

  /** Commits what follows from an action that has passed what is around a dispatch. */
  final Dispatched<S> commit(A action) {
    Step<S, A> step = Step.of(this, action);
    super.update(step);
    Dispatched<S> outcome = step.outcome();
    if (outcome instanceof Dispatched.Unhandled) {
      reportUnhandled(action);
    }
    return outcome;
  }

  @Override
  public S update(UnaryOperator<S> updater) {
    Step<S, A> step = Step.ofUpdate(this, updater);
    super.update(step);
    return accepted(step.outcome());
  }

  /** Returns the state that an update left behind, unless it was refused. */
  final S accepted(Dispatched<S> outcome) {
    if (outcome instanceof Dispatched.Vetoed<S> vetoed) {
      throw new VetoedException(name(), vetoed.reason());
    }
    return outcome.state();
  }

  private void reportUnhandled(A action) {
    if (unhandled.add(action.getClass())) {
      Probes.report(
          "'" + name() + "'",
          "No reducer handles %s, so nothing changed. Handle it with Reducer.on(%s.class, ...), or do not dispatch it here; this is said once for each type."
              .formatted(Reducers.typeOf(action), action.getClass().getSimpleName()),
          null);
    }
  }

  /** Returns what to throw when a reducer, or an updater, returned null. */
  NullPointerException returnedNull(@Nullable A action) {
    return new NullPointerException(
        "The %s of store '%s' returned null for %s, so nothing changed. Return the next state, or the same one to change nothing."
            .formatted(action == null ? "updater" : "reducer", name(), Reducers.typeOf(action)));
  }

  /** Returns the version of the commit that is being made. Called under the store's lock. */
  final long versionUnderWay() {
    Object transaction = Underway.transaction();
    if (transaction == null) {
      return version() + 1;
    }
    if (staging.get() != transaction) {
      staging = new WeakReference<>(transaction);
      stagedVersion = version() + 1;
    }
    return stagedVersion; // what is staged counts as one commit
  }

  @Override
  public Subscription inject(Reducer<S, A> reducer) {
    Objects.requireNonNull(reducer, "reducer");
    refuse("adding a reducer");
    return add(Pipeline::reducers, new Entry<>(reducer));
  }

  @Override
  public Subscription use(Middleware<S, A> middleware) {
    Objects.requireNonNull(middleware, "middleware");
    refuse("adding a middleware");
    if (middleware instanceof Middleware.Around<S, A> around) {
      return add(Pipeline::arounds, new Entry<>(around));
    } else if (middleware instanceof Middleware.Check<S, A> check) {
      return add(Pipeline::checks, new Entry<>(check));
    }
    return record((Middleware.Recorder<S, A>) middleware);
  }

  private Subscription record(Middleware.Recorder<S, A> recorder) {
    Recording<S, A> recording = new Recording<>(name(), recorder);
    Subscription told =
        distinct((one, other) -> one == other) // commits of equal states are commits
            .named(name())
            .subscribe(Delivery.every().named("recorder"), recording::deliver);
    Subscription noted = add(Pipeline::recordings, new Entry<>(recording));
    super.update(
        state -> {
          recording.begin(version()); // whatever is committed from now on leaves a note
          return state;
        });
    return () -> {
      recording.close();
      told.close();
      noted.close();
    };
  }

  private void refuse(String attempted) {
    Underway.refuseInUpdater(() -> "%s to store '%s'".formatted(attempted, name()));
    if (isClosed()) {
      throw new ClosedException("'" + name() + "'", attempted);
    }
  }

  /** A place in the pipeline. */
  @FunctionalInterface
  private interface Place<S, A, T> {
    Pipeline<S, A> edit(Pipeline<S, A> pipeline, Pipeline.Edit edit, Entry<T> entry);
  }

  private <T> Subscription add(Place<S, A, T> place, Entry<T> entry) {
    pipeline.updateAndGet(present -> place.edit(present, Entry::plus, entry));
    return () -> pipeline.updateAndGet(present -> place.edit(present, Entry::minus, entry));
  }

  @Override
  public Reducer<S, A> reducer() {
    return new Reducer<>() {
      @Override
      public S reduce(S state, A action) {
        S next = pipeline().reduce(state, action);
        if (next == null) {
          throw returnedNull(action);
        }
        return next;
      }

      @Override
      public boolean handles(A action) {
        return pipeline().handles(action);
      }
    };
  }

  @Override
  public <T> Store<T> slice(Lens<S, T> lens) {
    return new SliceStore<>(this, this, lens);
  }

  @Override
  public ReducingStore<S, A> named(String name) {
    super.named(name);
    return this;
  }
}
