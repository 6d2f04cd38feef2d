/**
 * One idea: what the two sides of a document have in common and nobody else needs to see.
 *
 * <p>Start at {@link io.stateward.sync.internal.SequencedText}.
 */
@NullMarked
package io.stateward.sync.internal;

import org.jspecify.annotations.NullMarked;
