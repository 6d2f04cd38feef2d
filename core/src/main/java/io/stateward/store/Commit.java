package io.stateward.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit of a reducing store, as its recorders are told of it.
 *
 * <pre>{@code
 * store.use(Middleware.recording(commit -> log.add(commit.version() + " " + commit.actions())));
 * }</pre>
 *
 * <p>Each commit of a store starts from the state where the one before ended. Folding the actions
 * over {@code before} gives {@code after}, as long as there are any.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the states and actions are.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions
 * @param version the version of {@code after}
 * @param before the state that the commit started from
 * @param after the state that it made
 * @param actions the actions that made it, in order: one for a dispatch; several for dispatches
 *     within one atomic update; none if a plain update had a part in it
 * @param cause the callback that made the commit, as "store@version -> subscriber"; null when no
 *     callback did
 * @since 0.1
 */
public record Commit<S, A>(
    long version, S before, S after, List<A> actions, @Nullable String cause) {

  /**
   * Copies the actions.
   *
   * @param version the version of {@code after}
   * @param before the state that the commit started from
   * @param after the state that it made
   * @param actions the actions that made it
   * @param cause the callback that made the commit, or null
   */
  public Commit {
    actions = List.copyOf(actions);
  }

  /**
   * Returns the action that made the commit.
   *
   * @return the action, if it was exactly one; null otherwise
   */
  public @Nullable A action() {
    return actions.size() == 1 ? actions.get(0) : null;
  }
}
