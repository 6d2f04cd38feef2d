package io.stateward.cache.spi;

/**
 * What can happen to a layer, as far as a fixture can make it happen.
 *
 * @since 0.1
 */
public interface LayerWeather {

  /** Makes the layer forget everything, without a word to anybody. */
  void flush();

  /**
   * Makes the layer drop an entry, as if it had no memory left.
   *
   * @param cache the name of the cache
   * @param key the key
   */
  void evict(String cache, String key);

  /**
   * Copies the layer as it is now, as a replica or a dump does.
   *
   * @return goes on with the copy instead of the layer, and makes everybody connect anew
   */
  Runnable replica();

  /**
   * Breaks the connection of a session; returns when it is broken.
   *
   * @param session the session
   */
  void disconnect(LayerSession session);

  /**
   * Makes another connection for a session; returns when there is one.
   *
   * @param session the session
   */
  void reconnect(LayerSession session);

  /**
   * Loses the answer to what a session asks next. It is done.
   *
   * @param session the session
   */
  void loseAnswer(LayerSession session);
}
