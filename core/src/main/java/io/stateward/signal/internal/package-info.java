/**
 * One idea: the machinery of signals, shared by the packages of the kernel and by nobody else.
 *
 * <p>A {@link io.stateward.signal.internal.Node} is either a <em>source</em>, which has a lock, a
 * drain and versions of its own ({@link io.stateward.signal.internal.Root}, {@link
 * io.stateward.signal.internal.Derived}), or a <em>projection</em>, a pure function of one other
 * node. What a node was at one moment is a {@link io.stateward.signal.internal.Cell}; cells are
 * compared by identity, and that is the whole of change detection.
 *
 * <p>Start at {@link io.stateward.signal.internal.Node}. Nothing here is exported; anything may
 * change in any release.
 */
@NullMarked
package io.stateward.signal.internal;

import org.jspecify.annotations.NullMarked;
