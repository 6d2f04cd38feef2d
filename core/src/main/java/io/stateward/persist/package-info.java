/**
 * One idea: what must outlive the process is either a <em>record</em> that is replaced as a whole,
 * or a <em>journal</em> that is only added to.
 *
 * <p>{@link io.stateward.persist.RecordStore} keeps records by key and lets one be replaced by
 * whoever has seen its latest version. {@link io.stateward.persist.Journal} keeps a sequence that
 * grows at one end and is cut at the other. Both come with an engine in memory and one on files
 * that survives a process killed at any moment, and with a contract kit for engines of your own.
 * {@link io.stateward.persist.Persistence} keeps a part of a store's state in a file, across
 * restarts and across changes of its schema, and {@link io.stateward.persist.Hydration} carries the
 * state that a page was made from inside the page.
 *
 * <p>Calls of the two storage shapes block; make them on an executor of yours. Start at {@link
 * io.stateward.persist.Persistence}.
 */
@NullMarked
package io.stateward.persist;

import org.jspecify.annotations.NullMarked;
