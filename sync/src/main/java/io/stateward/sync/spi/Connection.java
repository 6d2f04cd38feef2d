package io.stateward.sync.spi;

import java.util.concurrent.CompletionStage;

/**
 * One end of an established connection that carries text frames in order, none twice.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Frames arrive at the other end's {@link ConnectionListener} in the order in which they were
 *       sent, each at most once; if one is lost, none after it arrives.
 *   <li>{@link #send} never blocks. Whoever sends waits for the stage of the last frame before the
 *       next, so an implementation never holds more than one.
 *   <li>The stage completes when the frame was taken over by the network, which says nothing of its
 *       arrival; it fails if the connection is closed, with whatever was the cause.
 *   <li>{@link #close} is idempotent, may be called from any thread and does not block. After it
 *       the listener is told of the end, once.
 * </ol>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Connection {

  /**
   * Sends a frame.
   *
   * @param frame the text of the frame, without lone surrogates
   * @return completes when the next may be sent; fails if the connection is closed
   */
  CompletionStage<Void> send(String frame);

  /**
   * Ends the connection.
   *
   * @param code a close code of WebSocket (RFC 6455, section 7.4): 1000, 1001, 1002, 1008, 1009,
   *     1011 to 1013, or from 3000 to 4999
   * @param reason a sentence, at most 123 bytes in UTF-8; what is longer is cut
   */
  void close(int code, String reason);
}
