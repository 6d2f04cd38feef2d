package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.cache.spi.Reading;
import io.stateward.codec.Codec;
import io.stateward.time.Timekeeper;
import io.stateward.time.Timer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where one step of a read or of a write meets another one at the wrong moment. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineEdgesTest {

  private final World world = new World();

  /** Calls of a layer, which a test may answer otherwise. */
  interface Answering {
    @Nullable Object answer(LayerSession session, String method, Object @Nullable [] arguments);
  }

  private CacheLayer answering(Answering other) {
    return (cache, form) -> world.layer.open(cache, form).thenApply(it -> over(it, other));
  }

  private static LayerSession over(LayerSession session, Answering other) {
    return (LayerSession)
        Proxy.newProxyInstance(
            LayerSession.class.getClassLoader(),
            new Class<?>[] {LayerSession.class},
            (proxy, method, arguments) -> {
              Object answer = other.answer(session, method.getName(), arguments);
              try {
                return answer == null ? method.invoke(session, arguments) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CacheBuilder<Object, String> over(CacheLayer layer) {
    return LayeredCache.named("words")
        .policy(World.POLICY)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .layer(layer, Codec.text());
  }

  // ---- many keys

  @Test
  void getAll_ofManyKeys_asksTheLayerFor1000AtATime() {
    List<Integer> sizes = new ArrayList<>();
    List<CompletableFuture<Map<String, Reading>>> held = new ArrayList<>();
    List<CompletionStage<Map<String, Reading>>> answers = new ArrayList<>();
    CacheLayer layer =
        answering(
            (session, method, arguments) -> {
              if (!method.equals("readAll") || arguments == null) {
                return null;
              }
              List<String> keys =
                  ((Collection<?>) arguments[0]).stream().map(String.class::cast).toList();
              sizes.add(keys.size());
              held.add(new CompletableFuture<>());
              answers.add(session.readAll(keys));
              return held.get(held.size() - 1);
            });
    LayeredCache<String, String> cache = over(layer).build((String key) -> "v" + key);
    List<String> keys = IntStream.range(0, 2_500).mapToObj(i -> "k" + i).toList();

    var all = cache.getAllAsync(keys).toCompletableFuture();
    for (int i = 0; i < 3; i++) {
      assertThat(sizes).as("the next ones when these were answered").hasSize(i + 1);
      assertThat(all).isNotDone();
      held.get(i).complete(answers.get(i).toCompletableFuture().join());
    }

    assertThat(sizes).containsExactly(1_000, 1_000, 500);
    assertThat(all.join()).hasSize(2_500);
    all.join().forEach((key, result) -> assertThat(result.value()).isEqualTo("v" + key));
  }

  @Test
  void getAll_ofManyKeysWhileTheLayerFails_asksItOnce() {
    Instance a = world.instance();
    a.link().cut = true;
    int before = a.link().calls;
    List<String> keys = IntStream.range(0, 2_500).mapToObj(i -> "k" + i).toList();

    Map<String, Result<String>> all = a.cache().getAll(keys);

    assertThat(a.link().calls - before).isEqualTo(1);
    assertThat(all.values()).allMatch(it -> it.reason() == Result.Reason.LAYER_DOWN);
  }

  // ---- clocks

  /** A clock by which time passes between two looks at it, if it is told to. */
  private final class Hasty implements Timekeeper {
    long eachNanos;
    private long passedNanos;

    @Override
    public Instant now() {
      return world.time.now();
    }

    @Override
    public long nanoTime() {
      passedNanos += eachNanos;
      return world.time.nanoTime() + passedNanos;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return world.time.schedule(delay, task);
    }
  }

  @Test
  void offline_withAPauseWhileItIsStored_isKeptNoLongerThanTheBound() {
    Hasty hasty = new Hasty();
    World.Link link = new World.Link(world.layer);
    Loader<String, String> loader =
        load -> {
          hasty.eachNanos = Duration.ofMillis(300).toNanos();
          return world.load(load);
        };
    LayeredCache<String, String> cache = over(link).timekeeper(hasty).buildWith(loader);
    link.cut = true;
    long asked = hasty.nanoTime();

    Result<String> result = cache.get("k");
    hasty.eachNanos = 0;

    assertThat(result.source()).isEqualTo(Result.Source.OFFLINE);
    Entry<String> entry = ((Answer<String>) result).entry();
    assertThat(entry.meta.freshNanos()).isPositive();
    assertThat(entry.sinceNanos + entry.meta.freshNanos() - asked)
        .isLessThanOrEqualTo(World.POLICY.bound().toNanos());
  }

  // ---- what is known here, and not there

  @Test
  void write_withAnInvalidationOfItsKeyThatWaits_isNotStoredInMemory() {
    Policy queue = World.POLICY.writes(WritePolicy.QUEUE);
    boolean[] cut = new boolean[1];
    CacheLayer layer =
        answering(
            (session, method, arguments) -> {
              if (method.equals("invalidate") && cut[0]) {
                return CompletableFuture.failedStage(
                    new LayerUnavailableException("words", method, null));
              }
              return null;
            });
    LayeredCache<String, String> cache = over(layer).policy(queue).buildWith(world::load);
    cut[0] = true;

    cache.write(
        "k",
        () -> {
          cache.invalidate("k"); // by another one, whose value is the later one
          world.source.put("k", "later");
          return "earlier";
        });

    assertThat(cache.get("k").value()).isEqualTo("later");
  }

  @Test
  void read_answeredByAReplicaThatWasLeftBehind_isNotBelieved() {
    List<CompletionStage<Reading>> old = new ArrayList<>();
    boolean[] failedOver = new boolean[1];
    CacheLayer layer =
        answering(
            (session, method, arguments) ->
                failedOver[0] && method.equals("read") ? old.get(0) : null);
    LayeredCache<String, String> cache = over(layer).buildWith(world::load);
    assertThat(cache.get("k").value()).isEqualTo("v0");
    Function<LayerSession, CompletionStage<Reading>> reading = session -> session.read("k");
    old.add(world.layer.open("words", Codec.text().schema()).thenCompose(reading));
    assertThat(old.get(0).toCompletableFuture().join().entry()).isNotNull();
    world.source.put("k", "v1");
    cache.invalidate("k");
    failedOver[0] = true;

    assertThat(cache.get("k").value()).isEqualTo("v1");
  }
}
