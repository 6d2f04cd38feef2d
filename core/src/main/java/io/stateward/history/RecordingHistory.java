package io.stateward.history;

import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.Tap;
import io.stateward.signal.internal.Transaction;
import io.stateward.store.Store;
import io.stateward.time.Timekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The history that listens to the commits of its store. */
final class RecordingHistory<S> implements History<S> {

  /*
   * Concurrency
   * -----------
   * A commit is noted while the store's lock is held, by the thread that makes it; so notes are in
   * the order of versions, and a thread-local mark says which group or which undo a commit belongs
   * to. What a note means, foreign code has to say (the lens of a slice, an equality, the estimate
   * of a size); so notes are folded into the ledger later, without a lock, by whoever delivers the
   * commit or asks first. The fold is pure and its result is put in place by compare-and-set, which
   * keeps the notes that came meanwhile.
   *
   * Undo and redo fold what is left inside their updater. There the lock keeps further commits out,
   * so the ledger is exact, and the commit that follows is noted before anybody else's.
   */

  private final Store<S> store;
  private final Rules<S> rules;
  private final Timekeeper timekeeper;
  private final Notebook<Ledger<S>> book = new Notebook<>(Ledger.empty());

  @SuppressWarnings("ThreadLocalUsage") // a mark is of this history and this thread
  private final ThreadLocal<Mark> marks = new ThreadLocal<>();

  private final Store<HistoryStatus> status;
  private final List<Subscription> opened = new ArrayList<>(2); // written by start alone
  private volatile boolean closed;

  private RecordingHistory(Store<S> store, Rules<S> rules, Timekeeper timekeeper) {
    this.store = store;
    this.rules = rules;
    this.timekeeper = timekeeper;
    this.status = Store.of("history of '%s'".formatted(store.name()), Ledger.<S>empty().status());
  }

  static <S> History<S> start(Store<S> store, Rules<S> rules, Timekeeper timekeeper) {
    store.get(); // a slice that cannot be read has no history
    var history = new RecordingHistory<>(store, rules, timekeeper);
    history.opened.add(Tap.open(store, history::note));
    history.opened.add(
        store.subscribe(Delivery.every().named("history"), change -> history.publish()));
    history.publish();
    return history;
  }

  /** Notes a commit. Called under the store's lock. */
  private void note(Tap.Moment<S> moment) {
    Mark given = marks.get();
    Mark mark = given == null ? Mark.Plain.UNNAMED : given;
    if (mark instanceof Mark.Move) {
      marks.remove(); // it is this commit; what a subscriber commits in its delivery is another
    }
    long nanos = timekeeper.nanoTime();
    book.note(ledger -> committed(ledger, moment, mark, nanos));
  }

  private Ledger<S> committed(Ledger<S> ledger, Tap.Moment<S> moment, Mark mark, long nanos) {
    S now = moment.valueOr(null);
    return now == null ? ledger : ledger.committed(now, mark, nanos, rules);
  }

  private void publish() {
    book.account();
    status.update(
        was -> {
          HistoryStatus now = book.folded().status();
          return now.equals(was) ? was : now;
        });
  }

  @Override
  public UndoResult<S> undo() {
    var move = new Mark.Move(-1);
    S state = move(move, "undo");
    return move.found()
        ? new UndoResult.Undone<>(move.step(), state)
        : new UndoResult.NothingToUndo<>();
  }

  @Override
  public RedoResult<S> redo() {
    var move = new Mark.Move(1);
    S state = move(move, "redo");
    return move.found()
        ? new RedoResult.Redone<>(move.step(), state)
        : new RedoResult.NothingToRedo<>();
  }

  private S move(Mark.Move move, String attempted) {
    check(attempted);
    book.account(); // so that little is left to do under the lock
    Mark outer = marks.get();
    marks.set(move);
    try {
      return store.update(current -> move.target(book.account(), current));
    } finally {
      restoreMark(outer);
    }
  }

