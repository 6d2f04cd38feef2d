package io.stateward.merge;

import io.stateward.signal.StatewardException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a merge that cannot give an answer: a rule threw or broke its contract, or both sides
 * changed what they may not change both. It names the place and the three versions that were there,
 * none of which is lost.
 *
 * @since 0.1
 */
public final class MergeFailedException extends StatewardException {

  @Serial private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;
  private final transient @Nullable Object base;
  private final transient @Nullable Object mine;
  private final transient @Nullable Object theirs;

  MergeFailedException(
      String path,
      String problem,
      @Nullable Throwable cause,
      @Nullable Object base,
      @Nullable Object mine,
      @Nullable Object theirs) {
    super(
        "Merging %s failed: %s Base was %s, mine is %s, theirs is %s."
            .formatted(
                path.isEmpty() ? "the value" : "'" + path + "'",
                problem.endsWith(".") ? problem : problem + ".",
                Shown.of(base),
                Shown.of(mine),
                Shown.of(theirs)),
        cause);
    this.path = path;
    this.problem = problem;
    this.base = base;
    this.mine = mine;
    this.theirs = theirs;
  }

  /** Returns the same failure as it is called in the value around. */
  MergeFailedException under(String part) {
    var wider =
        new MergeFailedException(Paths.joined(part, path), problem, getCause(), base, mine, theirs);
    wider.setStackTrace(getStackTrace());
    return wider;
  }

  /**
   * Returns where it happened.
   *
   * @return the path in the value that was merged, as in {@link FieldConflict#path}
   */
  public String path() {
    return path;
  }

  /**
   * Returns what both sides started from there.
   *
   * @return the version, or null if there was none
   */
  public @Nullable Object base() {
    return base;
  }

  /**
   * Returns what this side had there.
   *
   * @return the version, or null if there was none
   */
  public @Nullable Object mine() {
    return mine;
  }

  /**
   * Returns what the other side had there.
   *
   * @return the version, or null if there was none
   */
  public @Nullable Object theirs() {
    return theirs;
  }
}
