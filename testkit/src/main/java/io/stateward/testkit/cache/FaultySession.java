package io.stateward.testkit.cache;

import static io.stateward.testkit.cache.LayerOperation.ACQUIRE;
import static io.stateward.testkit.cache.LayerOperation.BEGIN;
import static io.stateward.testkit.cache.LayerOperation.COMPLETE;
import static io.stateward.testkit.cache.LayerOperation.FILL;
import static io.stateward.testkit.cache.LayerOperation.HEADS;
import static io.stateward.testkit.cache.LayerOperation.INVALIDATE;
import static io.stateward.testkit.cache.LayerOperation.LOG;
import static io.stateward.testkit.cache.LayerOperation.READ;
import static io.stateward.testkit.cache.LayerOperation.READ_ALL;
import static io.stateward.testkit.cache.LayerOperation.RELEASE;
import static io.stateward.testkit.cache.LayerOperation.WIDE_MARKS;

import io.stateward.cache.Stamp;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Head;
import io.stateward.cache.spi.Intent;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.LogPage;
import io.stateward.cache.spi.Reading;
import io.stateward.cache.spi.WideMarks;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Probe;
import io.stateward.signal.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session whose connection can break: each connection is a session of the layer of its own, so
 * that its leases end with it.
 */
final class FaultySession implements LayerSession {

  private final FaultyLayer layer;
  private final String cache;
  private final String form;
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private volatile LayerSession session; // of the present connection, or of the last one
  private volatile boolean connected = true;
  private volatile boolean closed;

  FaultySession(FaultyLayer layer, String cache, String form, LayerSession session) {
    this.layer = layer;
    this.cache = cache;
    this.form = form;
    this.session = follow(session);
  }

  private LayerSession follow(LayerSession opened) {
    opened.onConnection(
        up -> {
          if (opened == session) {
            tell(up);
          }
        });
    return opened;
  }

  void disconnect() {
    if (connected && !closed) {
      connected = false;
      session.close();
      tell(false);
    }
  }

  void reconnect(CacheLayer to) {
    to.open(cache, form)
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                Probe.report("Cache '%s'".formatted(cache), "It cannot connect anew.", failure);
              } else if (closed || connected || !layer.isConnected()) {
                opened.close();
              } else {
                session = opened;
                follow(opened);
                connected = true;
                tell(true);
              }
            });
  }

  private void tell(boolean up) {
    listeners.forEach(listening -> listening.tell(cache, up));
  }

  private <T> CompletionStage<T> ask(
      LayerOperation operation,
      List<String> keys,
      Function<LayerSession, CompletionStage<T>> question) {
    if (closed) {
      throw new ClosedException(
          "The session of cache '%s'".formatted(cache), operation.toString(), "Open another one.");
    }
    LayerSession present = session;
    LayerCall call = new LayerCall(operation, cache, keys);
    return connected
        ? layer.ask(call, () -> question.apply(present), answer -> {})
        : CompletableFuture.failedStage(FaultyLayer.unavailable(call, null));
  }

  @Override
  public int buckets() {
    return session.buckets();
  }

  @Override
  public int bucketOf(String key) {
    return session.bucketOf(key);
  }

  @Override
  public CompletionStage<Reading> read(String key) {
    return ask(READ, List.of(key), session -> session.read(key));
  }

  @Override
  public CompletionStage<Map<String, Reading>> readAll(List<String> keys) {
    List<String> wanted = List.copyOf(keys);
    return ask(READ_ALL, wanted, session -> session.readAll(wanted));
  }

  @Override
  public CompletionStage<Acquired> acquire(String key, @Nullable String unwanted, Duration limit) {
    return ask(ACQUIRE, List.of(key), session -> session.acquire(key, unwanted, limit));
  }

  @Override
  public CompletionStage<Boolean> fill(String key, Lease lease, LayerEntry entry) {
    return ask(FILL, List.of(key), session -> session.fill(key, lease, entry));
  }

  @Override
  public CompletionStage<Void> release(String key, Lease lease) {
    return ask(RELEASE, List.of(key), session -> session.release(key, lease));
  }

  @Override
  public CompletionStage<Stamp> invalidate(Invalidation invalidation) {
    List<String> keys =
        invalidation instanceof Invalidation.Key one ? List.of(one.key()) : List.of();
    return ask(INVALIDATE, keys, session -> session.invalidate(invalidation));
  }

  @Override
  public CompletionStage<Intent> begin(String key, Duration limit) {
    return ask(BEGIN, List.of(key), session -> session.begin(key, limit));
  }

  @Override
  public CompletionStage<Completed> complete(
      String key, Intent intent, @Nullable LayerEntry entry) {
    return ask(COMPLETE, List.of(key), session -> session.complete(key, intent, entry));
  }

  @Override
  public CompletionStage<List<Head>> heads() {
    return ask(HEADS, List.of(), LayerSession::heads);
  }

  @Override
  public CompletionStage<LogPage> log(int bucket, Head after, int most) {
    return ask(LOG, List.of(), session -> session.log(bucket, after, most));
  }

  @Override
  public CompletionStage<WideMarks> wideMarks() {
    return ask(WIDE_MARKS, List.of(), LayerSession::wideMarks);
  }

  @Override
  public Subscription onConnection(Consumer<Boolean> listener) {
    Listening listening = new Listening(listener);
    listeners.add(listening);
    return () -> {
      listening.ended = true;
      listeners.remove(listening);
    };
  }

  @Override
  public void close() {
    closed = true;
    listeners.forEach(listening -> listening.ended = true);
    listeners.clear();
    layer.remove(this);
    session.close();
  }

  /** A class and not a record: the same listener may listen twice. */
  private static final class Listening {
    private final Consumer<Boolean> listener;
    private volatile boolean ended;

    Listening(Consumer<Boolean> listener) {
      this.listener = listener;
    }

    void tell(String cache, boolean up) {
      if (ended) {
        return;
      }
      try {
        listener.accept(up);
      } catch (Throwable t) { // of whoever listens
        Probe.report(
            "Cache '%s'".formatted(cache), "A listener threw when told of the connection.", t);
      }
    }
  }
}
