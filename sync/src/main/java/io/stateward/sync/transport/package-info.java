/**
 * One idea: how frames travel between a client and its hub.
 *
 * <p>A {@link io.stateward.sync.transport.WebSocketTransport} leads to a server, on the WebSocket
 * of the JDK. The server's side is an adapter's, such as {@code stateward-jakarta-websocket}.
 *
 * <p>Start at {@link io.stateward.sync.transport.WebSocketTransport}.
 */
@NullMarked
package io.stateward.sync.transport;

import org.jspecify.annotations.NullMarked;
