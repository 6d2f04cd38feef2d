package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import io.stateward.signal.NestedUpdateException;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Probes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A reducing store that is right except for one flaw: what the contract kit is tested with. */
final class FlawedReducing extends ForwardingStore<Sample> implements ReducingStore<Sample, Deed> {

  private final ReducingStore<Sample, Deed> right;
  private final ReducingFlaw flaw;
  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadLocal<Boolean> updating = ThreadLocal.withInitial(() -> false);
  private final ThreadLocal<Boolean> told = ThreadLocal.withInitial(() -> false);
  private final ThreadLocal<RuntimeException> thrown = new ThreadLocal<>();
  private final List<Middleware<Sample, Deed>> used = new ArrayList<>();
  private final List<Subscription> uses = new ArrayList<>();

  FlawedReducing(ReducingStore<Sample, Deed> right, ReducingFlaw flaw) {
    super(right);
    this.right = right;
    this.flaw = flaw;
  }

  static Reducer<Sample, Deed> reducer(Reducer<Sample, Deed> reducer, ReducingFlaw flaw) {
    return switch (flaw) {
      case REDUCES_TWICE -> (state, deed) -> reducer.reduce(reducer.reduce(state, deed), deed);
      case EVERYTHING_IS_HANDLED -> reducer::reduce;
      case SWALLOWS_EXCEPTIONS_OF_REDUCERS ->
          new Reducer<>() {
            @Override
            public Sample reduce(Sample state, Deed deed) {
              try {
                return reducer.reduce(state, deed);
              } catch (IllegalStateException e) {
                return state;
              }
            }

            @Override
            public boolean handles(Deed deed) {
              return reducer.handles(deed);
            }
          };
      case NULL_MEANS_NO_CHANGE ->
          (state, deed) -> deed instanceof Deed.Vanish ? state : reducer.reduce(state, deed);
      default -> reducer;
    };
  }

  @Override
  public Reducer<Sample, Deed> reducer() {
    return right.reducer();
  }

  @Override
  public Dispatched<Sample> dispatch(Deed deed) {
    if (flaw == ReducingFlaw.FORGETS_DISPATCHES_OF_CALLBACKS && told.get()) {
      return new Dispatched.Unchanged<>(get());
    }
    Sample before = get();
    Dispatched<Sample> outcome;
    try {
      outcome = right.dispatch(deed);
    } catch (NestedUpdateException e) {
      if (flaw == ReducingFlaw.RUNS_MIDDLEWARE_BEFORE_REFUSING
          && used.get(0) instanceof Middleware.Around<Sample, Deed> around) {
        around.around(deed, next());
      }
      throw e;
    }
    return tamper(deed, before, outcome);
  }

  private Next<Sample, Deed> next() {
    return new Next<>() {
      @Override
      public Dispatched<Sample> dispatch(Deed deed) {
        return new Dispatched.Unchanged<>(FlawedReducing.this.get());
      }

      @Override
      public ReducingStore<Sample, Deed> store() {
        return FlawedReducing.this;
      }
    };
  }

  private Dispatched<Sample> tamper(Deed deed, Sample before, Dispatched<Sample> outcome) {
    RuntimeException late = thrown.get();
    thrown.remove();
    if (late != null) {
      throw late;
    }
    switch (flaw) {
      case RETURNS_THE_STATE_BEFORE -> {
        return new Dispatched.Committed<>(before, version());
      }
      case EVERYTHING_IS_COMMITTED -> {
        return new Dispatched.Committed<>(outcome.state(), version());
      }
      case REPORTS_AGAIN -> {
        if (outcome instanceof Dispatched.Unhandled) {
          Probes.report("'" + name() + "'", "No reducer handles this one either.", null);
        }
      }
      case RECORDS_WHAT_IS_REFUSED -> {
        if (outcome instanceof Dispatched.Vetoed
            && used.get(0) instanceof Middleware.Recorder<Sample, Deed> r) {
          r.committed(new Commit<>(version(), before, before, List.of(deed), null));
        }
      }
      default -> {}
    }
    return outcome;
  }

  @Override
  public Sample update(UnaryOperator<Sample> updater) {
    updating.set(true);
    try {
      return flaw == ReducingFlaw.MIDDLEWARE_RUNS_UNDER_A_LOCK
          ? locked(() -> right.update(updater))
          : right.update(updater);
    } finally {
      updating.set(false);
    }
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<Sample>> subscriber) {
    return right.subscribe(
        delivery,
        change -> {
          told.set(true);
          try {
            subscriber.accept(change);
          } finally {
            told.set(false);
          }
        });
  }

  @Override
  public Subscription inject(Reducer<Sample, Deed> reducer) {
    Subscription in = right.inject(reducer);
    return flaw == ReducingFlaw.LATE_REDUCERS_STAY ? () -> {} : in;
  }

