package io.stateward.sync.spi;

import io.stateward.codec.Tree;

/**
 * A kind of document as the hub has it: what an empty one is, and how a stored one comes back.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads; the states it makes are not.
 *
 * @since 0.1
 */
public interface SharedType {

  /**
   * Returns the name that clients subscribe with.
   *
   * @return the name, such as {@code text}; at most 64 characters
   */
  String name();

  /**
   * Makes an empty document.
   *
   * @return its state, at sequence 0
   */
  SharedState create();

  /**
   * Makes a document of what {@link SharedState#store} said.
   *
   * @param stored what was stored
   * @return the state as it was then
   * @throws RuntimeException if it cannot be read: the document is not opened then, and what is
   *     stored is left alone
   */
  SharedState restore(Tree stored);
}
