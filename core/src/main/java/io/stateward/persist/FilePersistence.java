package io.stateward.persist;

import io.stateward.codec.Codec;
import io.stateward.persist.StateFile.Found;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Signal;
import io.stateward.signal.Subscription;
import io.stateward.signal.internal.LateUpdates;
import io.stateward.signal.internal.Part;
import io.stateward.signal.internal.Probes;
import io.stateward.store.Lens;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import io.stateward.time.Timekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A part of a store in a file. */
final class FilePersistence<S, P> implements Persistence {

  /*
   * Concurrency
   * -----------
   * Loading and saving are done by one thread at a time, which has the turn (busy) and holds no lock
   * while it works. The lock guards the notes: how many changes there were, up to which of them is
   * saved, who waits. What is saved is read after the number of changes is noted, so a change that
   * comes in between is saved twice at worst, and never missed.
   *
   * The status is computed of the notes inside an update of the status store; so it is right in the end
   * in whatever order two threads refresh it. Order of locks: status store, then this one.
   */

  /** Where the state is kept, and in which form. */
  record Place<P>(Disk disk, Path file, Migrations migrations, Codec<P> codec) {}

  /** How often it is saved. */
  record Pace(Duration quiet, Duration maxWait, Timekeeper timekeeper) {}

  private final Store<S> store;
  private final Lens<S, P> lens;
  private final Place<P> place;
  private final Timekeeper timekeeper;
  private final Executor executor;
  private final Signal<P> part;
  private final LateUpdates.Place late;
  private final Store<PersistenceStatus> status;
  private final Signal<PersistenceStatus> shown;
  private final CompletableFuture<Restored> hydrated = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final SavePace pace; // guarded by lock, like all that follows
  private List<CompletableFuture<WriteResult<Long>>> waiting = new ArrayList<>();
  private @Nullable Thread worker; // whose turn it is
  private boolean started;
  private boolean ending;
  private boolean triedAtEnd;
  private boolean closed;
  private @Nullable StorageException refused;
  private long changes;
  private long saved;
  private int failures; // in a row
  private @Nullable Problem problem;
  private @Nullable StateFile<P> file; // set once, by whose turn it is
  private @Nullable P lastSaved; // for whose turn it is, like what follows
  private boolean toBeWrittenBack;
  private @Nullable Subscription following;

  /** Why a save failed. */
  private record Problem(Throwable cause, boolean triesAgain) {}

  FilePersistence(Store<S> store, Lens<S, P> lens, Place<P> place, Pace pace, Executor executor) {
    this.store = store;
    this.lens = lens;
    this.place = place;
    this.timekeeper = pace.timekeeper;
    this.executor = executor;
    this.part = store.select(lens::get);
    this.pace = new SavePace(pace.quiet, pace.maxWait, timekeeper, this::fire);
    this.status =
        Store.of("persistence of '" + store.name() + "'", new PersistenceStatus.Hydrating());
    this.shown = status.select(now -> now);
    this.late = LateUpdates.begin(store);
  }

  void start() {
    try {
      executor.execute(this::hydrate);
    } catch (RuntimeException e) {
      late.close();
      throw e;
    }
  }

  @Override
  public CompletionStage<Restored> hydrated() {
    return hydrated.minimalCompletionStage();
  }

  @Override
  public Signal<PersistenceStatus> status() {
    return shown;
  }

  private void hydrate() {
    if (!takeTurn(true)) {
      return;
    }
    Restored found;
    try {
      found = load();
    } catch (Throwable t) { // the codec's, the lens's, the disk's: whoever waits has to know
      found = new Restored.Refused(refusal(t));
    } finally {
      late.close();
    }
    Restored result = found;
    StorageException cause = result instanceof Restored.Refused is ? is.cause() : null;
    List<CompletableFuture<WriteResult<Long>>> asked = endHydration(cause);
    if (cause != null) {
      Probes.report(where(), "Nothing is loaded and nothing will be saved.", cause);
      asked.forEach(each -> each.complete(rejected(cause)));
    } else if (!asked.isEmpty()) {
      submit();
    }
    refresh();
    hydrated.complete(result);
  }

