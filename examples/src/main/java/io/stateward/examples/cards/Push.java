package io.stateward.examples.cards;

import io.stateward.signal.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * News of a card for all windows, the one that wrote it included.
 *
 * @param id the number of the card
 * @param card the card as it now is; null if it was removed
 * @param key the key of the write; empty if it was none
 * @param lostTo the window that misses it, and hears later; empty if it reaches all
 */
record Push(long id, @Nullable Versioned<Card> card, String key, String lostTo) {}
