package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A backplane within this process: whoever sends a message tells all listeners before it goes on.
 *
 * <pre>{@code
 * MemoryBackplane backplane = MemoryBackplane.of();
 * Subscription listening = backplane.listen("users", message -> catchUp(message.bucket()));
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Ordering.</b> Messages of one thread come in their order. Those of several threads are told
 * side by side.
 *
 * <p><b>Failure.</b> A listener that throws is reported, and harms nobody else.
 *
 * @since 0.1
 */
public final class MemoryBackplane implements Backplane {

  private final Map<String, List<Listening>> listeners = new ConcurrentHashMap<>();

  private MemoryBackplane() {}

  /**
   * Returns a new backplane.
   *
   * @return the backplane, without listeners
   */
  public static MemoryBackplane of() {
    return new MemoryBackplane();
  }

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    Listening listening = new Listening(Objects.requireNonNull(listener, "listener"));
    List<Listening> all = listeners.computeIfAbsent(cache, name -> new CopyOnWriteArrayList<>());
    all.add(listening);
    return () -> {
      listening.ended = true;
      all.remove(listening);
    };
  }

  @Override
  public void send(String cache, Message message) {
    Objects.requireNonNull(message, "message");
    for (Listening listening : listeners.getOrDefault(cache, List.of())) {
      listening.tell(cache, message);
    }
  }

  /** A class and not a record: the same listener may listen twice. */
  private static final class Listening {
    private final Consumer<Message> listener;
    private volatile boolean ended;

    Listening(Consumer<Message> listener) {
      this.listener = listener;
    }

    void tell(String cache, Message message) {
      if (ended) {
        return;
      }
      try {
        listener.accept(message);
      } catch (Throwable t) { // of whoever listens
        Probe.report("Cache '%s'".formatted(cache), "A listener of the backplane threw.", t);
      }
    }
  }
}
