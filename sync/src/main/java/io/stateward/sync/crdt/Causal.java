package io.stateward.sync.crdt;

import java.util.Set;

/**
 * A replicated value that can forget: what was seen and is not there has been removed.
 *
 * <pre>{@code
 * MultiValueRegister<String> color = MultiValueRegister.<String>empty().set("ada", "red");
 * MultiValueRegister<String> cleared = color.cleared();
 * cleared.merge(color).isEmpty();                        // true
 * cleared.merge(color.set("bob", "blue")).values();      // blue: nobody had seen that when clearing
 * }</pre>
 *
 * <p>Such values can be put into an {@link ObservedRemoveMap}: all that is in it shares what it has
 * seen.
 *
 * <p><b>Thread safety.</b> Immutable, as far as the values in it are.
 *
 * @param <S> the type itself
 * @since 0.1
 */
public sealed interface Causal<S extends Causal<S>> extends Replicated<S>
    permits MultiValueRegister, ObservedRemoveMap, ObservedRemoveSet, ResettableCounter {

  /**
   * Returns which changes this version has taken in.
   *
   * @return their dots
   */
  VersionVector seen();

  @Override
  default Set<String> authorsSince(S earlier) {
    return seen().minus(earlier.seen()).replicas();
  }

  /**
   * Tells whether there is nothing in it.
   *
   * @return whether it is as empty as it began
   */
  boolean isEmpty();

  /**
   * Removes everything that is there. What others add without having seen this stays.
   *
   * @return the empty version that has seen the same changes
   */
  S cleared();

  /**
   * Returns what is in this value as seen by somebody who has seen something else: how a value
   * stands inside another one. Whoever calls it sees to it that the dots in this value are among
   * them, or puts them back before the value is merged.
   *
   * @param others which changes were seen
   * @return the value
   */
  S seeing(VersionVector others);
}
