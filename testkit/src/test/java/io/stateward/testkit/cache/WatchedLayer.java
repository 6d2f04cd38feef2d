package io.stateward.testkit.cache;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.Completed;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.codec.Codec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A layer whose invalidations are told to an oracle in the moment in which they take effect. */
record WatchedLayer(CacheLayer layer, FloorOracle oracle) implements CacheLayer {

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    return layer.open(cache, form).thenApply(this::watched);
  }

  private LayerSession watched(LayerSession session) {
    return (LayerSession)
        Proxy.newProxyInstance(
            LayerSession.class.getClassLoader(),
            new Class<?>[] {LayerSession.class},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (answer instanceof CompletionStage<?> stage) {
                stage.thenAccept(done -> note(method.getName(), arguments, done));
              }
              return answer;
            });
  }

  private void note(String method, Object[] arguments, Object answer) {
    switch (method) {
      case "invalidate" -> oracle.invalidated(concerned((Invalidation) arguments[0]));
      case "begin" -> oracle.invalidated(arguments[0]::equals);
      case "complete" -> {
        if (((Completed) answer).stored() && arguments[2] instanceof LayerEntry entry) {
          byte[] value = java.util.Objects.requireNonNull(entry.value());
          oracle.stored((String) arguments[0], Codec.int64().decode(value));
        } else {
          oracle.invalidated(arguments[0]::equals);
        }
      }
      default -> {}
    }
  }

  private static Predicate<String> concerned(Invalidation invalidation) {
    if (invalidation instanceof Invalidation.Key it) {
      return it.key()::equals;
    }
    if (invalidation instanceof Invalidation.Tag it) {
      return key -> FaultWorld.tagOf(key).equals(it.tag());
    }
    if (invalidation instanceof Invalidation.Prefix it) {
      return key -> key.startsWith(it.prefix());
    }
    return key -> true;
  }
}
