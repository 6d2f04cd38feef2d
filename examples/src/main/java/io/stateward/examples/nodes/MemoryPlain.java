package io.stateward.examples.nodes;

import io.stateward.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Get, set, delete and messages within this process. */
final class MemoryPlain implements Plain {

  private final Map<String, Kept> values = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Timekeeper timekeeper;
  private volatile boolean running = true;

  /** A value and when its time is over. */
  private record Kept(String value, long sinceNanos, long keptNanos) {}

  MemoryPlain(Timekeeper timekeeper) {
    this.timekeeper = timekeeper;
  }

  private void require() {
    if (!running) {
      throw new IllegalStateException("The shared layer does not answer.");
    }
  }

  @Override
  public @Nullable String get(String key) {
    require();
    Kept kept = values.get(key);
    return kept == null || timekeeper.nanoTime() - kept.sinceNanos() >= kept.keptNanos()
        ? null
        : kept.value();
  }

  @Override
  public void set(String key, String value, Duration ttl) {
    require();
    values.put(key, new Kept(value, timekeeper.nanoTime(), ttl.toNanos()));
  }

  @Override
  public void delete(String key) {
    require();
    values.remove(key);
  }

  @Override
  public void publish(String message) {
    require();
    listeners.forEach(listener -> listener.accept(message));
  }

  @Override
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  void clear() {
    values.clear();
  }

  void running(boolean now) {
    running = now;
  }
}
