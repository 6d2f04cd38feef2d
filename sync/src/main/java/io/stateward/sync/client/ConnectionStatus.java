package io.stateward.sync.client;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a client stands with its hub.
 *
 * <pre>{@code
 * client.status().subscribe(change -> bar.show(change.now().fold(
 *     () -> "connecting", session -> "connected", again -> "again in " + again.in(),
 *     pending -> pending + " changes wait", refused -> refused.reason(), () -> "closed")));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface ConnectionStatus {

  /**
   * Maps whichever status this is.
   *
   * @param <R> the type of the result
   * @param connecting answers while a connection is being made
   * @param connected maps the name of the session
   * @param reconnecting maps the wait for the next attempt
   * @param offline maps how many changes wait while the client is offline on purpose
   * @param refused maps why the client may not connect
   * @param closed answers once the client is closed
   * @return the result of the one function that was called
   */
  default <R> R fold(
      Supplier<? extends R> connecting,
      Function<? super String, ? extends R> connected,
      Function<? super Reconnecting, ? extends R> reconnecting,
      Function<? super Integer, ? extends R> offline,
      Function<? super Refused, ? extends R> refused,
      Supplier<? extends R> closed) {
    if (this instanceof Connected it) {
      return connected.apply(it.session());
    } else if (this instanceof Reconnecting it) {
      return reconnecting.apply(it);
    } else if (this instanceof Offline it) {
      return offline.apply(it.pending());
    } else if (this instanceof Refused it) {
      return refused.apply(it);
    }
    return this instanceof Closed ? closed.get() : connecting.get();
  }

  /** A connection is being made. */
  record Connecting() implements ConnectionStatus {}

  /**
   * The hub has welcomed the client.
   *
   * @param session the name that the hub gave the connection, for logs
   */
  record Connected(String session) implements ConnectionStatus {}

  /**
   * The connection is gone, or could not be made; the next attempt follows.
   *
   * @param attempt which one it will be since the last time that all was well, from 1
   * @param in how long the client waits before it, counted from the moment this status began
   */
  record Reconnecting(int attempt, Duration in) implements ConnectionStatus {}

  /**
   * The client is offline on purpose: {@link SyncClient#disconnect()}.
   *
   * @param pending how many changes wait for a connection
   */
  record Offline(int pending) implements ConnectionStatus {}

  /**
   * The hub does not want this client, and says so for good. Nothing is tried until {@link
   * SyncClient#reconnect()}.
   *
   * @param code the close code; see {@link io.stateward.sync.protocol.CloseCode}
   * @param reason what the hub said, perhaps empty
   */
  record Refused(int code, String reason) implements ConnectionStatus {}

  /** The client is closed. */
  record Closed() implements ConnectionStatus {}
}
