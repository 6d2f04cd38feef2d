package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.cache.World.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where stages end: on the executor. What goes on with them may block, which a thread of the layer
 * or of the timer must not. Here both of these are the thread of the test.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StageThreadsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final World world = new World();
  private final ManualExecutor later = new ManualExecutor();
  private final List<Boolean> ended = new ArrayList<>();
  private boolean onExecutor;
  private boolean refuses;

  private void execute(Runnable task) {
    if (refuses) {
      throw new RejectedExecutionException("shut down");
    }
    later.execute(
        () -> {
          onExecutor = true;
          task.run();
          onExecutor = false;
        });
  }

  private Instance instance(Policy policy) {
    return world.instance(policy, world::load, this::execute);
  }

  private void record(CompletionStage<?> stage) {
    assertThat(stage.toCompletableFuture()).isNotDone();
    Stages.onEnd(stage, (value, failure) -> ended.add(onExecutor));
  }

  /** An asynchronous write. */
  record Writing(String what, Function<LayeredCache<String, String>, CompletionStage<?>> call) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Writing> writes() {
    return Stream.of(
        new Writing("key", cache -> cache.invalidateAsync("k")),
        new Writing("keys", cache -> cache.invalidateAllAsync(List.of("k", "l"))),
        new Writing("tag", cache -> cache.invalidateTagAsync("#red")),
        new Writing("prefix", cache -> cache.invalidatePrefixAsync("k")),
        new Writing("all", LayeredCache::clearAsync));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_answeredOnAThreadOfTheLayer_endsOnTheExecutor(Writing write) {
    Instance a = instance(World.POLICY);
    a.link().heldInvalidations = new ArrayDeque<>();
    record(write.call().apply(a.cache()));

    a.link().releaseHeld();
    assertThat(ended).isEmpty();
    later.runAll();

    assertThat(ended).containsExactly(true);
  }

  @Test
  void write_ofASourceThatEndsElsewhere_endsOnTheExecutor() {
    Instance a = instance(World.POLICY);
    CompletableFuture<String> good = new CompletableFuture<>();
    CompletableFuture<String> bad = new CompletableFuture<>();
    record(a.cache().writeAsync("k", () -> good));
    record(a.cache().writeAsync("l", () -> bad));
    record(a.cache().putAsync("m", "v"));
    later.runAll();

    good.complete("v1");
    bad.completeExceptionally(new IOException("down"));
    later.runAll();

    assertThat(ended).containsExactly(true, true, true);
  }

  @Test
  void softTimeout_onTheTimer_endsOnTheExecutor() {
    Instance a = instance(World.POLICY.failSafe(SECOND).softTimeout(Duration.ofMillis(100)));
    a.cache().getAsync("k");
    later.runAll();
    world.time.advance(World.POLICY.ttl());
    record(a.cache().getAsync("k"));

    world.time.advance(Duration.ofMillis(100));
    assertThat(ended).isEmpty();
    later.runAll();

    assertThat(ended).containsExactly(true);
  }

  @Test
  void hardTimeout_onTheTimer_endsOnTheExecutor() {
    Instance a = instance(World.POLICY.hardTimeout(SECOND));
    record(a.cache().getAsync("k"));
    record(a.cache().getAsync("l", ReadOptions.bypass()));
    record(a.cache().getAllAsync(List.of("k", "m")));
    for (int i = 0; i < 5; i++) {
      later.runOne(); // up to the loads
    }

    world.time.advance(SECOND);
    later.runAll();

    assertThat(ended).containsExactly(true, true, true);
  }

  @Test
  void get_andInvalidate_onTheThreadThatAsks_needNoExecutor() {
    Instance a = instance(World.POLICY);

    assertThat(a.get("k")).isEqualTo("v0");
    a.cache().invalidate("k");
    a.cache().put("k", "put");

    assertThat(later.runAll()).isZero();
  }

  @Test
  void write_whoseExecutorRefuses_endsAllTheSameAndIsReported() {
    Instance a = instance(World.POLICY);
    a.link().heldInvalidations = new ArrayDeque<>();
    CompletableFuture<Stamp> end = a.cache().invalidateAsync("k").toCompletableFuture();
    refuses = true;

    try (Failures failures = Failures.about("words")) {
      a.link().releaseHeld();

      assertThat(end.join().isKnown()).isTrue();
      assertThat(failures.list()).hasSize(1);
      assertThat(Objects.requireNonNull(failures.list().get(0).cause()))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void getAsync_cancelled_givesUpTheRead() {
    Instance a = instance(World.POLICY);
    CompletableFuture<Result<String>> read = a.cache().getAsync("k").toCompletableFuture();

    read.cancel(true);
    later.runAll();

    assertThat(world.loads).isZero();
  }
}
