package io.stateward.statemachine;

import org.jspecify.annotations.Nullable;

/**
 * What a guard or a transition sees around its own state: other regions, superstates, contexts.
 *
 * <pre>{@code
 * .on(Play.class).when("not muted", (stopped, play, view) -> !view.isIn(Muted.class))
 *     .to(Playing.class, (stopped, play, view) -> new Playing(view.get(Playlist.class).first()))
 * }</pre>
 *
 * <p><b>Thread safety.</b> Only for the call that it is handed to.
 *
 * @since 0.1
 */
public interface View {

  /**
   * Returns the data of the active state, or the context, of a type.
   *
   * @param <D> the type
   * @param type a state or a context
   * @return the data, or null if no state of that type is active
   */
  <D> @Nullable D find(Class<D> type);

  /**
   * Returns the data of the active state, or the context, of a type.
   *
   * @param <D> the type
   * @param type a state or a context
   * @return the data
   * @throws IllegalStateException if no state of that type is active
   */
  default <D> D get(Class<D> type) {
    D found = find(type);
    if (found == null) {
      throw new IllegalStateException(
          "No state or context of type %s is active here; ask isIn(%s.class) first."
              .formatted(type.getSimpleName(), type.getSimpleName()));
    }
    return found;
  }

  /**
   * Tells whether a state is active.
   *
   * @param type a state, a superstate or a region
   * @return whether it, or one inside of it, is active
   */
  boolean isIn(Class<?> type);

  /**
   * Tells whether a state is active.
   *
   * @param name as diagrams and snapshots have it
   * @return whether it, or one inside of it, is active
   */
  boolean isIn(String name);
}
