/**
 * One idea: a text that several people edit is the operations they made, each with what it was made
 * after, and one order in which all replicas put them.
 *
 * <p>A {@link io.stateward.sync.text.TextDelta} is an edit: retain, insert, delete. A {@code
 * TextLog} keeps the edits as they were made and merges the concurrent ones, and says of each what
 * it changes in the text as it is here. A {@link io.stateward.sync.text.Text} is the text itself,
 * of which a part is changed without copying the rest. {@link io.stateward.sync.text.TextMerge}
 * finds what changed between versions without a common history, {@link
 * io.stateward.sync.text.TextCursor} and {@link io.stateward.sync.text.TextRange} stay where they
 * were put, and {@link io.stateward.sync.text.TextUndo} takes back what one person did. Positions
 * and lengths are counted in code points everywhere, so no edit can split a character in two.
 *
 * <p>Start at {@link io.stateward.sync.text.TextDelta}. Nothing in this package knows networks or
 * storage, and time only divides what is undone at once.
 */
@NullMarked
package io.stateward.sync.text;

import org.jspecify.annotations.NullMarked;
