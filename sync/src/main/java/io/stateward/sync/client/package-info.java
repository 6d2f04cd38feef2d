/**
 * One idea: a client keeps its documents usable whatever the connection does: what is done here
 * shows at once, is stored in the outbox, and is sent when it can be.
 *
 * <p>A {@link io.stateward.sync.client.SyncClient} holds one connection to a hub and comes back
 * when it breaks. A kind of document stands on a {@link io.stateward.sync.client.DocumentChannel}:
 * it takes changes, numbers, stores and sends them, and tells the document's {@link
 * io.stateward.sync.spi.Replica} what the hub says, in order.
 *
 * <p>Start at {@link io.stateward.sync.client.SyncClient}.
 */
@NullMarked
package io.stateward.sync.client;

import org.jspecify.annotations.NullMarked;
