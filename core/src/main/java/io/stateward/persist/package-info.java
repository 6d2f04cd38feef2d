/**
 * One idea: what outlives the process.
 *
 * <p>A {@link io.stateward.persist.Hydration} carries the state that a page was made from inside
 * the page, to whoever goes on from there.
 */
@NullMarked
package io.stateward.persist;

import org.jspecify.annotations.NullMarked;
