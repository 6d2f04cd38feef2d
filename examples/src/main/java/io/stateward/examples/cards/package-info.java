/**
 * One idea: a board of cards that several windows change at once, against one server that is slow,
 * refuses and disagrees as much as the person wants.
 */
@NullMarked
package io.stateward.examples.cards;

import org.jspecify.annotations.NullMarked;
