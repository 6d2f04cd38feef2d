package io.stateward.cache;

import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.UnequalFormException;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a session reaches its cache by. It holds for ever, unless a test breaks it. */
final class MemoryConnection {

  private final MemoryCache cache;
  private final String form;
  private final MemoryTokens tokens;
  private final Runnable onClose;
  private final MemoryListeners<Boolean> listeners =
      new MemoryListeners<>("A listener threw when told of the connection.");
  long number; // guarded by the lock of the cache, as all below
  private boolean connected = true;
  private boolean closed;
  private int answersToLose;

  MemoryConnection(MemoryCache cache, String form, MemoryTokens tokens, Runnable onClose) {
    this.cache = cache;
    this.form = form;
    this.tokens = tokens;
    this.onClose = onClose;
    this.number = tokens.number();
  }

  /** Does a step in the cache. */
  <T> CompletionStage<T> ask(String attempted, Step<T> step) {
    try {
      return CompletableFuture.completedStage(
          cache.step(form, (state, now) -> answer(attempted, step, state, now)));
    } catch (LayerUnavailableException | UnequalFormException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private <T> T answer(String attempted, Step<T> step, MemoryState state, long now) {
    if (closed) {
      throw new ClosedException(
          "The session of cache '%s'".formatted(cache.name()), attempted, "Open another one.");
    }
    if (!connected) {
      throw new LayerUnavailableException(cache.name(), attempted, null);
    }
    T answer = step.take(state, now, number);
    if (answersToLose > 0) {
      answersToLose--;
      throw new LayerUnavailableException(cache.name(), attempted, null);
    }
    return answer;
  }

  Subscription listen(Consumer<Boolean> listener) {
    return listeners.listen(listener);
  }

  /** Breaks the connection, as a network does; its leases end. */
  void disconnect() {
    cache.replace(
        state -> {
          connected = false;
          state.endLeasesOf(number, cache.options().timekeeper().nanoTime());
          return state;
        });
    tell(false);
  }

  /** Makes a new one. */
  void reconnect() {
    cache.replace(
        state -> {
          connected = true;
          number = tokens.number();
          return state;
        });
    tell(true);
  }

  /** Loses the answers to the next questions; what they ask for is done. */
  void loseAnswers(int count) {
    cache.replace(
        state -> {
          answersToLose = count;
          return state;
        });
  }

  void close() {
    cache.replace(
        state -> {
          closed = true;
          state.endLeasesOf(number, cache.options().timekeeper().nanoTime());
          return state;
        });
    listeners.close();
    onClose.run();
  }

  private void tell(boolean up) {
    listeners.tell(cache.name(), up);
  }

  /** A step in the state, at a time, for the connection of a number. */
  interface Step<T> {
    T take(MemoryState state, long now, long number);
  }
}
