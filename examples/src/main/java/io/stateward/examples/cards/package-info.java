/**
 * One idea: a board of cards that several windows change at once, against one server that is slow,
 * refuses and disagrees as much as the person wants.
 *
 * <p>A {@link io.stateward.examples.cards.CardServer} has the say over the cards. Each window works
 * at a {@link io.stateward.examples.cards.Desk} with an optimistic store of its own, as a client
 * far away would; what it shows is sent to the window's {@link io.stateward.examples.cards.Page}.
 * Conflicts that no merge decides are {@link io.stateward.examples.cards.Questions} to the person.
 * A {@link io.stateward.examples.cards.Comparison} does the same with snapshot rollback.
 *
 * <p>Start at {@link io.stateward.examples.cards.CardBoard}.
 */
@NullMarked
package io.stateward.examples.cards;

import org.jspecify.annotations.NullMarked;
