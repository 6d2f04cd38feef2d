package io.stateward.persist;

import io.stateward.signal.Signal;
import io.stateward.store.Store;
import io.stateward.store.WriteResult;
import java.util.concurrent.CompletionStage;

/**
 * A part of a store's state, kept in a file.
 *
 * <pre>{@code
 * Persistence prefs = page.own(Persistence.of(store)
 *     .partialize(App::prefs, App::withPrefs)
 *     .schema(2)
 *     .migrate(1, tree -> tree.with("/theme", Tree.of("light")))
 *     .debounce(Duration.ofMillis(200))
 *     .open(folder.resolve("prefs.json"), Prefs.CODEC, executor));
 * prefs.hydrated().thenAccept(found -> show(store.get()));
 * prefs.status().subscribe(change -> badge(change.now()));
 * }</pre>
 *
 * <p>The file is read first. What the store is updated by meanwhile is applied again to the state
 * that was loaded, so neither is lost: updaters must be pure, and one that was made of what {@code
 * get()} returned before ({@code set}) overwrites what was loaded. From then on the part is saved
 * when it has changed, once no change has come for a while.
 *
 * <p>The file is a line of JSON (schema, length, checksum, sequence number, time) and then what the
 * codec made; for {@linkplain Migrations migrations} that has to be JSON as well. Beside it there
 * may be {@code .bak} (the save before), {@code .lock}, {@code .tmp}, and, for whoever wants to
 * look at them, {@code .v1} (before it was migrated), {@code .damaged} and {@code .unreadable}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads. Reading, writing, migrations and the
 * codec run on the executor given, one at a time; on the caller's thread in {@link #close}.
 *
 * <p><b>Failure.</b> A process killed at any moment finds the state that was saved last, or the one
 * being saved. What cannot be read or migrated is kept aside and never overwritten; a file of a
 * newer schema, or one that somebody else has open, is left alone and nothing is saved. A save that
 * fails is reported, shown by {@link #status}, and tried again.
 *
 * <p><b>Cost.</b> A save is the codec, one write, two forces and two renamings.
 *
 * @since 0.1
 */
public interface Persistence extends AutoCloseable {

  /**
   * Starts to describe how a store is kept.
   *
   * @param <S> the type of the state
   * @param store the store, or a slice of one
   * @return the settings: all of the state, schema 1
   */
  static <S> PersistenceBuilder<S, S> of(Store<S> store) {
    return PersistenceBuilder.of(store);
  }

  /**
   * Returns what was found in the file, once the store holds it.
   *
   * @return done when the store is hydrated, or when that was refused; never failed
   */
  CompletionStage<Restored> hydrated();

  /**
   * Returns how the store and the file are related.
   *
   * @return the signal; it goes on until this is closed
   */
  Signal<PersistenceStatus> status();

  /**
   * Saves now what is not saved yet.
   *
   * @return done when what the store held at this call is durable: Saved with the number of the
   *     newest save; Failed if it could not be saved; Rejected if nothing is saved at all;
   *     Cancelled if this is closed
   */
  CompletionStage<WriteResult<Long>> flush();

  /**
   * Saves what is not saved yet, on this thread, and lets go of the file. The store stays open.
   * Closing again does nothing.
   *
   * @throws StorageException if the last state could not be saved; it is let go of nevertheless
   */
  @Override
  void close();
}
