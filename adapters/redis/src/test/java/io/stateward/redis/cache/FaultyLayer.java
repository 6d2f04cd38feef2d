package io.stateward.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerWeather;
import io.stateward.redis.Redis;
import io.stateward.redis.RedisServerFixture;
import io.stateward.redis.internal.Kept.Live;
import io.stateward.redis.internal.LettuceRedis;
import io.stateward.redis.internal.Line;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A layer in Redis, each of whose sessions has a wire of its own, and what can happen to it. */
final class FaultyLayer implements CacheLayer, LayerWeather, AutoCloseable {

  private final Place place;
  private final Redis redis;
  private final LettuceRedis inside;
  private final RedisLayerOptions options;
  private final Line line;
  private final Map<LayerSession, FaultyWire> wires = new ConcurrentHashMap<>();

  FaultyLayer(Place place, String namespace, RedisLayerOptions options) {
    this.place = place;
    this.redis = place.connect().namespace(namespace);
    this.inside = LettuceRedis.of(redis);
    this.options = options;
    this.line = now(inside.wire().line());
  }

  static <T> T now(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public CompletionStage<LayerSession> open(String cache, String form) {
    FaultyWire wire = new FaultyWire(inside.wire());
    return new RedisLayer(wire, inside.namespace(), options)
        .open(cache, form)
        .thenApply(
            session -> {
              wires.put(session, wire);
              return session;
            });
  }

  private FaultyWire wire(LayerSession session) {
    return Objects.requireNonNull(wires.get(session));
  }

  private static @Nullable Live<Line> live(LayerSession session) {
    return ((RedisSession) session).asking().live();
  }

  @Override
  public void flush() {
    place.flush();
  }

  @Override
  public void evict(String cache, String key) {
    Keys keys = new Keys(inside.namespace(), cache);
    for (int bucket = 1; bucket <= options.buckets(); bucket++) {
      now(line.commands().del(keys.entry(bucket, key), keys.claims(bucket, key)));
    }
  }

  @Override
  public Runnable replica() {
    Runnable restoring = place.copy();
    return () -> {
      restoring.run();
      wires.keySet().forEach(FaultyLayer::awaitAnswers);
    };
  }

  private static void awaitAnswers(LayerSession session) {
    try {
      RedisServerFixture.await("a line", () -> live(session) != null && isAnswered(session));
    } catch (AssertionError e) {
      Throwable why =
          session.heads().handle((heads, failure) -> failure).toCompletableFuture().join();
      throw new AssertionError("It has no line that is answered: " + why, why);
    }
  }

  private static boolean isAnswered(LayerSession session) {
    return session.heads().handle((heads, failure) -> failure == null).toCompletableFuture().join();
  }

  @Override
  public void disconnect(LayerSession session) {
    wire(session).hold();
    Live<Line> live = Objects.requireNonNull(live(session));
    place.kill(live.connection());
    RedisServerFixture.await("the end of the line", () -> wire(session).isHeld());
    assertThat(live(session)).isNull();
  }

  @Override
  public void reconnect(LayerSession session) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    session.onConnection(told::complete); // the last one who is told
    wire(session).go();
    assertThat(now(told)).isTrue();
  }

  @Override
  public void loseAnswer(LayerSession session) {
    wire(session).lose();
  }

  @Override
  public void close() {
    redis.close();
  }
}