  private Restored load() throws IOException {
    StateFile<P> claimed = StateFile.claim(place.disk, place.file, place.migrations, place.codec);
    try {
      Found<P> found = claimed.load();
      putIntoStore(found);
      beginToSave(claimed);
      return found.restored;
    } catch (Throwable t) {
      if (following != null) {
        following.close();
      }
      claimed.close();
      throw t;
    }
  }

  private void beginToSave(StateFile<P> claimed) {
    long upTo = changes(); // loading was one of them
    boolean isUpToDate = !toBeWrittenBack && part.get().equals(lastSaved);
    lock.lock();
    try {
      file = claimed;
      if (isUpToDate) {
        saved = upTo;
        if (changes == upTo) {
          pace.stop();
        }
      }
    } finally {
      lock.unlock();
    }
    if (!isUpToDate) {
      changed();
    }
  }

  private void putIntoStore(Found<P> found) {
    Part<S> path = Part.of(store);
    lastSaved = found.state != null ? found.state : lens.get(path.partOf(late.base()));
    toBeWrittenBack = found.isToBeWrittenBack(place.migrations.schema());
    following = part.subscribe(Delivery.every().named("persistence"), change -> changed());
    P loaded = found.state;
    if (loaded != null) {
      late.fill(root -> path.withPart(root, lens.with(path.partOf(root), loaded)));
    }
  }

  private StorageException refusal(Throwable cause) {
    if (cause instanceof StorageException known) {
      return known;
    }
    return new StorageException(
        "Cannot load '%s' into store '%s' (%s). The file is left as it is, and nothing will be saved; check that this process may read and write its folder, then open it again."
            .formatted(place.file, store.name(), StorageException.said(cause)),
        cause);
  }

  private List<CompletableFuture<WriteResult<Long>>> endHydration(
      @Nullable StorageException cause) {
    lock.lock();
    try {
      refused = cause;
      List<CompletableFuture<WriteResult<Long>>> asked = waiting;
      if (cause != null) {
        waiting = new ArrayList<>();
        pace.stop();
      }
      giveTurnBack();
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private static WriteResult<Long> rejected(StorageException cause) {
    return new WriteResult.Rejected<>(String.valueOf(cause.getMessage()));
  }

  private boolean takeTurn(boolean toHydrate) {
    lock.lock();
    try {
      boolean possible = toHydrate ? !started : file != null && worker == null && !closed;
      if (possible) {
        started = true;
        worker = Thread.currentThread();
      }
      return possible;
    } finally {
      lock.unlock();
    }
  }

  private void giveTurnBack() {
    worker = null;
    idle.signalAll();
  }

  private void changed() {
    lock.lock();
    try {
      if (refused != null || closed) {
        return;
      }
      changes++;
      Problem known = problem;
      if (!ending && (known == null || !known.triesAgain)) { // else the next attempt is due anyway
        pace.changed();
      }
    } finally {
      lock.unlock();
    }
    refresh();
  }

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
      submit();
    }
  }

