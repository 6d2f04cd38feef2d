package io.stateward.examples.cards;

/**
 * What a window asks the server to write.
 *
 * @param key says that two requests are the same write; unique to the write, kept when it is sent
 *     again
 * @param window who asks
 * @param card the card as it is to be
 * @param version the version that the window has seen; 0 for a new card
 */
record CardWrite(String key, String window, Card card, long version) {

  boolean isNew() {
    return version == 0;
  }
}
