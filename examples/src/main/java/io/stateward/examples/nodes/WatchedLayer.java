package io.stateward.examples.nodes;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import java.util.concurrent.CompletionStage;

/**
 * The layer as one node uses it, seen by the timeline.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class WatchedLayer implements CacheLayer {

  private final CacheLayer target;
  private final String node;
  private final Timeline timeline;

  WatchedLayer(CacheLayer target, String node, Timeline timeline) {
    this.target = target;
    this.node = node;
    this.timeline = timeline;
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    return target
        .open(cache, form)
        .thenApply(session -> new WatchedSession(session, node, timeline));
  }
}
