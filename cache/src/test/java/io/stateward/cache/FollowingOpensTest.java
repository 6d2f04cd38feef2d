package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.spi.CacheLayer;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.codec.Codec;
import io.stateward.signal.Subscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the opening of a session, none stays open that nobody uses. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FollowingOpensTest {

  private final World world = new World();
  private final Counting layer = new Counting();

  private LayeredCache<String, String> cache() {
    return LayeredCache.named("words")
        .layer(layer, Codec.text())
        .policy(World.POLICY)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(world::load);
  }

  /** A layer that counts what is open, and can fail at, or hold, what a session is opened with. */
  private final class Counting implements CacheLayer {
    int opened;
    int sessions;
    int listeners;
    @Nullable String failing;
    @Nullable CompletableFuture<Void> heldOpen;
    @Nullable CompletableFuture<Void> heldHeads;

    @Override
    public CompletionStage<LayerSession> open(String cache, String form) {
      CompletableFuture<Void> gate = heldOpen;
      return (gate == null ? CompletableFuture.<Void>completedFuture(null) : gate)
          .thenCompose(done -> world.layer.open(cache, form))
          .thenApply(this::counted);
    }

    private LayerSession counted(LayerSession session) {
      opened++;
      sessions++;
      boolean[] closed = new boolean[1];
      return (LayerSession)
          Proxy.newProxyInstance(
              LayerSession.class.getClassLoader(),
              new Class<?>[] {LayerSession.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals(failing)) {
                  return CompletableFuture.failedStage(
                      new LayerUnavailableException("words", method.getName(), null));
                }
                if (method.getName().equals("onConnection")) {
                  return listening(session, arguments[0]);
                }
                if (method.getName().equals("close") && !closed[0]) {
                  closed[0] = true;
                  sessions--;
                }
                CompletableFuture<Void> gate = heldHeads;
                if (method.getName().equals("heads") && gate != null) {
                  return gate.thenCompose(done -> session.heads());
                }
                try {
                  return method.invoke(session, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @SuppressWarnings("unchecked")
    private Subscription listening(LayerSession session, Object listener) {
      listeners++;
      boolean[] closed = new boolean[1];
      Subscription real = session.onConnection((Consumer<Boolean>) listener);
      return () -> {
        if (!closed[0]) {
          closed[0] = true;
          listeners--;
        }
        real.close();
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heads", "wideMarks"})
  void open_whoseBeginningFails_leavesNothingOpen(String failing) {
    layer.failing = failing;
    LayeredCache<String, String> cache = cache();
    world.time.advance(World.POLICY.heartbeat().multipliedBy(5));

    assertThat(layer.opened).isEqualTo(6);
    assertThat(layer.sessions).isZero();
    assertThat(layer.listeners).isZero();

    layer.failing = null;
    world.time.advance(World.POLICY.heartbeat());
    assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.MISS);
    assertThat(layer.sessions).isEqualTo(1);
    assertThat(layer.listeners).isEqualTo(1);
    cache.close();
    assertThat(layer.sessions).isZero();
    assertThat(layer.listeners).isZero();
  }

  @Test
  void close_whileASessionIsOpened_leavesNothingOpen() {
    layer.failing = "heads";
    LayeredCache<String, String> cache = cache();
    layer.failing = null;
    layer.heldOpen = new CompletableFuture<>();
    world.time.advance(World.POLICY.heartbeat());

    cache.close();
    layer.heldOpen.complete(null);
    world.time.advance(World.POLICY.heartbeat().multipliedBy(3));

    assertThat(layer.opened).isEqualTo(2);
    assertThat(layer.sessions).isZero();
    assertThat(layer.listeners).isZero();
  }

  @Test
  void close_whileASessionIsTakenUp_leavesNothingOpen() {
    layer.failing = "heads";
    LayeredCache<String, String> cache = cache();
    layer.failing = null;
    layer.heldHeads = new CompletableFuture<>();
    world.time.advance(World.POLICY.heartbeat());
    assertThat(layer.sessions).isEqualTo(1);

    cache.close();

    assertThat(layer.sessions).isZero();
    assertThat(layer.listeners).isZero();
    layer.heldHeads.complete(null);
    assertThat(layer.sessions).isZero();
    assertThat(layer.listeners).isZero();
  }
}
