package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.LayerUnavailableException;
import io.stateward.signal.ClosedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes that nobody waits for, and several at once. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AsyncWritesTest {

  private final World world = new World();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final Instance a = world.instance(World.POLICY, world::load, tasks::add);
  private final Instance b = world.instance();

  private String commit(String value) {
    world.source.put("k", value);
    return value;
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private <T> T now(CompletionStage<T> stage) {
    work(); // stages end on the executor
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  @Test
  void writeAsync_ofASlowSource_isAnnouncedUntilItHasEnded() {
    assertThat(b.get("k")).isEqualTo("v0");
    CompletableFuture<String> source = new CompletableFuture<>();

    CompletionStage<Stamp> write = a.cache().writeAsync("k", () -> source);
    assertThat(tasks).as("it begins on the executor").hasSize(1);
    work();
    assertThat(b.cache().get("k").reason()).isEqualTo(Result.Reason.WRITING);
    assertThat(write.toCompletableFuture()).isNotDone();
    source.complete(commit("v1"));

    Stamp stamp = now(write);
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(b.cache().get("k", ReadOptions.atLeast(stamp)).value()).isEqualTo("v1");
    assertThat(a.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void writeAsync_thatFails_invalidatesAndEndsWithWhatItFailedWith() {
    assertThat(a.get("k")).isEqualTo("v0");
    IOException failure = new IOException("after the commit");

    CompletionStage<Stamp> write =
        a.cache()
            .invalidateAsync(
                "k",
                () -> {
                  commit("v1");
                  return CompletableFuture.failedFuture(failure);
                });
    work();

    assertThatThrownBy(() -> now(write)).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void writeAsync_thatThrowsOrReturnsNull_endsWithThat() {
    IllegalStateException failure = new IllegalStateException("no connection");

    CompletionStage<Stamp> throwing =
        a.cache()
            .writeAsync(
                "k",
                () -> {
                  throw failure;
                });
    CompletionStage<Stamp> empty = a.cache().writeAsync("k", AsyncWritesTest::nothing);
    CompletionStage<Stamp> none = a.cache().invalidateAsync("k", AsyncWritesTest::nothing);
    work();

    assertThatThrownBy(() -> now(throwing)).hasCause(failure);
    assertThatThrownBy(() -> now(empty)).hasMessageContaining("Return the stage");
    assertThatThrownBy(() -> now(none)).hasMessageContaining("Return the stage");
    assertThat(b.cache().get("k").source())
        .as("nothing is announced")
        .isEqualTo(Result.Source.LOADER);
  }

  @SuppressWarnings("NullAway") // a host that is wrong
  private static <T> CompletionStage<T> nothing() {
    return null;
  }

  @Test
  void writeAsync_whoseExecutorIsFull_takesTheAnnouncementBack() {
    Instance full =
        world.instance(
            World.POLICY,
            world::load,
            task -> {
              throw new RejectedExecutionException("full");
            });

    CompletionStage<Stamp> write = full.cache().putAsync("k", "v1");

    assertThatThrownBy(() -> now(write)).hasMessageContaining("full");
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LOADER);
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.MEMORY);
  }

  @Test
  void writeAsync_cancelled_isDoneAllTheSame() {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletionStage<Stamp> write = a.cache().writeAsync("k", () -> source);
    work();

    assertThat(write.toCompletableFuture().cancel(true)).isTrue();
    assertThat(source).isNotDone();
    source.complete(commit("v1"));

    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void putAsync_isStoredForBoth() {
    CompletionStage<Stamp> put = a.cache().putAsync("k", "put", "red", "red");
    work();

    assertThat(now(put).isKnown()).isTrue();
    assertThat(b.get("k")).isEqualTo("put");
    now(a.cache().invalidateTagAsync("red"));
    assertThat(b.get("k")).isEqualTo("v0");
  }

  @Test
  void invalidateAsync_eachKind_invalidates() {
    Map<String, Function<LayeredCache<String, String>, CompletionStage<?>>> kinds =
        Map.of(
            "v1", cache -> cache.invalidateAsync("k"),
            "v2", cache -> cache.invalidateAsync("k", 7),
            "v3", cache -> cache.invalidatePrefixAsync("k"),
            "v4", LayeredCache::clearAsync,
            "v5", cache -> cache.invalidateAllAsync(List.of("x", "k")));

    kinds.forEach(
        (value, kind) -> {
          b.get("k");
          commit(value);
          now(kind.apply(a.cache()));
          assertThat(b.get("k")).isEqualTo(value);
          assertThat(a.get("k")).isEqualTo(value);
        });
  }

  @Test
  void writesAsync_inMemoryAlone_doWhatTheyDoElsewhere() {
    try (LayeredCache<String, String> alone =
        LayeredCache.named("alone").executor(Runnable::run).buildWith(world::load)) {
      now(alone.writeAsync("k", () -> CompletableFuture.completedFuture(commit("v1"))));
      assertThat(alone.get("k").source()).isEqualTo(Result.Source.MEMORY);
      commit("v2");
      assertThat(now(alone.invalidateAllAsync(List.of("k", "l", "k"))).keySet())
          .containsExactly("k", "l");
      assertThat(alone.get("k").value()).isEqualTo("v2");
      CompletionStage<Stamp> failed =
          alone.invalidateAsync(
              "k", () -> CompletableFuture.failedFuture(new IOException(commit("v3"))));
      assertThatThrownBy(() -> now(failed)).hasMessageContaining("v3");
      assertThat(alone.get("k").value()).isEqualTo("v3");
    }
  }

  @Test
  void invalidateAll_ofManyKeys_asksForAllOfThemAtOnce() {
    List<String> keys = IntStream.range(0, 2_500).mapToObj(i -> "k" + i).toList();
    keys.forEach(key -> world.source.put(key, "v0"));
    keys.forEach(b::get);
    keys.forEach(key -> world.source.put(key, "v1"));
    a.link().heldInvalidations = new ArrayDeque<>();

    CompletableFuture<Map<String, Stamp>> all =
        a.cache().invalidateAllAsync(keys).toCompletableFuture();
    List<Integer> trips = new ArrayList<>();
    while (!all.isDone()) {
      trips.add(a.link().heldInvalidations.size());
      assertThat(a.link().heldInvalidations).isNotEmpty();
      a.link().releaseHeld();
      work();
    }

    assertThat(trips).containsExactly(1_000, 1_000, 500);
    assertThat(all.join().keySet()).containsExactlyElementsOf(keys);
    assertThat(all.join().values()).allMatch(Stamp::isKnown);
    assertThat(keys).allMatch(key -> "v1".equals(b.get(key)));
  }

  @Test
  void invalidateAll_whileTheLayerIsAway_dropsThemHereAndFails() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.link().cut = true;
    commit("v1");

    assertThatThrownBy(() -> a.cache().invalidateAll(List.of("j", "k")))
        .isInstanceOf(LayerUnavailableException.class);

    assertThat(a.cache().peek("k")).isEmpty();
  }

  @Test
  void invalidateAll_whileTheLayerIsAwayAndTheyMayWait_isSentLater() {
    Instance c = world.instance(World.POLICY.writes(WritePolicy.QUEUE));
    assertThat(b.get("k")).isEqualTo("v0");
    c.link().cut = true;
    commit("v1");

    assertThat(c.cache().invalidateAll(List.of("j", "k")).values()).noneMatch(Stamp::isKnown);
    assertThat(c.cache().invalidateAll(List.of())).isEmpty();
    c.link().cut = false;
    world.time.advance(World.POLICY.heartbeat());

    assertThat(b.get("k")).isEqualTo("v1");
  }

  /** A call that is wrong. */
  record Wrong(String what, Function<LayeredCache<String, String>, ThrowingCallable> call) {
    @Override
    public String toString() {
      return what;
    }
  }

  @SuppressWarnings("NullAway") // a host that is wrong
  static Stream<Wrong> nulls() {
    return Stream.of(
        new Wrong("invalidate", cache -> () -> cache.invalidate(null)),
        new Wrong("invalidateAsync", cache -> () -> cache.invalidateAsync(null)),
        new Wrong("invalidate, write", cache -> () -> cache.invalidate(null, () -> {})),
        new Wrong("invalidate, no write", cache -> () -> cache.invalidate("k", (Write<?>) null)),
        new Wrong("put, no key", cache -> () -> cache.put(null, "v")),
        new Wrong("put, no value", cache -> () -> cache.put("k", null)),
        new Wrong("putAsync, no value", cache -> () -> cache.putAsync("k", null)),
        new Wrong("put, no tag", cache -> () -> cache.put("k", "v", (String) null)),
        new Wrong("write, no write", cache -> () -> cache.write("k", null)),
        new Wrong("writeAsync, no write", cache -> () -> cache.writeAsync("k", null)),
        new Wrong("invalidateTag", cache -> () -> cache.invalidateTag(null)),
        new Wrong("invalidatePrefix", cache -> () -> cache.invalidatePrefix(null)),
        new Wrong("invalidateAll", cache -> () -> cache.invalidateAll(null)),
        new Wrong(
            "invalidateAll, one", cache -> () -> cache.invalidateAll(Arrays.asList("j", null))),
        new Wrong("transactional", cache -> () -> cache.transactional(null)));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void write_ofNull_isRefusedAtOnce(Wrong wrong) {
    assertThatThrownBy(wrong.call().apply(a.cache())).isInstanceOf(NullPointerException.class);
    assertThat(b.cache().get("k").source()).isEqualTo(Result.Source.LOADER);
  }

  static Stream<Wrong> blanks() {
    return Stream.of(
        new Wrong("put", cache -> () -> cache.put("k", "v", "red", " ")),
        new Wrong("writeAsync", cache -> () -> cache.writeAsync("k", AsyncWritesTest::nothing, "")),
        new Wrong("invalidateTag", cache -> () -> cache.invalidateTag(" ")),
        new Wrong("invalidateTagAsync", cache -> () -> cache.invalidateTagAsync("")),
        new Wrong("invalidatePrefix", cache -> () -> cache.invalidatePrefix("")),
        new Wrong("invalidate", cache -> () -> cache.invalidate("k", -1)));
  }

  @ParameterizedTest
  @MethodSource("blanks")
  void write_ofWhatMeansNothing_isRefusedAtOnce(Wrong wrong) {
    assertThatThrownBy(wrong.call().apply(a.cache()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  static Stream<Wrong> writes() {
    return Stream.of(
        new Wrong("put", cache -> () -> cache.put("k", "v")),
        new Wrong("putAsync", cache -> () -> cache.putAsync("k", "v")),
        new Wrong("invalidate", cache -> () -> cache.invalidate("k")),
        new Wrong("invalidateAsync", cache -> () -> cache.invalidateAsync("k")),
        new Wrong("invalidateAll", cache -> () -> cache.invalidateAll(List.of("k"))),
        new Wrong("write", cache -> () -> cache.invalidate("k", () -> {})),
        new Wrong("tag", cache -> () -> cache.invalidateTag("red")),
        new Wrong("prefix", cache -> () -> cache.invalidatePrefix("k")),
        new Wrong("clear", cache -> cache::clear));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_ofAClosedCache_isRefusedAtOnce(Wrong wrong) {
    a.cache().close();

    assertThatThrownBy(wrong.call().apply(a.cache()))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("words");
  }
}
