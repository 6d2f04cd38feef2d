package io.stateward.redis.cache;

import io.stateward.cache.spi.Backplane.Message;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listeners to the messages of a cache, and whether messages come at all. */
final class Channel {

  final String name;
  final String cache;
  final String id = UUID.randomUUID().toString();
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean reported = new AtomicBoolean();
  volatile boolean subscribed; // at some time
  private volatile boolean tried;

  Channel(String name, String cache) {
    this.name = name;
    this.cache = cache;
  }

  Subscription add(Consumer<Message> listener) {
    Listening listening = new Listening(listener);
    listeners.add(listening);
    return () -> {
      listening.ended = true;
      listeners.remove(listening);
    };
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /** Whether a ping should come back, and none did yet. */
  boolean isToBeTried() {
    return subscribed && hasListeners() && !tried;
  }

  /** Whether a ping came back. */
  boolean isTried() {
    return tried;
  }

  void heard(String sender) {
    if (sender.equals(id)) {
      tried = true;
    }
  }

  void tell(Message message) {
    for (Listening listening : listeners) {
      listening.tell(cache, message);
    }
  }

  /** Reports what is wrong with the channel, once. */
  void report(String problem, @Nullable Throwable cause) {
    if (reported.compareAndSet(false, true)) {
      Probe.report("Cache '%s'".formatted(cache), problem + ". That is told once.", cause);
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
