package io.stateward.examples.nodes;

import io.stateward.cache.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an application that reads and writes through its cache.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
interface Node {

  /** Reads a key; if a stamp is given and can be honoured, not older than that write. */
  Found read(String key, @Nullable Stamp atLeast);

  /** Writes the source and tells the cache. Returns the stamp; null if there is none such. */
  @Nullable Stamp write(String key, String value, WriteMode mode) throws Exception;

  void invalidateTag(String tag) throws Exception;

  void clear() throws Exception;

  /** What its memory would serve at this moment. */
  List<Cell> memory();

  void close();
}
