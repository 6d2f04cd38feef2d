package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.internal.Probes;
import io.stateward.signal.internal.Underway;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What a recorder will be told: noted under the lock of the store, told in its delivery. */
final class Recording<S, A> {

  /*
   * Ordering
   * --------
   * Each step leaves a note under the commit lock, so notes are in the order of versions. A delivery
   * of version v tells of every version up to v that has a note: one, as a rule; several, if the store
   * had to merge commits because a subscriber held it up too long.
   *
   * All steps of an atomic update share one version. If its body throws, the version is given to the
   * next commit, so what counts for a version are the notes of the last transaction that left some.
   */

  private final Middleware.Recorder<S, A> recorder;
  private final String store;
  private final Queue<Note<S, A>> notes = new ConcurrentLinkedQueue<>();
  private volatile long since = Long.MAX_VALUE;
  private volatile boolean closed;

  private record Note<S, A>(
      long version, @Nullable Object transaction, S before, S after, @Nullable A action) {

    boolean belongsTo(Note<S, A> earlier) {
      return transaction != null && transaction == earlier.transaction;
    }
  }

  Recording(String store, Middleware.Recorder<S, A> recorder) {
    this.store = store;
    this.recorder = recorder;
  }

  /** Starts after a version. Called under the lock of the store. */
  void begin(long version) {
    since = version;
  }

  void close() {
    closed = true;
  }

  /** Notes a step that is about to be committed, or staged. Called under the lock of the store. */
  void note(long version, S before, S after, @Nullable A action) {
    notes.add(new Note<>(version, Underway.transaction(), before, after, action));
  }

  /** Tells of what was committed. Called in the delivery of the store, which is serial. */
  void deliver(Change<S> change) {
    List<Note<S, A>> steps = new ArrayList<>(1);
    for (Note<S, A> next = notes.peek();
        next != null && next.version <= change.version();
        next = notes.peek()) {
      notes.remove();
      if (!steps.isEmpty() && steps.get(0).version != next.version) {
        tell(steps);
        steps.clear();
      } else if (!steps.isEmpty() && !next.belongsTo(steps.get(0))) {
        steps.clear(); // of a transaction that failed
      }
      steps.add(next);
    }
    tell(steps);
  }

  private void tell(List<Note<S, A>> steps) {
    if (steps.isEmpty() || steps.get(0).version <= since || closed) {
      return;
    }
    Note<S, A> last = steps.get(steps.size() - 1);
    S before = steps.get(0).before;
    try {
      recorder.committed(
          new Commit<>(last.version, before, last.after, actions(steps), Underway.cause()));
    } catch (Throwable t) { // the recorder is foreign code
      Probes.report(
          "Recorder of store '%s'".formatted(store),
          "It threw at version %d; the commit stands, and it is told of the next one."
              .formatted(last.version),
          t);
    }
  }

  private static <S, A> List<A> actions(List<Note<S, A>> steps) {
    List<A> actions = new ArrayList<>(steps.size());
    for (Note<S, A> step : steps) {
      if (step.action == null) {
        return List.of(); // what an update did cannot be done again
      }
      actions.add(step.action);
    }
    return actions;
  }
}
