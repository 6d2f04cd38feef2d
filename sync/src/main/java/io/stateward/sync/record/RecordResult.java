package io.stateward.sync.record;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a change to a record.
 *
 * <pre>{@code
 * String told = state.apply(change, context).fold(
 *     changed -> "version " + changed.state().version(),
 *     conflict -> "somebody else has changed " + conflict.paths(),
 *     refused -> refused.reason());
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface RecordResult {

  /**
   * It took place.
   *
   * @param state the record after it; the same one if it changed nothing
   */
  record Changed(RecordState state) implements RecordResult {

    /**
     * Checks the state.
     *
     * @param state the record after it
     */
    public Changed {
      Objects.requireNonNull(state, "state");
    }
  }

  /**
   * It did not take place, since others have changed the record after what it was made for.
   *
   * @param current the record as it is
   * @param paths what both sides changed, as JSON Pointers; {@code ""} is the whole record
   */
  record Conflict(RecordState current, List<String> paths) implements RecordResult {

    /**
     * Copies the paths.
     *
     * @param current the record as it is
     * @param paths what both sides changed
     */
    public Conflict {
      Objects.requireNonNull(current, "current");
      paths = List.copyOf(paths);
    }
  }

  /**
   * It did not take place, since it makes no sense on the record as it is, or is too much.
   *
   * @param code {@code gone} if the record was deleted, {@code shape} if something of another kind
   *     is in the way, {@code too-large}, {@code malformed}
   * @param reason a sentence for people
   */
  record Refused(String code, String reason) implements RecordResult {

    /**
     * Checks that it says why.
     *
     * @param code a short word for programs
     * @param reason a sentence for people
     */
    public Refused {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Returns the result of the one function that fits.
   *
   * @param <R> the type of the result
   * @param changed takes what took place
   * @param conflict takes what stands instead
   * @param refused takes why it was refused
   * @return what the function returned
   */
  default <R extends @Nullable Object> R fold(
      Function<? super Changed, ? extends R> changed,
      Function<? super Conflict, ? extends R> conflict,
      Function<? super Refused, ? extends R> refused) {
    if (this instanceof Changed is) {
      return changed.apply(is);
    } else if (this instanceof Conflict is) {
      return conflict.apply(is);
    }
    return refused.apply((Refused) this);
  }
}
