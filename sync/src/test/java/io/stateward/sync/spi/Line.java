package io.stateward.sync.spi;

/**
 * A server of a contract kit, and the ways to it.
 *
 * @since 0.1
 */
public interface Line extends AutoCloseable {

  /**
   * Returns the way to the server.
   *
   * @return a transport that reaches it
   */
  Transport transport();

  /**
   * Returns the way to where nobody is.
   *
   * @return a transport that reaches nothing
   */
  Transport nowhere();

  /** Breaks the connections that there are, without a word to either end. */
  void cut();

  @Override
  void close();
}
