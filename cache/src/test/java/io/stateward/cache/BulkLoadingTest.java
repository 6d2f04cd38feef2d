package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stateward.codec.Codec;
import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that are wanted together are loaded in as few calls as there can be. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BulkLoadingTest {

  private static final Policy POLICY = Policy.ttl(Duration.ofHours(1));

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final MemoryLayer layer =
      MemoryLayer.of(MemoryLayerOptions.standard().timekeeper(time).buckets(4));
  private final ManualExecutor manual = new ManualExecutor();
  private final List<List<String>> calls = new ArrayList<>();
  private @Nullable RuntimeException broken;
  private Runnable during = () -> {};

  private Map<String, Loaded<String>> load(List<Load<String, String>> loads) {
    List<String> keys = loads.stream().map(Load::key).toList();
    calls.add(keys.stream().sorted().toList()); // their order in a call is not promised
    if (broken != null) {
      throw broken;
    }
    Map<String, Loaded<String>> answer = new HashMap<>();
    keys.forEach(key -> answer.put(key, Loaded.of("value of " + key)));
    Runnable once = during;
    during = () -> {};
    once.run();
    return answer;
  }

  private CacheBuilder<Object, Object> builder(Executor executor) {
    return LayeredCache.named("words").policy(POLICY).executor(executor).timekeeper(time);
  }

  private LayeredCache<String, String> inMemory() {
    return builder(Runnable::run).buildBulkWith(this::load);
  }

  private LayeredCache<String, String> shared() {
    return builder(Runnable::run).layer(layer, Codec.text()).buildBulkWith(this::load);
  }

  private static List<String> values(Map<String, Result<String>> results) {
    return results.values().stream().map(Result::value).toList();
  }

  @Test
  void getAll_ofAColdCache_isOneCall() {
    for (LayeredCache<String, String> cache : List.of(inMemory(), shared())) {
      Map<String, Result<String>> results = cache.getAll(List.of("b", "a", "b", "c"));

      assertThat(results.keySet()).containsExactly("b", "a", "c");
      assertThat(values(results)).containsExactly("value of b", "value of a", "value of c");
      assertThat(cache.getAll(List.of("a", "c", "d"))).hasSize(3);
    }
    assertThat(calls)
        .containsExactly(
            List.of("a", "b", "c"), List.of("d"), List.of("a", "b", "c"), List.of("d"));
  }

  @Test
  void getAll_ofMoreThanACallHas_isSeveralCalls() {
    LayeredCache<String, String> cache =
        builder(Runnable::run).bulk(2, Duration.ZERO).buildBulkWith(this::load);

    assertThat(cache.getAll(List.of("a", "b", "c", "d", "e"))).hasSize(5);

    assertThat(calls).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
    assertThat(cache.figures().get().loads()).isEqualTo(3);
  }

  @Test
  void getAll_ofWhatTheLayerHasInPart_loadsTheRest() {
    shared().getAll(List.of("a", "b"));
    LayeredCache<String, String> other = shared();

    Map<String, Result<String>> results = other.getAll(List.of("a", "x", "b", "y"));

    assertThat(results.values())
        .extracting(Result::source)
        .containsExactly(
            Result.Source.LAYER, Result.Source.LOADER, Result.Source.LAYER, Result.Source.LOADER);
    assertThat(calls).containsExactly(List.of("a", "b"), List.of("x", "y"));
    assertThat(shared().get("x").source()).isEqualTo(Result.Source.LAYER);
  }

  @Test
  void get_isACallOfOne() {
    LayeredCache<String, String> cache = shared();

    assertThat(cache.get("a").value()).isEqualTo("value of a");
    assertThat(cache.get("a", ReadOptions.bypass()).value()).isEqualTo("value of a");

    assertThat(calls).containsExactly(List.of("a"), List.of("a"));
  }

  @Test
  void getAsync_withinAWindow_isOneCall() {
    LayeredCache<String, String> cache =
        builder(Runnable::run).bulk(3, Duration.ofMillis(10)).buildBulkWith(this::load);
    CompletableFuture<Result<String>> a = cache.getAsync("a").toCompletableFuture();
    time.advance(Duration.ofMillis(9));
    CompletableFuture<Result<String>> b = cache.getAsync("b").toCompletableFuture();
    assertThat(calls).isEmpty();

    time.advance(Duration.ofMillis(1));
    assertThat(a.join().value() + b.join().value()).isEqualTo("value of avalue of b");
    for (String key : List.of("c", "d", "e", "f")) {
      cache.getAsync(key);
    }
    assertThat(calls).containsExactly(List.of("a", "b"), List.of("c", "d", "e"));
    time.advance(Duration.ofMillis(10));

    assertThat(calls).last().isEqualTo(List.of("f"));
  }

  @Test
  void window_withAKeyThatIsWantedTwice_isTwoCalls() {
    LayeredCache<String, String> cache =
        builder(Runnable::run).bulk(9, Duration.ofMillis(10)).buildBulkWith(this::load);
    CompletableFuture<Result<String>> early = cache.getAsync("a").toCompletableFuture();
    cache.invalidate("a");
    CompletableFuture<Result<String>> late = cache.getAsync("a").toCompletableFuture();
    cache.getAsync("b");

    time.advance(Duration.ofMillis(10));

    assertThat(calls).containsExactly(List.of("a", "b"), List.of("a"));
    assertThat(early.join().reason()).isEqualTo(Result.Reason.REJECTED);
    assertThat(late.join().reason()).isEqualTo(Result.Reason.MISS);
  }

  @Test
  void getAll_ofWhatIsBeingLoaded_joinsIt() {
    LayeredCache<String, String> cache = builder(manual).buildBulkWith(this::load);
    CompletableFuture<Result<String>> one = cache.getAsync("a").toCompletableFuture();
    var some = cache.getAllAsync(List.of("a", "b", "c")).toCompletableFuture();
    var others = cache.getAllAsync(List.of("c", "d")).toCompletableFuture();
    CompletableFuture<Result<String>> last = cache.getAsync("b").toCompletableFuture();

    manual.runAll();

    assertThat(calls).containsExactlyInAnyOrder(List.of("a"), List.of("b", "c"), List.of("d"));
    assertThat(values(some.join())).hasSize(3);
    assertThat(values(others.join())).hasSize(2);
    assertThat(one.join()).isSameAs(some.join().get("a"));
    assertThat(last.join()).isSameAs(some.join().get("b"));
  }

  @Test
  void bulkFinder_withoutSomeKeys_saysThatTheyAreAbsent() {
    LayeredCache<String, String> cache =
        builder(Runnable::run)
            .buildBulk(
                (List<String> keys) -> {
                  calls.add(keys);
                  return Map.of("a", "Ada");
                });

    Map<String, Result<String>> results = cache.getAll(List.of("a", "b"));

    assertThat(results.get("a")).extracting(Result::value).isEqualTo("Ada");
    assertThat(results.get("b")).matches(Result::isAbsent);
    assertThat(cache.get("b").isAbsent()).isTrue();
    assertThat(calls).hasSize(1);
  }

  @Test
  void bulkLoader_thatSaysNothingOfAKey_failsThatAlone() {
    LayeredCache<String, String> cache =
        builder(Runnable::run)
            .layer(layer, Codec.text())
            .buildBulkWith(loads -> Map.of("a", Loaded.of("Ada"), "stranger", Loaded.of("x")));

    Map<String, Result<String>> results = cache.getAll(List.of("a", "b"));

    assertThat(results.get("a")).extracting(Result::value).isEqualTo("Ada");
    assertThat(results.get("b").failure())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'b'")
        .hasMessageContaining("Loaded.absent()");
    assertThat(cache.get("b").failure()).isInstanceOf(IllegalStateException.class);
    assertThat(cache.peek("stranger")).isEmpty();
  }

  @Test
  void bulkLoader_thatThrowsOrReturnsNull_failsAllItsKeysAndNoOthers() {
    LayeredCache<String, String> cache = shared();
    cache.get("known");
    broken = new IllegalStateException("down");

    Map<String, Result<String>> results = cache.getAll(List.of("known", "a", "b"));

    assertThat(results.get("known")).extracting(Result::value).isEqualTo("value of known");
    assertThat(List.of(results.get("a"), results.get("b")))
        .allMatch(result -> result.failure() == broken);
    broken = null;
    assertThat(cache.getAll(List.of("a", "b")).values()).allMatch(it -> it.failure() == null);
  }

  @Test
  void bulkLoader_thatReturnsNull_isToldWhatToReturn() {
    @SuppressWarnings("NullAway") // what a careless loader does
    BulkLoader<String, String> careless = loads -> null;
    LayeredCache<String, String> cache = builder(Runnable::run).buildBulkWith(careless);

    for (Result<String> result : cache.getAll(List.of("a", "b")).values()) {
      assertThat(result.failure())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'words' returned null");
    }
    assertThat(cache.get("a").failure()).hasMessageContaining("'words' returned null");
  }

  @Test
  void invalidate_ofOneKeyDuringACall_rejectsThatAlone() {
    LayeredCache<String, String> cache = shared();
    during = () -> cache.invalidate("a");

    Map<String, Result<String>> results = cache.getAll(List.of("a", "b"));

    assertThat(results.get("a")).extracting(Result::reason).isEqualTo(Result.Reason.REJECTED);
    assertThat(results.get("b")).extracting(Result::reason).isEqualTo(Result.Reason.MISS);
    assertThat(shared().get("b").source()).isEqualTo(Result.Source.LAYER);
    assertThat(shared().get("a").source()).isEqualTo(Result.Source.LOADER);
  }

  @Test
  void getAll_ofAKeyThatAnotherInstanceLoads_doesNotKeepTheOthersWaiting() {
    LayeredCache<String, String> other =
        builder(manual).layer(layer, Codec.text()).buildBulkWith(this::load);
    CompletableFuture<Result<String>> slow = other.getAsync("a").toCompletableFuture();
    while (!layerIsLeased()) {
      assertThat(manual.runOne()).isTrue();
    }
    var both = shared().getAllAsync(List.of("a", "b")).toCompletableFuture();

    assertThat(calls).containsExactly(List.of("b"));
    manual.runAll();
    time.advance(Duration.ofMillis(100));

    assertThat(slow.join().source()).isEqualTo(Result.Source.LOADER);
    assertThat(both.join().get("a")).extracting(Result::source).isEqualTo(Result.Source.LAYER);
    assertThat(calls).containsExactly(List.of("b"), List.of("a"));
  }

  private boolean layerIsLeased() {
    MemoryState state = layer.dump().get("words");
    return state != null && state.sizes().get(1) > 0;
  }

  @Test
  void cancel_byAllWhoWantAKey_leavesTheOthers_andOfAllKeysTheCall() throws Exception {
    var loading = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    var workers = Executors.newCachedThreadPool();
    try {
      LayeredCache<String, String> cache =
          builder(workers)
              .buildBulkWith(
                  (List<Load<String, String>> loads) -> {
                    loading.countDown();
                    try {
                      new CountDownLatch(1).await();
                      return Map.of();
                    } catch (InterruptedException e) {
                      interrupted.set(true);
                      throw e;
                    } finally {
                      ended.countDown();
                    }
                  });
      var all = cache.getAllAsync(List.of("a", "b")).toCompletableFuture();
      loading.await();
      CompletableFuture<Result<String>> other = cache.getAsync("b").toCompletableFuture();

      all.cancel(false);
      assertThat(other).isNotDone();
      assertThat(ended.getCount()).isEqualTo(1);
      other.cancel(false);

      ended.await();
      assertThat(interrupted).isTrue();
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void hardTimeout_ofACall_failsAllItsKeys() {
    LayeredCache<String, String> cache =
        builder(manual).policy(POLICY.hardTimeout(Duration.ofSeconds(5))).buildBulkWith(this::load);
    var all = cache.getAllAsync(List.of("a", "b")).toCompletableFuture();

    time.advance(Duration.ofSeconds(5));
    manual.runAll();

    assertThat(all.join().values()).allMatch(it -> it.failure() instanceof TimeoutException);
  }

  @Test
  void getAll_withAKeyThatIsRefused_leavesNothingHanging() {
    for (LayeredCache<String, String> cache : List.of(inMemory(), shared())) {
      assertThatThrownBy(() -> cache.getAll(Arrays.asList("a", null)))
          .isInstanceOf(NullPointerException.class);

      assertThat(cache.getAll(List.of("a", "b")).values()).allMatch(it -> it.failure() == null);
    }
  }

  @Test
  void bulkLoader_thatAsksForWhatItLoads_isRefused() {
    AtomicReference<@Nullable LayeredCache<String, String>> self = new AtomicReference<>();
    LayeredCache<String, String> cache =
        builder(Runnable::run)
            .buildBulkWith(
                (List<Load<String, String>> loads) -> {
                  LayeredCache<String, String> mine = self.get();
                  if (mine != null && loads.size() > 1) {
                    mine.getAll(List.of("z", loads.get(1).key()));
                  }
                  return Map.of();
                });
    self.set(cache);

    assertThat(cache.getAll(List.of("a", "b")).values())
        .extracting(Result::failure)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("while it loads 'b'"));
  }

  @Test
  void bulkLoader_exampleOfTheDocumentation_saysWhatIsAbsent() {
    Map<Long, String> db = Map.of(1L, "one", 3L, "three");
    BulkLoader<Long, String> pages =
        loads -> {
          Map<Long, Loaded<String>> loaded = new HashMap<>();
          for (Load<Long, String> load : loads) {
            loaded.put(load.key(), Loaded.absent()); // unless it is found
          }
          db.forEach((id, page) -> loaded.put(id, Loaded.of(page)));
          return loaded;
        };
    LayeredCache<Long, String> cache = builder(Runnable::run).buildBulkWith(pages);

    Map<Long, Result<String>> results = cache.getAll(List.of(1L, 2L));

    assertThat(results.get(1L)).extracting(Result::value).isEqualTo("one");
    assertThat(results.get(2L)).matches(Result::isAbsent);
  }

  @Test
  void bulk_ofNoKeysOrNegativeTime_isRefused() {
    CacheBuilder<Object, Object> builder = builder(Runnable::run);

    assertThatThrownBy(() -> builder.bulk(0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.bulk(1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
