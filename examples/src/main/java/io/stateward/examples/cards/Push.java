package io.stateward.examples.cards;

import io.stateward.signal.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * News of a card for the windows that did not write it.
 *
 * @param id the number of the card
 * @param card the card as it now is; null if it was removed
 * @param window who knows already, as it gets the answer to its write; empty if nobody does
 */
record Push(long id, @Nullable Versioned<Card> card, String window) {}