  private void submit() {
    try {
      executor.execute(this::work);
    } catch (RuntimeException e) {
      end(changes(), takeWaiting(), new Problem(e, true), false);
    }
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  private List<CompletableFuture<WriteResult<Long>>> takeWaiting() {
    lock.lock();
    try {
      List<CompletableFuture<WriteResult<Long>>> taken = waiting;
      waiting = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Saves, if it is nobody else's turn; whoever has it looks again when it is done. */
  private void work() {
    if (!takeTurn(false)) {
      return;
    }
    List<CompletableFuture<WriteResult<Long>>> asked = takeWaiting();
    long upTo = changes();
    end(upTo, asked, save(), true);
  }

  private @Nullable Problem save() {
    StateFile<P> target = Objects.requireNonNull(file, "file");
    byte[] encoded;
    P state;
    try {
      state = part.get();
      if (!toBeWrittenBack && state.equals(lastSaved)) {
        return null;
      }
      encoded = place.codec.encode(state);
    } catch (Throwable t) { // the codec's: there is nothing to write, and the file stays as it is
      return new Problem(
          new StorageException(
              "The state of store '%s' cannot be encoded as schema '%s' (%s), so '%s' keeps what was saved before. It is tried again at the next change; correct the codec or the state."
                  .formatted(
                      store.name(), place.codec.schema(), StorageException.said(t), place.file),
              t),
          false);
    }
    try {
      target.save(encoded, timekeeper.now());
    } catch (Throwable t) { // whatever it is, the turn has to be given back
      return new Problem(StorageException.writing(target.path(), t), true);
    }
    lastSaved = state;
    toBeWrittenBack = false;
    return null;
  }

  private void end(
      long upTo,
      List<CompletableFuture<WriteResult<Long>>> asked,
      @Nullable Problem found,
      boolean hadTurn) {
    boolean again;
    boolean first;
    WriteResult<Long> answer;
    lock.lock();
    try {
      first = found != null && failures == 0;
      note(upTo, found);
      again = !waiting.isEmpty() && !ending;
      answer =
          found != null
              ? new WriteResult.Failed<>(found.cause)
              : new WriteResult.Saved<>(file == null ? 0 : file.sequence());
      if (hadTurn) {
        giveTurnBack();
      }
    } finally {
      lock.unlock();
    }
    if (found != null && first) {
      Probes.report(where(), "The state could not be saved, and is in memory alone.", found.cause);
    }
    refresh();
    asked.forEach(each -> each.complete(answer));
    if (again) {
      submit();
    }
  }

  private void note(long upTo, @Nullable Problem found) {
    problem = found;
    failures = found == null ? 0 : failures + 1;
    if (found == null) {
      saved = upTo;
    }
    if (ending) {
      return;
    }
    if (found != null && found.triesAgain) {
      pace.retry(failures);
    } else if (changes > upTo) {
      pace.changed();
    }
  }

  @Override
  public CompletionStage<WriteResult<Long>> flush() {
    CompletableFuture<WriteResult<Long>> asked = new CompletableFuture<>();
    boolean ready;
    lock.lock();
    try {
      if (refused != null) {
        asked.complete(rejected(refused));
      } else if (closed) {
        asked.complete(new WriteResult.Cancelled<>());
      } else {
        waiting.add(asked);
      }
      ready = file != null && !asked.isDone();
    } finally {
      lock.unlock();
    }
    if (ready) {
      submit();
    }
    return asked.minimalCompletionStage();
  }

  @Override
  public void close() {
    if (!beginEnd()) {
      return;
    }
    hydrate(); // unless it has begun: what is not loaded cannot be saved either
    while (isUnsavedWhenIdle()) {
      work();
    }
    Throwable unsaved = letGo();
    refresh();
    status.close();
    if (unsaved != null) {
      throw new StorageException(
          "The last state of store '%s' was not saved to '%s' (%s). The file holds the state saved before."
              .formatted(store.name(), place.file, StorageException.said(unsaved)),
          unsaved);
    }
  }

  private boolean beginEnd() {
    lock.lock();
    try {
      if (worker == Thread.currentThread()) {
        throw new IllegalStateException(
            "The persistence of store '%s' cannot be closed by its own codec or migration. Close it elsewhere."
                .formatted(store.name()));
      }
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

  /** Waits for its turn, and tells whether there is something to do with it. */
  private boolean isUnsavedWhenIdle() {
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

  private @Nullable Throwable letGo() {
    if (following != null) {
      following.close();
    }
    takeWaiting().forEach(each -> each.complete(new WriteResult.Cancelled<>()));
    lock.lock();
    try {
      if (file != null) {
        file.close();
      }
      return problem != null ? problem.cause : null;
    } catch (IOException e) {
      return e;
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    try {
      status.update(
          before -> {
            PersistenceStatus now = current();
            return now.equals(before) ? before : now;
          });
    } catch (ClosedException e) {
      // closed by another thread meanwhile, which has said so
    }
  }

  private PersistenceStatus current() {
    lock.lock();
    try {
      if (closed) {
        return new PersistenceStatus.Closed(problem != null ? problem.cause : refused);
      } else if (refused != null) {
        return new PersistenceStatus.Refused(refused);
      } else if (file == null) {
        return new PersistenceStatus.Hydrating();
      } else if (problem != null) {
        return new PersistenceStatus.Failing(problem.cause, problem.triesAgain);
      }
      return changes > saved
          ? new PersistenceStatus.Pending()
          : new PersistenceStatus.UpToDate(file.sequence());
    } finally {
      lock.unlock();
    }
  }

  private String where() {
    return "Persistence of store '%s' in '%s'".formatted(store.name(), place.file);
  }
}
