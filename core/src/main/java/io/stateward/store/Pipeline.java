package io.stateward.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an action passes on its way into a store, as it stands at one moment. */
record Pipeline<S, A>(
    List<Entry<Reducer<S, A>>> reducers,
    List<Entry<Middleware.Around<S, A>>> arounds,
    List<Entry<Middleware.Check<S, A>>> checks,
    List<Entry<Recording<S, A>>> recordings) {

  /** Adds an entry to a list, or takes it out. */
  @FunctionalInterface
  interface Edit {
    <T> List<Entry<T>> apply(List<Entry<T>> entries, Entry<T> entry);
  }

  Pipeline(Reducer<S, A> reducer) {
    this(List.of(new Entry<>(reducer)), List.of(), List.of(), List.of());
  }

  Pipeline<S, A> reducers(Edit edit, Entry<Reducer<S, A>> entry) {
    return new Pipeline<>(edit.apply(reducers, entry), arounds, checks, recordings);
  }

  Pipeline<S, A> arounds(Edit edit, Entry<Middleware.Around<S, A>> entry) {
    return new Pipeline<>(reducers, edit.apply(arounds, entry), checks, recordings);
  }

  Pipeline<S, A> checks(Edit edit, Entry<Middleware.Check<S, A>> entry) {
    return new Pipeline<>(reducers, arounds, edit.apply(checks, entry), recordings);
  }

  Pipeline<S, A> recordings(Edit edit, Entry<Recording<S, A>> entry) {
    return new Pipeline<>(reducers, arounds, checks, edit.apply(recordings, entry));
  }

  /** Returns the state after an action; null as soon as a reducer returns that. */
  @Nullable S reduce(S state, A action) {
    S next = state;
    for (int i = 0; i < reducers.size() && next != null; i++) {
      next = reducers.get(i).it.reduce(next, action);
    }
    return next;
  }

  boolean handles(A action) {
    return reducers.stream().anyMatch(reducer -> reducer.it.handles(action));
  }

  /** Returns the first objection to a commit. */
  @Nullable String objection(S before, S after) {
    for (int i = 0; i < checks.size(); i++) {
      String objection = checks.get(i).it.objection(before, after);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }
}
