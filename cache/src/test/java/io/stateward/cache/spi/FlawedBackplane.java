package io.stateward.cache.spi;

import static io.stateward.cache.spi.BackplaneFlaw.*;

import io.stateward.signal.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A backplane within the process that is wrong in one way. */
final class FlawedBackplane implements Backplane {

  private final BackplaneFlaw flaw;
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean telling = new AtomicBoolean();

  FlawedBackplane(BackplaneFlaw flaw) {
    this.flaw = flaw;
  }

  private record Listening(String cache, Consumer<Message> listener, Object identity) {}

  @Override
  public Subscription listen(String cache, Consumer<Message> listener) {
    boolean locks = flaw == LOCKS_WHILE_IT_TELLS;
    if (locks && !tryLock()) {
      throw new IllegalStateException("The lock is held for ever.");
    }
    try {
      Object identity = flaw == EQUAL_LISTENERS_ARE_ONE ? "one" : new Object();
      Listening entry = new Listening(cache, listener, identity);
      if (flaw == ONE_LISTENER_HEARS) {
        listening.clear();
      }
      listening.add(entry);
      return () -> end(entry);
    } finally {
      if (locks) {
        lock.unlock();
      }
    }
  }

  private boolean tryLock() {
    try {
      return lock.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void end(Listening entry) {
    if (flaw == ENDING_ENDS_ALL) {
      listening.clear();
    } else if (flaw != ENDED_LISTENERS_HEAR) {
      listening.removeIf(entry::equals);
    }
  }

  @Override
  public void send(String cache, Message message) {
    if (flaw == LOCKS_WHILE_IT_TELLS) {
      lock.lock();
      try {
        tell(cache, message);
      } finally {
        lock.unlock();
      }
    } else if (flaw == ONE_MESSAGE_AT_A_TIME) {
      if (telling.compareAndSet(false, true)) {
        Thread.yield();
        tell(cache, message);
        telling.set(false);
      }
    } else {
      tell(cache, message);
    }
  }

  private void tell(String cache, Message message) {
    for (Listening entry : listening) {
      if (!entry.cache.equals(cache) && flaw != CACHES_ARE_ONE) {
        continue;
      }
      try {
        entry.listener.accept(altered(message));
      } catch (RuntimeException | AssertionError e) {
        if (flaw == SENDERS_ARE_HARMED) {
          throw e;
        } else if (flaw == LATER_LISTENERS_ARE_HARMED) {
          return;
        }
      }
    }
  }

  private Message altered(Message message) {
    if (flaw == NUMBERS_ARE_SHORT) {
      Head head = new Head((int) message.head().epoch(), message.head().sequence());
      return new Message(message.bucket(), head, message.invalidation());
    }
    return flaw == TAGS_BECOME_KEYS && message.invalidation() instanceof Invalidation.Tag tag
        ? new Message(message.bucket(), message.head(), new Invalidation.Key(tag.tag()))
        : message;
  }
}
