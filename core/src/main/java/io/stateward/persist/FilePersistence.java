package io.stateward.persist;

import io.stateward.codec.Codec;
import io.stateward.persist.SaveNotes.Attempt;
import io.stateward.persist.SaveNotes.Outcome;
import io.stateward.persist.SaveNotes.Problem;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A part of a store in a file. */
final class FilePersistence<S, P> implements Persistence {

  /*
   * Concurrency
   * -----------
   * Loading and saving are done by one thread at a time, which has the turn and holds no lock while
   * it works (SaveNotes). What is saved is read after the number of changes is noted, so a change that
   * comes in between is saved twice at worst, and never missed.
   *
   * The status is computed of the notes inside an update of the status store; so it is right in the end
   * in whatever order two threads refresh it. Order of locks: status store, then that of the notes.
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

  private final SaveNotes notes;
  private @Nullable StateFile<P> file; // for whose turn it is, like what follows
  private @Nullable P lastSaved;
  private boolean toBeWrittenBack;
  private @Nullable Subscription following;

  FilePersistence(Store<S> store, Lens<S, P> lens, Place<P> place, Pace pace, Executor executor) {
    this.store = store;
    this.lens = lens;
    this.place = place;
    this.timekeeper = pace.timekeeper;
    this.executor = executor;
    this.part = store.select(lens::get);
    this.notes = new SaveNotes(pace.quiet, pace.maxWait, timekeeper, this::submit);
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
    if (!notes.beginLoading()) {
      return;
    }
    Restored result = loadOrRefuse();
    if (result instanceof Restored.Refused is) {
      refuse(is.cause());
    } else if (notes.endLoading()) {
      submit();
    }
    refresh();
    hydrated.complete(result);
  }

  private Restored loadOrRefuse() {
    try {
      return load();
    } catch (Throwable t) { // the codec's, the lens's, the disk's: whoever waits has to know
      return new Restored.Refused(refusal(t));
    } finally {
      late.close();
    }
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
    long upTo = notes.changes(); // loading was one of them
    boolean isUpToDate = isSaved(part.get());
    file = claimed;
    notes.loaded(claimed.sequence(), isUpToDate ? upTo : 0);
    if (!isUpToDate) {
      changed();
    }
  }

  private boolean isSaved(P state) {
    return !toBeWrittenBack && state.equals(lastSaved);
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

  private void refuse(StorageException cause) {
    List<CompletableFuture<WriteResult<Long>>> asked = notes.refuse(cause);
    Probes.report(where(), "Nothing is loaded and nothing will be saved.", cause);
    asked.forEach(each -> each.complete(SaveNotes.rejected(cause)));
  }

  private void changed() {
    if (notes.changed()) {
      refresh();
    }
  }

  private void submit() {
    try {
      executor.execute(this::work);
    } catch (RuntimeException e) {
      end(notes.withoutTurn(), new Problem(e, true));
    }
  }

  private void work() {
    Attempt attempt = notes.begin();
    if (attempt != null) {
      end(attempt, save());
    }
  }

  private @Nullable Problem save() {
    P state;
    byte[] encoded;
    try {
      state = part.get();
      if (isSaved(state)) {
        return null;
      }
      encoded = place.codec.encode(state);
    } catch (Throwable t) { // the codec's: there is nothing to write, and the file stays as it is
      return new Problem(unencodable(t), false);
    }
    return write(state, encoded);
  }

  private @Nullable Problem write(P state, byte[] encoded) {
    StateFile<P> target = claimed();
    try {
      target.save(encoded, timekeeper.now());
    } catch (Throwable t) { // whatever it is, the turn has to be given back
      return new Problem(StorageException.writing(target.path(), t), true);
    }
    lastSaved = state;
    toBeWrittenBack = false;
    return null;
  }

  private StorageException unencodable(Throwable cause) {
    return new StorageException(
        "The state of store '%s' cannot be encoded as schema '%s' (%s), so '%s' keeps what was saved before. It is tried again at the next change; correct the codec or the state."
            .formatted(
                store.name(), place.codec.schema(), StorageException.said(cause), place.file),
        cause);
  }

  private StateFile<P> claimed() {
    return Objects.requireNonNull(file, "there is a turn to save only when it is loaded");
  }

  private void end(Attempt attempt, @Nullable Problem problem) {
    Outcome outcome =
        problem != null
            ? notes.failed(attempt, problem)
            : notes.succeeded(attempt, claimed().sequence());
    if (problem != null && outcome.isFirstFailure()) {
      Probes.report(
          where(), "The state could not be saved, and is in memory alone.", problem.cause());
    }
    refresh();
    attempt.asked().forEach(each -> each.complete(outcome.answer()));
    if (outcome.isToBeRepeated()) {
      submit();
    }
  }

  @Override
  public CompletionStage<WriteResult<Long>> flush() {
    CompletableFuture<WriteResult<Long>> asked = new CompletableFuture<>();
    if (notes.ask(asked)) {
      submit();
    }
    return asked.minimalCompletionStage();
  }

  @Override
  public void close() {
    requireNotMyTurn();
    if (!notes.beginEnd()) {
      return;
    }
    hydrate(); // unless it has begun: what is not loaded cannot be saved either
    while (notes.isUnsavedWhenIdle()) {
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

  private void requireNotMyTurn() {
    if (notes.isMyTurn()) {
      throw new IllegalStateException(
          "The persistence of store '%s' cannot be closed by its own codec or migration. Close it elsewhere."
              .formatted(store.name()));
    }
  }

  /** Lets go of the store and the file, when it can be nobody's turn any more. */
  private @Nullable Throwable letGo() {
    if (following != null) {
      following.close();
    }
    notes.takeWaiting().forEach(each -> each.complete(new WriteResult.Cancelled<>()));
    try {
      if (file != null) {
        file.close();
      }
      return notes.unsaved();
    } catch (IOException e) {
      return e;
    }
  }

  private void refresh() {
    try {
      status.update(
          before -> {
            PersistenceStatus now = notes.status();
            return now.equals(before) ? before : now;
          });
    } catch (ClosedException e) {
      // closed by another thread meanwhile, which has said so
    }
  }

  private String where() {
    return "Persistence of store '%s' in '%s'".formatted(store.name(), place.file);
  }
}