  @Override
  public Subscription use(Middleware<Sample, Deed> middleware) {
    used.add(middleware);
    if (flaw == ReducingFlaw.LAST_USED_IS_OUTERMOST) {
      uses.forEach(Subscription::close);
      uses.clear();
      for (int i = used.size() - 1; i >= 0; i--) {
        uses.add(right.use(used.get(i)));
      }
      return () -> uses.forEach(Subscription::close);
    }
    Subscription use = right.use(flawed(middleware));
    uses.add(use);
    return switch (flaw) {
      case RECORDS_AFTER_THE_END -> () -> {};
      case TAKES_OUT_THE_FIRST_OF_TWINS -> uses.get(used.indexOf(middleware))::close;
      default -> use;
    };
  }

  private Middleware<Sample, Deed> flawed(Middleware<Sample, Deed> middleware) {
    if (middleware instanceof Middleware.Around<Sample, Deed> around) {
      return Middleware.around((deed, next) -> around(around, deed, next));
    } else if (middleware instanceof Middleware.Check<Sample, Deed> check) {
      return check(check);
    }
    return recorder((Middleware.Recorder<Sample, Deed>) middleware);
  }

  private Dispatched<Sample> around(
      Middleware.Around<Sample, Deed> around, Deed deed, Next<Sample, Deed> next) {
    return switch (flaw) {
      case MIDDLEWARE_CANNOT_HOLD_BACK -> next.dispatch(deed);
      case MIDDLEWARE_RUNS_UNDER_A_LOCK -> locked(() -> around.around(deed, next));
      case SWALLOWS_EXCEPTIONS_OF_MIDDLEWARE -> {
        try {
          yield around.around(deed, next);
        } catch (RuntimeException e) {
          yield next.dispatch(deed);
        }
      }
      case THROWS_AFTER_THE_COMMIT -> {
        try {
          yield around.around(deed, next);
        } catch (RuntimeException e) {
          thrown.set(e);
          yield new Dispatched.Unchanged<>(get());
        }
      }
      default -> around.around(deed, next);
    };
  }

  private Middleware<Sample, Deed> check(Middleware.Check<Sample, Deed> check) {
    return switch (flaw) {
      case CHECKS_AFTER_THE_COMMIT ->
          Middleware.recording(
              commit -> {
                if (check.objection(commit.before(), commit.after()) != null) {
                  right.update(state -> commit.before());
                }
              });
      case UPDATES_ARE_NOT_CHECKED ->
          Middleware.checking(
              (before, after) -> updating.get() ? null : check.objection(before, after));
      case CHECKS_WHAT_WAS_THERE ->
          Middleware.checking((before, after) -> check.objection(before, before));
      case A_CHECK_THAT_THROWS_AGREES ->
          Middleware.checking(
              (before, after) -> {
                try {
                  return check.objection(before, after);
                } catch (RuntimeException e) {
                  return null;
                }
              });
      default -> check;
    };
  }

  private Middleware<Sample, Deed> recorder(Middleware.Recorder<Sample, Deed> recorder) {
    if (flaw == ReducingFlaw.RECORDS_OUT_OF_TURN) {
      return Middleware.around(
          (deed, next) -> {
            Sample before = get();
            Dispatched<Sample> outcome = next.dispatch(deed);
            Thread.yield();
            recorder.committed(
                new Commit<>(version(), before, outcome.state(), List.of(deed), null));
            return outcome;
          });
    }
    return Middleware.recording(
        commit -> {
          if (flaw == ReducingFlaw.SKIPS_EQUAL_STATES && commit.before().equals(commit.after())) {
            return;
          }
          try {
            recorder.committed(
                new Commit<>(
                    commit.version(),
                    commit.before(),
                    commit.after(),
                    actions(commit),
                    flaw == ReducingFlaw.HIDES_CAUSES ? null : commit.cause()));
          } catch (RuntimeException e) {
            if (flaw == ReducingFlaw.A_RECORDER_THAT_THROWS_IS_TAKEN_OUT) {
              uses.forEach(Subscription::close);
            }
            throw e;
          }
        });
  }

  private List<Deed> actions(Commit<Sample, Deed> commit) {
    List<Deed> actions = commit.actions();
    return switch (flaw) {
      case FORGETS_ACTIONS -> List.of();
      case UPDATES_HAVE_ACTIONS -> actions.isEmpty() ? List.of(new Deed.Rest()) : actions;
      case KEEPS_THE_LAST_ACTION_ONLY ->
          actions.isEmpty() ? actions : actions.subList(actions.size() - 1, actions.size());
      default -> actions;
    };
  }

  private <R> R locked(Supplier<R> work) {
    try {
      if (!lock.tryLock(1, TimeUnit.SECONDS)) {
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

  @Override
  public ReducingStore<Sample, Deed> named(String name) {
    right.named(name);
    return this;
  }
}
