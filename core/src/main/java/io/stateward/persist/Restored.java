package io.stateward.persist;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a store was hydrated from its file.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Restored {

  /** There was no file: the store starts as the program made it. */
  record Fresh() implements Restored {}

  /**
   * The state that was saved last.
   *
   * @param schema the schema that the file had; it was migrated if that is not the current one
   * @param sequence the number of the save
   * @param savedAt when it was saved
   */
  record Loaded(int schema, long sequence, Instant savedAt) implements Restored {}

  /**
   * The state that was saved last but one: the file was missing or damaged, its backup was whole.
   *
   * @param schema the schema that the backup had
   * @param sequence the number of the save
   * @param savedAt when it was saved
   * @param problem what was wrong with the file
   * @param keptAside the damaged file under its new name; empty if it was missing
   */
  record Recovered(int schema, long sequence, Instant savedAt, String problem, List<Path> keptAside)
      implements Restored {

    /**
     * Copies the list.
     *
     * @param schema the schema that the backup had
     * @param sequence the number of the save
     * @param savedAt when it was saved
     * @param problem what was wrong with the file
     * @param keptAside the damaged file under its new name
     */
    public Recovered {
      keptAside = List.copyOf(keptAside);
    }
  }

  /**
   * What was saved could not be read: the store starts as the program made it, and the files are
   * kept aside.
   *
   * @param problem what was wrong
   * @param keptAside the files, under the names by which they are kept
   */
  record Reset(String problem, List<Path> keptAside) implements Restored {

    /**
     * Copies the list.
     *
     * @param problem what was wrong
     * @param keptAside the files, under the names by which they are kept
     */
    public Reset {
      keptAside = List.copyOf(keptAside);
    }
  }

  /**
   * Nothing was loaded and nothing will be saved: a newer program wrote the file, somebody else has
   * it open, or it cannot be reached.
   *
   * @param cause why, and what to do
   */
  record Refused(StorageException cause) implements Restored {}

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param fresh called when there was no file
   * @param loaded takes what is known of the state that was saved last
   * @param recovered takes what is known of the backup
   * @param reset takes what was wrong
   * @param refused takes the cause
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> fresh,
      Function<? super Loaded, ? extends R> loaded,
      Function<? super Recovered, ? extends R> recovered,
      Function<? super Reset, ? extends R> reset,
      Function<? super StorageException, ? extends R> refused) {
    if (this instanceof Loaded is) {
      return loaded.apply(is);
    } else if (this instanceof Recovered is) {
      return recovered.apply(is);
    } else if (this instanceof Reset is) {
      return reset.apply(is);
    } else if (this instanceof Refused is) {
      return refused.apply(is.cause());
    }
    return fresh.get();
  }
}
