/**
 * One idea: an endpoint of Jakarta WebSocket that hands each connection to a hub.
 *
 * <p>A {@link io.stateward.jakarta.websocket.SyncEndpoint} says where it is, who may come from
 * where, and what the limits are; the container does the rest: Tomcat, Jetty, Undertow, Open
 * Liberty, alone or in a framework.
 *
 * <p>Start at {@link io.stateward.jakarta.websocket.SyncEndpoint}.
 */
@NullMarked
package io.stateward.jakarta.websocket;

import org.jspecify.annotations.NullMarked;
