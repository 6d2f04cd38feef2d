package io.stateward.persist;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a {@link Journal} was opened.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface JournalRecovery {

  /** Every record that was there is still there. */
  record Intact() implements JournalRecovery {}

  /**
   * The end was not whole: the process or the machine stopped while records were appended that
   * nobody had been told are durable. They were cut off.
   *
   * @param position the position that the first record cut off would have had
   * @param bytes how many bytes were cut off
   * @param keptAside where they are kept; null if there was nothing in them
   */
  record TornTail(long position, long bytes, @Nullable Path keptAside) implements JournalRecovery {}

  /**
   * Records that were durable cannot be read any more. The journal goes on with those before them,
   * in a new epoch; nothing is deleted.
   *
   * @param position the position of the first record that is lost
   * @param problem what is wrong, as a sentence
   * @param keptAside where the whole file is kept as it was found
   */
  record Damaged(long position, String problem, Path keptAside) implements JournalRecovery {}

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param intact called when nothing was cut off
   * @param tornTail takes what was cut off
   * @param damaged takes what is lost
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Supplier<? extends R> intact,
      Function<? super TornTail, ? extends R> tornTail,
      Function<? super Damaged, ? extends R> damaged) {
    if (this instanceof TornTail torn) {
      return tornTail.apply(torn);
    }
    return this instanceof Damaged lost ? damaged.apply(lost) : intact.get();
  }
}
