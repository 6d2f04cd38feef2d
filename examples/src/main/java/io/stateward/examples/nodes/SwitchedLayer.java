package io.stateward.examples.nodes;

import io.stateward.cache.MemoryLayer;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.signal.Subscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A layer in memory that can be stopped, started and emptied under the feet of those who use it.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 */
final class SwitchedLayer implements CacheLayer {

  private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
  private volatile MemoryLayer target;
  private volatile boolean running = true;

  SwitchedLayer(MemoryLayer target) {
    this.target = target;
  }

  boolean isRunning() {
    return running;
  }

  void stop() {
    running = false;
    listeners.forEach(listener -> listener.accept(false));
  }

  void start() {
    running = true;
    listeners.forEach(listener -> listener.accept(true));
  }

  /** Goes on with another layer; its sessions are opened as they are needed. */
  void replace(MemoryLayer other) {
    target = other;
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    if (!running) {
      return CompletableFuture.failedFuture(new LayerUnavailableException(cache, "open", null));
    }
    Switched session = new Switched(cache, form);
    return CompletableFuture.completedFuture(
        (LayerSession)
            Proxy.newProxyInstance(
                LayerSession.class.getClassLoader(),
                new Class<?>[] {LayerSession.class},
                (proxy, method, arguments) -> session.call(method, arguments)));
  }

  /** What each method of a session does: it fails, or is that of the session of the moment. */
  private final class Switched {
    private final String cache;
    private final String form;
    private MemoryLayer opened; // guarded by this object's monitor, as the session is
    private LayerSession session;

    Switched(String cache, String form) {
      this.cache = cache;
      this.form = form;
      opened = target;
      session = opened.open(cache, form).toCompletableFuture().join();
    }

    private synchronized LayerSession session() {
      if (opened != target) {
        opened = target;
        session = opened.open(cache, form).toCompletableFuture().join(); // it never waits
      }
      return session;
    }

    @SuppressWarnings("unchecked") // of the only method that takes a listener
    @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("onConnection") && arguments != null) {
        Consumer<Boolean> listener = (Consumer<Boolean>) arguments[0];
        listeners.add(listener);
        return (Subscription) () -> listeners.remove(listener);
      }
      if (!running && method.getReturnType() == CompletionStage.class) {
        return CompletableFuture.failedStage(
            new LayerUnavailableException(cache, method.getName(), null));
      }
      try {
        return method.invoke(session(), arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
