package io.stateward.cache.spi;

import io.stateward.signal.Subscription;
import java.util.function.Consumer;

/**
 * Tells instances of a cache at once that the log of a layer has grown.
 *
 * <p>Messages may be lost, doubled, late or out of order: whoever misses one finds it in the log.
 * So a backplane makes invalidations fast, and never makes them right.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @since 0.1
 */
public interface Backplane {

  /**
   * Listens to the invalidations of a cache, by whichever instance, this one included.
   *
   * @param cache the name of the cache
   * @param listener called on threads of the backplane; it must not block
   * @return ends the listening
   */
  Subscription listen(String cache, Consumer<Message> listener);

  /**
   * Says that something was invalidated, where the layer does not say so itself.
   *
   * @param cache the name of the cache
   * @param message what
   */
  void send(String cache, Message message);

  /**
   * An invalidation with its place in the log.
   *
   * @param bucket the bucket
   * @param head the head of the bucket with it
   * @param invalidation what was invalidated
   */
  record Message(int bucket, Head head, Invalidation invalidation) {}
}
