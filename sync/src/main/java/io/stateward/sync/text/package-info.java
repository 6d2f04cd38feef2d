/**
 * One idea: a text that several people edit is the operations they made, each with what it was made
 * after, and one order in which all replicas put them.
 *
 * <p>A {@link io.stateward.sync.text.TextDelta} is an edit: retain, insert, delete. A {@code
 * TextLog} keeps the edits as they were made and merges the concurrent ones, and says of each what
 * it changes in the text as it is here. A {@code Text} is the text itself, of which a part is
 * changed without copying the rest. Positions and lengths are counted in code points everywhere, so
 * no edit can split a character in two.
 *
 * <p>Start at {@link io.stateward.sync.text.TextDelta}. Nothing in this package knows networks,
 * time or storage.
 */
@NullMarked
package io.stateward.sync.text;

import org.jspecify.annotations.NullMarked;
