/**
 * One idea: a record is a JSON-like value that many change at once by saying what to do, and each
 * change has one meaning for what to do when somebody else was faster.
 *
 * <p>A {@link io.stateward.sync.record.RecordChange} replaces the whole value, if nobody else has
 * changed it since (optimistic locking) or in any case; it sets or removes a field, where the last
 * write wins; it counts, or puts an element into a set, which loses nothing; or it brings what
 * somebody made of an older version together with what stands, field by field, by {@linkplain
 * io.stateward.sync.record.MergeRules rules}. A {@link io.stateward.sync.record.RecordState} takes
 * a change in and says what came of it. All of it is pure, so that a hub and its clients come to
 * the same value by taking in the same changes in one order.
 *
 * <p>Start at {@link io.stateward.sync.record.RecordChange}.
 */
@NullMarked
package io.stateward.sync.record;

import org.jspecify.annotations.NullMarked;
