package io.stateward.examples.nodes;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is shared, with a session of its own that takes part in nothing.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class Watcher {

  private static final long PATIENCE_MILLIS = 1_000;

  private final CacheLayer layer;
  private @Nullable LayerSession session;

  Watcher(CacheLayer layer) {
    this.layer = layer;
  }

  /** Returns what the layer has; empty if it does not answer. */
  Optional<List<Cell>> entries() throws InterruptedException {
    try {
      LayerSession now = session == null ? open() : session;
      session = now;
      Map<String, Reading> all = answer(now.readAll(Menu.KEYS));
      WideMarks marks = answer(now.wideMarks());
      return Optional.of(
          Menu.KEYS.stream().map(key -> cell(key, all, marks)).flatMap(Optional::stream).toList());
    } catch (ExecutionException | TimeoutException e) { // which is the answer
      return Optional.empty();
    }
  }

  private LayerSession open() throws InterruptedException, ExecutionException, TimeoutException {
    return answer(layer.open(CachedNode.CACHE, CachedNode.CODEC.schema()));
  }

  private static <T> T answer(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Optional<Cell> cell(String key, Map<String, Reading> all, WideMarks marks) {
    Reading reading = all.get(key);
    LayerEntry entry = reading == null ? null : reading.entry();
    return Optional.ofNullable(entry).map(it -> new Cell(key, value(it), -1, note(it, marks)));
  }

  private static String value(LayerEntry entry) {
    byte[] bytes = entry.value();
    return bytes == null ? "none" : CachedNode.CODEC.decode(bytes);
  }

  /** What is older than the mark of its tag, or of everything, is there and is not served. */
  private static String note(LayerEntry entry, WideMarks marks) {
    boolean old =
        entry.wide().epoch() != marks.head().epoch()
            || entry.wide().sequence() < marks.all()
            || entry.tags().stream()
                .anyMatch(tag -> entry.wide().sequence() < marks.tags().getOrDefault(tag, 0L));
    return old ? "not served" : entry.fresh().isZero() ? "outlived" : "";
  }

  void close() {
    if (session != null) {
      session.close();
    }
  }
}
