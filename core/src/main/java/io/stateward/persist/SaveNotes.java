package io.stateward.persist;

import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of keeping a state: how many changes there were and up to which of them is saved,
 * whose turn it is to load or save, who waits for a save, when the next one is due, what went
 * wrong; and the status that follows from it.
 *
 * <p>Thread safety: safe for any number of threads. The caller acts on what is returned, without
 * the lock: it answers, shows the status, hands the next save to an executor.
 */
final class SaveNotes {

  private final Runnable whenDue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final SavePace pace; // guarded by lock, like all that follows
  private List<CompletableFuture<WriteResult<Long>>> waiting = new ArrayList<>();
  private @Nullable Thread worker; // whose turn it is
  private boolean started;
  private boolean loaded;
  private boolean ending;
  private boolean triedAtEnd;
  private boolean closed;
  private @Nullable StorageException refused;
  private long changes;
  private long saved; // up to this change
  private long sequence; // of the newest save
  private int failures; // in a row
  private @Nullable Problem problem;

  SaveNotes(Duration quiet, Duration maxWait, Timekeeper timekeeper, Runnable whenDue) {
    this.whenDue = whenDue;
    this.pace = new SavePace(quiet, maxWait, timekeeper, this::fire);
  }

  /** Why a save failed. */
  record Problem(Throwable cause, boolean triesAgain) {}

  /**
   * A save: up to which change, for whom, and whether it has the turn or found no thread for it.
   */
  record Attempt(long upTo, List<CompletableFuture<WriteResult<Long>>> asked, boolean hasTurn) {}

  /** What is to be done after a save. */
  record Outcome(WriteResult<Long> answer, boolean isFirstFailure, boolean isToBeRepeated) {}

  /** Called by the timer. */
  private void fire() {
    boolean due;
    lock.lock();
    try {
      due = pace.isDue() && !ending;
    } finally {
      lock.unlock();
    }
    if (due) {
      whenDue.run();
    }
  }

  /** Notes a change, and tells whether anybody will save it. */
  boolean changed() {
    lock.lock();
    try {
      if (refused != null || closed) {
        return false;
      }
      changes++;
      Problem known = problem;
      if (!ending && (known == null || !known.triesAgain)) { // else the next attempt is due anyway
        pace.changed();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the turn to load, which there is once. */
  boolean beginLoading() {
    lock.lock();
    try {
      if (started) {
        return false;
      }
      started = true;
      worker = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Notes what was loaded: the number of the save, and up to which change it is saved already. */
  void loaded(long newest, long upTo) {
    lock.lock();
    try {
      loaded = true;
      sequence = newest;
      saved = upTo;
      if (changes == upTo) {
        pace.stop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives the turn back, and tells whether somebody waits for a save. */
  boolean endLoading() {
    lock.lock();
    try {
      giveTurnBack();
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the turn back for good, and returns who waits in vain. */
  List<CompletableFuture<WriteResult<Long>>> refuse(StorageException cause) {
    lock.lock();
    try {
      refused = cause;
      pace.stop();
      giveTurnBack();
      return takeWaiting();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the turn to save, unless somebody has it, who looks again when it is done. */
  @Nullable Attempt begin() {
    lock.lock();
    try {
      if (!loaded || worker != null || closed) {
        return null;
      }
      worker = Thread.currentThread();
      return new Attempt(changes, takeWaiting(), true);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the attempt that ends before it has begun, since no thread takes it on. */
  Attempt withoutTurn() {
    lock.lock();
    try {
      return new Attempt(changes, takeWaiting(), false);
    } finally {
      lock.unlock();
    }
  }

  /** Ends an attempt: the file holds the state of the change, in the save of that number. */
  Outcome succeeded(Attempt attempt, long newest) {
    lock.lock();
    try {
      problem = null;
      failures = 0;
      saved = attempt.upTo;
      sequence = newest;
      if (!ending && changes > attempt.upTo) {
        pace.changed();
      }
      return end(attempt, new WriteResult.Saved<>(newest));
    } finally {
      lock.unlock();
    }
  }

  /** Ends an attempt: the file holds what it held before. */
  Outcome failed(Attempt attempt, Problem found) {
    lock.lock();
    try {
      problem = found;
      failures++;
      if (!ending && found.triesAgain) {
        pace.retry(failures);
      } else if (!ending && changes > attempt.upTo) {
        pace.changed();
      }
      return end(attempt, new WriteResult.Failed<>(found.cause));
    } finally {
      lock.unlock();
    }
  }

  private Outcome end(Attempt attempt, WriteResult<Long> answer) {
    if (attempt.hasTurn) {
      giveTurnBack();
    }
    return new Outcome(answer, failures == 1, !waiting.isEmpty() && !ending);
  }

  private void giveTurnBack() {
    worker = null;
    idle.signalAll();
  }

  boolean isMyTurn() {
    lock.lock();
    try {
      return worker == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** Lets somebody wait for a save, or answers; tells whether a save can be begun for them. */
  boolean ask(CompletableFuture<WriteResult<Long>> asked) {
    lock.lock();
    try {
      if (refused != null) {
        return !asked.complete(rejected(refused)); // nobody listens to it yet
      } else if (closed) {
        return !asked.complete(new WriteResult.Cancelled<>());
      }
      waiting.add(asked);
      return loaded;
    } finally {
      lock.unlock();
    }
  }

  static WriteResult<Long> rejected(StorageException cause) {
    return new WriteResult.Rejected<>(String.valueOf(cause.getMessage()));
  }

  List<CompletableFuture<WriteResult<Long>>> takeWaiting() {
    lock.lock();
    try {
      List<CompletableFuture<WriteResult<Long>>> taken = waiting;
      waiting = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that it is coming to an end, and tells whether it was not before. */
  boolean beginEnd() {
    lock.lock();
    try {
      if (ending) {
        return false;
      }
      ending = true;
      pace.stop();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is nobody's turn, and tells whether there is something to save; if not, ends.
   */
  boolean isUnsavedWhenIdle() {
    lock.lock();
    try {
      while (worker != null) {
        idle.awaitUninterruptibly();
      }
      boolean unsaved = !triedAtEnd || changes > saved || !waiting.isEmpty();
      boolean failedJustNow = triedAtEnd && problem != null;
      triedAtEnd =
          true; // once in any case: an update may be visible before its change is delivered
      closed = refused != null || !unsaved || failedJustNow;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns why the last state is not saved, unless it is. */
  @Nullable Throwable unsaved() {
    lock.lock();
    try {
      return problem != null ? problem.cause : null;
    } finally {
      lock.unlock();
    }
  }

  PersistenceStatus status() {
    lock.lock();
    try {
      if (closed) {
        return new PersistenceStatus.Closed(problem != null ? problem.cause : refused);
      } else if (refused != null) {
        return new PersistenceStatus.Refused(refused);
      } else if (!loaded) {
        return new PersistenceStatus.Hydrating();
      } else if (problem != null) {
        return new PersistenceStatus.Failing(problem.cause, problem.triesAgain);
      }
      return changes > saved
          ? new PersistenceStatus.Pending()
          : new PersistenceStatus.UpToDate(sequence);
    } finally {
      lock.unlock();
    }
  }
}
