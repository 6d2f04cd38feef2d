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
      long version, @Nullable Object transaction, S before, S after, List<A> actions) {

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
    notes.add(
        new Note<>(
            version,
            Underway.transaction(),
            before,
            after,
            action == null ? List.of() : List.of(action)));
  }

  /** Tells of what was committed. Called in the delivery of the store, which is serial. */
  void deliver(Change<S> change) {
    for (Note<S, A> step = next(change); step != null; step = next(change)) {
      Note<S, A> following = notes.peek();
      boolean several = following != null && following.version == step.version;
      tell(several ? together(step) : step);
    }
  }

  private @Nullable Note<S, A> next(Change<S> change) {
    Note<S, A> head = notes.peek();
    return head != null && head.version <= change.version() ? notes.poll() : null;
  }

  /** Makes one note of the steps that share a version. */
  private Note<S, A> together(Note<S, A> first) {
    S before = first.before;
    Note<S, A> last = first;
    List<A> actions = new ArrayList<>(first.actions);
    boolean plain = first.actions.isEmpty(); // what an update did cannot be done again
    for (Note<S, A> next = notes.peek();
        next != null && next.version == first.version;
        next = notes.peek()) {
      notes.remove();
      if (!next.belongsTo(last)) { // what was before is of a transaction that failed
        before = next.before;
        actions.clear();
        plain = false;
      }
      actions.addAll(next.actions);
      plain |= next.actions.isEmpty();
      last = next;
    }
    return new Note<>(
        last.version,
        last.transaction,
        before,
        last.after,
        plain ? List.of() : List.copyOf(actions));
  }

  private void tell(Note<S, A> step) {
    if (step.version <= since || closed) {
      return;
    }
    try {
      recorder.committed(
          new Commit<>(step.version, step.before, step.after, step.actions, Underway.cause()));
    } catch (Throwable t) { // the recorder is foreign code
      Probes.report(
          "Recorder of store '%s'".formatted(store),
          "It threw at version %d; the commit stands, and it is told of the next one."
              .formatted(step.version),
          t);
    }
  }
}
