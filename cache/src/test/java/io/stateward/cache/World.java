package io.stateward.cache;

import io.stateward.cache.spi.Backplane;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Reading;
import io.stateward.codec.Codec;
import io.stateward.signal.Subscription;
import io.stateward.time.VirtualTimekeeper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source, a layer, a wire and any number of instances, on one thread and in virtual time. What
 * happens while a load is under way is done by the loader itself, between its read of the source
 * and its return: so each interleaving is a straight line of code.
 */
final class World {

  static final Policy POLICY = Policy.ttl(Duration.ofHours(1));

  final VirtualTimekeeper time = VirtualTimekeeper.create();
  final MemoryLayer layer;
  final Map<String, String> source = new HashMap<>();
  final Wire wire = new Wire();
  int loads;
  private final List<Runnable> afterRead = new ArrayList<>();

  World() {
    this(MemoryLayerOptions.standard().buckets(4));
  }

  World(MemoryLayerOptions options) {
    layer = MemoryLayer.of(options.timekeeper(time));
    source.put("k", "v0");
  }

  /** Does something once, after the next load of k has read the source and before it returns. */
  void afterNextRead(Runnable action) {
    afterRead.add(action);
  }

  /** Does it no more, if there was no load. */
  void forgetAfterRead() {
    afterRead.clear();
  }

  Loaded<String> load(Load<String, String> load) {
    loads++;
    String value = source.get(load.key());
    if (load.key().equals("k") && !afterRead.isEmpty()) {
      afterRead.remove(0).run();
    }
    Loaded<String> loaded = Loaded.ofNullable(value);
    return value != null && value.contains("#")
        ? loaded.tagged(value.substring(value.indexOf('#')))
        : loaded;
  }

  Instance instance() {
    return instance(POLICY);
  }

  Instance instance(Policy policy) {
    return instance(policy, this::load);
  }

  Instance instance(Policy policy, Loader<String, String> loader) {
    return instance(policy, loader, Runnable::run);
  }

  Instance instance(Policy policy, Loader<String, String> loader, Executor executor) {
    return instance(new Link(layer), policy, loader, executor);
  }

  /** One whose way to the layer is there already, and may be cut. */
  Instance instance(Link link, Policy policy) {
    return instance(link, policy, this::load, Runnable::run);
  }

  private Instance instance(
      Link link, Policy policy, Loader<String, String> loader, Executor executor) {
    LayeredCache<String, String> cache =
        LayeredCache.named("words")
            .layer(link, Codec.text())
            .backplane(wire)
            .policy(policy)
            .executor(executor)
            .timekeeper(time)
            .buildWith(loader);
    return new Instance(cache, link);
  }

  /** A cache, and its own way to the layer. */
  record Instance(LayeredCache<String, String> cache, Link link) {

    @Nullable String get(String key) {
      return cache.get(key).valueOrNull();
    }
  }

  /** Loses, holds and doubles messages. */
  static final class Wire implements Backplane {
    private final List<Consumer<Message>> listeners = new CopyOnWriteArrayList<>();
    final List<Message> held = new ArrayList<>();
    boolean loses;
    boolean holds;

    @Override
    public Subscription listen(String cache, Consumer<Message> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    @Override
    public void send(String cache, Message message) {
      if (holds) {
        held.add(message);
      } else if (!loses) {
        deliver(message);
      }
    }

    void deliver(Message message) {
      listeners.forEach(listener -> listener.accept(message));
    }
  }

  /** A way to a layer that can be cut, and can hold the answers to reads. */
  static final class Link implements CacheLayer {
    private final CacheLayer layer;
    final List<Runnable> heldAnswers = new ArrayList<>();
    boolean cut;
    @Nullable String onlyAnswers; // to this method, if it is not null
    boolean holdsReads;
    boolean joinsReads; // gives one who reads while an answer is held that one, which is wrong
    @Nullable CompletableFuture<Reading> heldReading;
    boolean refusesFills;
    boolean losesAnswers; // to invalidations: the layer has done them
    @Nullable Runnable beforeAnswer; // to an invalidation
    @Nullable Deque<Runnable> heldInvalidations; // what was asked to be invalidated, and is not yet
    int reads;
    int calls;

    Link(CacheLayer layer) {
      this.layer = layer;
    }

    @Override
    public CompletionStage<LayerSession> open(String cache, String form) {
      return cut
          ? CompletableFuture.failedStage(new LayerUnavailableException(cache, "open", null))
          : layer.open(cache, form).thenApply(this::over);
    }

    private LayerSession over(LayerSession session) {
      return (LayerSession)
          Proxy.newProxyInstance(
              LayerSession.class.getClassLoader(),
              new Class<?>[] {LayerSession.class},
              (proxy, method, arguments) -> {
                if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
                  calls++;
                  if (cut || (onlyAnswers != null && !method.getName().equals(onlyAnswers))) {
                    return CompletableFuture.failedStage(
                        new LayerUnavailableException("words", method.getName(), null));
                  }
                }
                Deque<Runnable> holding = heldInvalidations;
                if (holding != null && method.getName().equals("invalidate")) {
                  return hold(holding, session, (Invalidation) arguments[0]);
                }
                if (refusesFills && method.getName().equals("fill")) {
                  throw new IllegalArgumentException("too large");
                }
                try {
                  Object answer = method.invoke(session, arguments);
                  if (method.getName().equals("invalidate")) {
                    return invalidated(answer);
                  }
                  return method.getName().equals("read") ? read(answer) : answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private static Object hold(Deque<Runnable> holding, LayerSession session, Invalidation what) {
      CompletableFuture<Stamp> late = new CompletableFuture<>();
      holding.add(() -> session.invalidate(what).thenAccept(late::complete));
      return late;
    }

    /** Does what was held, and not what is asked for meanwhile. */
    void releaseHeld() {
      Deque<Runnable> all = Objects.requireNonNull(heldInvalidations);
      List<Runnable> some = List.copyOf(all);
      all.clear();
      some.forEach(Runnable::run);
    }

    private Object invalidated(Object answer) {
      Runnable action = beforeAnswer;
      if (action != null) {
        action.run();
      }
      return losesAnswers
          ? CompletableFuture.failedStage(
              new LayerUnavailableException("words", "invalidate", null))
          : answer;
    }

    private Object read(Object answer) {
      reads++;
      CompletableFuture<Reading> earlier = heldReading;
      if (joinsReads && earlier != null && !earlier.isDone()) {
        return earlier;
      }
      if (!holdsReads) {
        return answer;
      }
      Reading reading = (Reading) ((CompletionStage<?>) answer).toCompletableFuture().join();
      CompletableFuture<Reading> late = new CompletableFuture<>();
      heldReading = late;
      heldAnswers.add(() -> late.complete(reading));
      return late;
    }

    void release() {
      holdsReads = false;
      List<Runnable> all = List.copyOf(heldAnswers);
      heldAnswers.clear();
      all.forEach(Runnable::run);
    }
  }
}
