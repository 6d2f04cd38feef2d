package io.stateward.optimistic;

import io.stateward.merge.Merge;
import io.stateward.merge.MergeResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a conflict was decided to become: an outcome, for as long as the server has what it was made
 * of. Should that move on, the outcome is merged with it.
 *
 * @param name what the command is called whose conflict it was
 * @param part returns what it is about
 * @param ids the ids that are known
 * @param theirs what the server had
 * @param value the outcome
 * @param merge merges the outcome with what the server has later; null to let it stand
 */
record MergedCommand<S, T>(
    String name,
    Function<TemporaryIds, About<S, T>> part,
    TemporaryIds ids,
    T theirs,
    T value,
    @Nullable Merge<T> merge)
    implements Command<S> {

  @Override
  public S apply(S state) {
    About<S, T> about = part.apply(ids);
    T now = about.in(state);
    if (now == null) {
      throw new IllegalStateException("What '%s' is about is not there any more.".formatted(name));
    }
    return about.with(state, outcomeOn(now));
  }

  @Override
  public Command<S> remapped(TemporaryIds known) {
    return known == ids ? this : new MergedCommand<>(name, part, known, theirs, value, merge);
  }

  private T outcomeOn(T now) {
    T merged = mergedOn(now);
    return merged == null ? value : merged;
  }

  /**
   * Returns what the command makes its outcome of where the server has something by now: that, or
   * if the outcome stands in spite of it what it was made of. That is what the server has to
   * compare with, or the outcome would overwrite what nobody has seen.
   */
  @Nullable T ancestorOn(@Nullable T now) {
    return now == null || now.equals(theirs) || mergedOn(now) != null ? now : theirs;
  }

  /** Returns the outcome merged with what the server has by now; null if that is undecided. */
  private @Nullable T mergedOn(T now) {
    if (merge == null || now.equals(theirs)) {
      return null;
    }
    MergeResult<T> merged = merge.merge(theirs, value, now);
    return merged.isMerged() ? merged.value() : null;
  }
}
