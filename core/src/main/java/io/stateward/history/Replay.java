package io.stateward.history;

import io.stateward.signal.internal.Probes;
import io.stateward.store.Reducer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds entries of a timeline anew.
 *
 * @param name whose timeline it is, for reports
 * @param reducer what follows from a state and an action; pure
 */
record Replay<S, A>(String name, Reducer<S, A> reducer) {

  /**
   * Returns the state to show after an entry.
   *
   * @param shown the state that is shown before it
   * @param actual the state that the store had before it
   * @param entry the entry
   */
  S after(S shown, S actual, TimelineLog.Entry<S, A> entry) {
    if (entry.skipped()) {
      return shown;
    }
    if (shown == actual || entry.actions().isEmpty()) {
      return entry.actual(); // what is known need not be computed; what has no action cannot be
    }
    return fold(shown, entry.actions(), entry.version());
  }

  /** Returns the state that a commit made, which is saved only if it cannot be computed. */
  S actual(S before, SavedTimeline.Commit<S, A> commit) {
    S saved = commit.after();
    return saved != null ? saved : fold(before, commit.actions(), commit.version());
  }

  private S fold(S from, List<A> actions, long version) {
    S state = from;
    for (A action : actions) {
      state = reduced(state, action, version);
    }
    return state;
  }

  private S reduced(S state, A action, long version) {
    try {
      S next = reducer.reduce(state, action);
      if (next != null) {
        return next;
      }
      report(action, version, "The reducer returned null", null);
    } catch (Throwable t) { // the reducer is foreign code, and this state is new to it
      report(action, version, "The reducer threw", t);
    }
    return state;
  }

  private void report(A action, long version, String problem, @Nullable Throwable cause) {
    Probes.report(
        "Timeline of '%s'".formatted(name),
        "%s for %s of version %d, replayed without what was skipped; it shows the state before."
            .formatted(problem, action, version),
        cause);
  }
}
