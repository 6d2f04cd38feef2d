package io.stateward.persist;

import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How what a store holds and what its file holds are related at this moment.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface PersistenceStatus {

  /** The file is being read. */
  record Hydrating() implements PersistenceStatus {}

  /**
   * The file holds what the store holds.
   *
   * @param sequence the number of the newest save; 0 if there was none yet
   */
  record UpToDate(long sequence) implements PersistenceStatus {}

  /** The store holds what the file does not; it will be saved shortly. */
  record Pending() implements PersistenceStatus {}

  /**
   * The newest attempt to save failed. The store holds what the file does not, and would lose it if
   * the process ended now.
   *
   * @param cause why
   * @param triesAgain whether it will be tried again by itself; if not, at the next change
   */
  record Failing(Throwable cause, boolean triesAgain) implements PersistenceStatus {}

  /**
   * Nothing is saved, because nothing could be loaded.
   *
   * @param cause why, and what to do
   */
  record Refused(StorageException cause) implements PersistenceStatus {}

  /**
   * It is over.
   *
   * @param unsaved why the last state was not saved, or nothing at all; null if it was
   */
  record Closed(@Nullable Throwable unsaved) implements PersistenceStatus {}

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param hydrating called while the file is read
   * @param upToDate takes the number of the newest save
   * @param pending called while there is something to save
   * @param failing takes what is known of the failure
   * @param refused takes the cause
   * @param closed takes what is known of the end
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> hydrating,
      LongFunction<? extends R> upToDate,
      Supplier<? extends R> pending,
      Function<? super Failing, ? extends R> failing,
      Function<? super StorageException, ? extends R> refused,
      Function<? super Closed, ? extends R> closed) {
    if (this instanceof UpToDate is) {
      return upToDate.apply(is.sequence());
    } else if (this instanceof Pending) {
      return pending.get();
    } else if (this instanceof Failing is) {
      return failing.apply(is);
    } else if (this instanceof Refused is) {
      return refused.apply(is.cause());
    } else if (this instanceof Closed is) {
      return closed.apply(is);
    }
    return hydrating.get();
  }
}
