/**
 * One idea: two instances of one cache stand side by side with what they share, and beside them the
 * usual cache-aside on the same input, so that one sees which of them keeps an old value.
 *
 * <p>A {@link io.stateward.examples.nodes.TwoNodes} serves the page. Start reading at {@code
 * CachedNode} and {@code NaiveNode}, which are the two ways; {@code Lab} does to both of them what
 * the page asks for; a {@code Tier} is what the nodes share, in Redis or in this process.
 */
@NullMarked
package io.stateward.examples.nodes;

import org.jspecify.annotations.NullMarked;
