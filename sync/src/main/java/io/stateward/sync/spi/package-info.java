/**
 * One idea: what a host or an adapter plugs into live documents: how frames travel, and what a kind
 * of document is on either side.
 *
 * <p>A {@link io.stateward.sync.spi.Connection} carries text frames in order; a {@link
 * io.stateward.sync.spi.Transport} makes one. A {@link io.stateward.sync.spi.SharedType} is a kind
 * of document on the hub, a {@link io.stateward.sync.spi.Replica} a document on a client. The hub
 * and the client do everything that all kinds have in common: order, acknowledgement, resuming,
 * storage; a kind only says what a change does.
 *
 * <p>Start at {@link io.stateward.sync.spi.Connection}.
 */
@NullMarked
package io.stateward.sync.spi;

import org.jspecify.annotations.NullMarked;
