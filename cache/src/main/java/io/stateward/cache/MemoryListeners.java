package io.stateward.cache;

import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who listens to what is told of a cache: one after the other, and one that throws harms no other.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class MemoryListeners<T> {

  private final List<Listening<T>> all = new CopyOnWriteArrayList<>();
  private final String problem;

  /** The problem is what is reported of a listener that throws. */
  MemoryListeners(String problem) {
    this.problem = problem;
  }

  Subscription listen(Consumer<? super T> listener) {
    Listening<T> listening = new Listening<>(Objects.requireNonNull(listener, "listener"));
    all.add(listening);
    return () -> {
      listening.ended = true;
      all.remove(listening);
    };
  }

  void tell(String cache, T what) {
    for (Listening<T> listening : all) {
      if (!listening.ended) {
        try {
          listening.listener.accept(what);
        } catch (Throwable t) { // of whoever listens
          Probe.report("Cache '%s'".formatted(cache), problem, t);
        }
      }
    }
  }

  void close() {
    all.forEach(listening -> listening.ended = true);
    all.clear();
  }

  /** A class and not a record: the same listener may listen twice. */
  private static final class Listening<T> {
    private final Consumer<? super T> listener;
    private volatile boolean ended;

    Listening(Consumer<? super T> listener) {
      this.listener = listener;
    }
  }
}
