/**
 * One idea: a <em>store</em> is a signal that can be written.
 *
 * <p>A {@link io.stateward.store.Store} holds one immutable value. {@link
 * io.stateward.store.Store#update} commits the next one; {@code select} derives signals from it, at
 * a cost that follows what changed; {@code slice} gives a part of it to a module of the application
 * as a store of its own, through a {@link io.stateward.store.Lens}; {@link
 * io.stateward.store.Keyed} follows single entries of the collections in it.
 *
 * <p>Start at {@link io.stateward.store.Store}.
 */
@NullMarked
package io.stateward.store;

import org.jspecify.annotations.NullMarked;
