package io.stateward.cache;

import io.stateward.cache.spi.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Reads of several keys that go to the layer as one.
 *
 * <p>Thread safety: the flights that want something add it on the thread that starts them, which
 * sends the batch after that; the read is what others wait for.
 */
final class Batch {

  final List<String> wanted = new ArrayList<>();
  final CompletableFuture<Read> read = new CompletableFuture<>();

  /**
   * What the layer had.
   *
   * @param readings of each key
   * @param sentAtNanos when it was asked
   */
  record Read(Map<String, Reading> readings, long sentAtNanos) {}
}
