package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.signal.Subscription;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Map<String, MemoryListeners<Message>> listeners = new ConcurrentHashMap<>();

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
    return listeners
        .computeIfAbsent(cache, name -> new MemoryListeners<>("A listener of the backplane threw."))
        .listen(listener);
  }

  @Override
  public void send(String cache, Message message) {
    Objects.requireNonNull(message, "message");
    MemoryListeners<Message> all = listeners.get(cache);
    if (all != null) {
      all.tell(cache, message);
    }
  }
}
