package io.stateward.sync.spi;

/**
 * Whoever is told what comes over a {@link Connection}.
 *
 * <p>Rules:
 *
 * <ol>
 *   <li>Calls are made one after the other, in order; each sees what the one before did.
 *   <li>{@link #onFrame} is not called before the listener's side knows the connection: a transport
 *       hands over the connection first.
 *   <li>{@link #onClosed} is called exactly once, last, however the connection ended, also when
 *       this side closed it.
 *   <li>A listener returns soon and does not throw; a transport reports what it throws all the same
 *       and closes the connection with 1011.
 * </ol>
 *
 * @since 0.1
 */
public interface ConnectionListener {

  /**
   * A frame has come.
   *
   * @param frame the text of the frame; at most as long as the transport's limit
   */
  void onFrame(String frame);

  /**
   * The connection has ended.
   *
   * @param code the close code that the other side gave, or 1006 if it gave none (RFC 6455, section
   *     7.4.1)
   * @param reason what was said with it, perhaps empty
   */
  void onClosed(int code, String reason);
}
