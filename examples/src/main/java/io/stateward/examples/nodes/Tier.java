package io.stateward.examples.nodes;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;

/**
 * What the two nodes share, and what can be done to it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
interface Tier extends AutoCloseable {

  /** What it is called in sentences, for example Redis. */
  String title();

  /** What the person should know of it, as a sentence. */
  String notice();

  /** Whether it is another one than it would be if it could; then the notice stands out. */
  boolean isSubstitute();

  CacheLayer layer();

  Backplane backplane();

  Plain plain();

  /** Whether it may be flushed, killed and started again: it belongs to this program. */
  boolean isOurs();

  boolean isRunning();

  void flush();

  void kill();

  void start();

  @Override
  void close();
}
