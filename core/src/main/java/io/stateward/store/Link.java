package io.stateward.store;

import io.stateward.signal.internal.Probes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one action from a middleware on. It is made anew for each dispatch, because it notes
 * what came of the rest of the way: that is what tells a middleware that throws before the commit
 * from one that throws after it.
 */
final class Link<S, A> implements Next<S, A> {

  private final ReducingRoot<S, A> store;
  private final List<Entry<Middleware.Around<S, A>>> arounds;
  private final int position;

  // Written and read by the thread that dispatches; one that uses the link later writes in vain.
  private Dispatched.@Nullable Committed<S> committed;

  private Link(
      ReducingRoot<S, A> store, List<Entry<Middleware.Around<S, A>>> arounds, int position) {
    this.store = store;
    this.arounds = arounds;
    this.position = position;
  }

  /** Sends an action through the middleware from a position on, and into the store. */
  static <S, A> Dispatched<S> send(
      ReducingRoot<S, A> store,
      List<Entry<Middleware.Around<S, A>>> arounds,
      int position,
      A action) {
    if (position == arounds.size()) {
      return store.commit(action);
    }
    Middleware.Around<S, A> around = arounds.get(position).it;
    Link<S, A> rest = new Link<>(store, arounds, position + 1);
    try {
      Dispatched<S> outcome = around.around(action, rest);
      return outcome == null ? rest.missing(around, action) : outcome;
    } catch (Throwable t) { // the middleware is foreign code
      Dispatched.Committed<S> made = rest.committed;
      if (made == null) {
        throw t;
      }
      rest.report(around, made, action, t);
      return made;
    }
  }

  private Dispatched<S> missing(Middleware.Around<S, A> around, A action) {
    throw new NullPointerException(
        "Middleware %s of store '%s' returned null for %s. Return what next.dispatch(action) returned, or next.veto(reason)."
            .formatted(nameOf(around), store.name(), Reducers.typeOf(action)));
  }

  private void report(
      Middleware.Around<S, A> around, Dispatched.Committed<S> made, A action, Throwable thrown) {
    Probes.report(
        "Middleware %s of store '%s'".formatted(nameOf(around), store.name()),
        "It threw after version %d was committed for %s; the commit stands."
            .formatted(made.version(), Reducers.typeOf(action)),
        thrown);
  }

  private static String nameOf(Object middleware) {
    return middleware.getClass().getSimpleName();
  }

  @Override
  public Dispatched<S> dispatch(A action) {
    Dispatched<S> outcome = send(store, arounds, position, action);
    if (outcome instanceof Dispatched.Committed<S> made) {
      committed = made;
    }
    return outcome;
  }

  @Override
  public ReducingStore<S, A> store() {
    return store;
  }
}
