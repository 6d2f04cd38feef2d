/**
 * One idea: how frames travel between a client and its hub.
 *
 * <p>A {@link io.stateward.sync.transport.WebSocketTransport} leads to a server, on the WebSocket
 * of the JDK; the server's side is an adapter's, such as {@code stateward-jakarta-websocket}. A
 * {@link io.stateward.sync.transport.MemoryNetwork} stays within the process and is as bad as a
 * test wants it to be: slow, cut, silent, mangling, and the same again for the same seed.
 *
 * <p>Start at {@link io.stateward.sync.transport.WebSocketTransport}.
 */
@NullMarked
package io.stateward.sync.transport;

import org.jspecify.annotations.NullMarked;
