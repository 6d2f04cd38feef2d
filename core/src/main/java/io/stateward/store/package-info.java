/**
 * One idea: a <em>store</em> is a signal that can be written.
 *
 * <p>A {@link io.stateward.store.Store} holds one immutable value. {@link
 * io.stateward.store.Store#update} commits the next one; {@code select} derives signals from it, at
 * a cost that follows what changed; {@code slice} gives a part of it to a module of the application
 * as a store of its own, through a {@link io.stateward.store.Lens}; {@link
 * io.stateward.store.Keyed} follows single entries of the collections in it.
 *
 * <p>Three things build on that. A {@link io.stateward.store.ReducingStore} changes by actions: a
 * {@link io.stateward.store.Reducer} says what follows from one, {@link
 * io.stateward.store.Middleware} runs around it, may object to what it makes, and records it. An
 * {@link io.stateward.store.AsyncAction} is work that takes time, written into a store as an {@link
 * io.stateward.store.Async}, which is never loading and failed at once. {@link
 * io.stateward.store.Listeners} do something after an action, and may wait for the next one.
 *
 * <p>Start at {@link io.stateward.store.Store}.
 */
@NullMarked
package io.stateward.store;

import org.jspecify.annotations.NullMarked;
