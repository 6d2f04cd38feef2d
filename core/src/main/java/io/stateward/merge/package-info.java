/**
 * One idea: two changes of one value can be brought together if the value they started from is
 * known.
 *
 * <p>A {@link io.stateward.merge.Merge} is given three versions: base, which both sides started
 * from, mine and theirs. What one side alone changed is taken over; what both changed is decided by
 * a rule for that field or value; what no rule decides is not guessed but named, one {@link
 * io.stateward.merge.FieldConflict} each, for whoever can decide. So nothing of either side is lost
 * silently. Merging is pure: no clock, no thread, no store.
 *
 * <p>Start at {@link io.stateward.merge.Merge#of(Class)}, the merge of records.
 */
@NullMarked
package io.stateward.merge;

import org.jspecify.annotations.NullMarked;