  @Override
  public void group(String name, Runnable body) {
    run(new Mark.Group(Objects.requireNonNull(name, "name")), body, "group");
  }

  @Override
  public void coalesce(String name, String key, Runnable body) {
    Objects.requireNonNull(name, "name");
    run(new Mark.Coalesced(name, Objects.requireNonNull(key, "key")), body, "coalesce");
  }

  @Override
  public void unrecorded(Runnable body) {
    run(Mark.Unrecorded.MARK, body, "unrecorded changes");
  }

  private void run(Mark mark, Runnable body, String attempted) {
    Objects.requireNonNull(body, "body");
    check(attempted);
    Mark outer = marks.get();
    if (outer == null || mark == Mark.Unrecorded.MARK) {
      marks.set(mark);
    }
    try {
      body.run();
    } finally {
      restoreMark(outer);
    }
  }

  private void restoreMark(@Nullable Mark outer) {
    if (outer == null) {
      marks.remove();
    } else {
      marks.set(outer);
    }
  }

  @Override
  public void pause() {
    change("pause", ledger -> ledger.paused(true));
  }

  @Override
  public void resume() {
    change("resume", ledger -> ledger.paused(false));
  }

  @Override
  public void clear() {
    change("clear", Ledger::cleared);
  }

  private void change(String attempted, UnaryOperator<Ledger<S>> change) {
    check(attempted);
    locked(current -> book.note(change));
    publish();
  }

  /** Runs something between two commits: an undo must not find the ground moved under it. */
  private void locked(Consumer<S> work) {
    store.update(
        current -> {
          work.accept(current);
          return current;
        });
  }

  @Override
  public Signal<Boolean> canUndo() {
    return status.select(now -> now.undoable() > 0);
  }

  @Override
  public Signal<Boolean> canRedo() {
    return status.select(now -> now.redoable() > 0);
  }

  @Override
  public Signal<@Nullable String> undoName() {
    return status.select(HistoryStatus::undoName);
  }

  @Override
  public Signal<@Nullable String> redoName() {
    return status.select(HistoryStatus::redoName);
  }

  @Override
  public Signal<HistoryStatus> status() {
    return status.select(now -> now);
  }

  @Override
  public SavedHistory<S> save() {
    check("save");
    Ledger<S> now = book.account();
    List<SavedHistory.Step<S>> steps =
        now.steps().stream()
            .skip(1)
            .map(step -> new SavedHistory.Step<>(step.mark().name(), step.state()))
            .toList();
    return new SavedHistory<>(now.steps().get(0).state(), steps, now.present());
  }

  @Override
  public RestoreResult<S> restore(SavedHistory<S> saved) {
    Objects.requireNonNull(saved, "saved");
    check("restore");
    List<RestoreResult<S>> result = new ArrayList<>(1);
    locked(current -> result.add(restoreTo(current, saved)));
    publish();
    return result.get(0);
  }

  private RestoreResult<S> restoreTo(S current, SavedHistory<S> saved) {
    if (!rules.same(current, saved.current())) {
      return new RestoreResult.Diverged<>(saved.current(), current);
    }
    book.note(ledger -> ledger.restored(saved, rules));
    return new RestoreResult.Restored<>(book.account().steps().size() - 1);
  }

  private void check(String attempted) {
    Transaction.refuseInside(() -> "%s in the history of '%s'".formatted(attempted, store.name()));
    if (closed) {
      throw new ClosedException(
          "The history of '%s'".formatted(store.name()),
          attempted,
          "Start a new one with History.of(store), and close it later than its users.");
    }
  }

  @Override
  public void close() {
    Transaction.refuseInside(() -> "close of the history of '%s'".formatted(store.name()));
    if (!closed) {
      closed = true;
      opened.forEach(Subscription::close);
      book.reset(Ledger.empty());
      publish();
      status.close();
    }
  }
}
