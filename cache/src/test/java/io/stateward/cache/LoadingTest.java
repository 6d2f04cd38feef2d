package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stateward.time.VirtualTimekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cache does with its loader, in memory alone. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadingTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTimekeeper time = VirtualTimekeeper.create();
  private final AtomicInteger loads = new AtomicInteger();
  private @Nullable RuntimeException broken;
  private final AtomicReference<@Nullable LayeredCache<String, String>> self =
      new AtomicReference<>();

  private Loaded<String> load(Load<String, String> load) {
    int number = loads.incrementAndGet();
    if (broken != null) {
      throw broken;
    }
    return Loaded.of(load.key() + number);
  }

  private LayeredCache<String, String> cache(
      Policy policy, Executor executor, Loader<String, String> loader) {
    LayeredCache<String, String> made =
        LayeredCache.named("words")
            .policy(policy)
            .executor(executor)
            .timekeeper(time)
            .buildWith(loader);
    self.set(made);
    return made;
  }

  private LayeredCache<String, String> cache(Policy policy) {
    return cache(policy, Runnable::run, this::load);
  }

  private LayeredCache<String, String> self() {
    LayeredCache<String, String> made = self.get();
    if (made == null) {
      throw new AssertionError("no cache yet");
    }
    return made;
  }

  @Test
  void ttl_whenItIsOver_loadsAgain() {
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR));
    assertThat(cache.get("k").value()).isEqualTo("k1");
    time.advance(HOUR.minusNanos(1));
    assertThat(cache.get("k").value()).isEqualTo("k1");
    assertThat(cache.get("k").age()).isEqualTo(HOUR.minusNanos(1));

    time.advance(Duration.ofNanos(1));

    assertThat(cache.get("k").value()).isEqualTo("k2");
  }

  @Test
  void ttl_shorterThanTheLoad_beginsWhenItIsLoaded() {
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(Duration.ofSeconds(1)),
            Runnable::run,
            load -> {
              time.advance(Duration.ofSeconds(3));
              return load(load);
            });

    assertThat(cache.get("k").value()).isEqualTo("k1");
    time.advance(Duration.ofMillis(999));

    assertThat(cache.get("k").value()).isEqualTo("k1");
  }

  @Test
  void staleWhileRevalidate_afterTheTtl_servesAndRefreshesOnce() {
    ManualExecutor executor = new ManualExecutor();
    LayeredCache<String, String> cache =
        cache(Policy.ttl(HOUR).staleWhileRevalidate(HOUR), executor, this::load);
    cache.get("k");
    time.advance(HOUR);

    Result<String> stale = cache.get("k");
    cache.get("k");

    assertThat(stale.source()).isEqualTo(Result.Source.STALE);
    assertThat(stale.value()).isEqualTo("k1");
    assertThat(executor.runAll()).isEqualTo(1);
    assertThat(cache.get("k").value()).isEqualTo("k2");
  }

  @Test
  void failSafe_whenTheLoaderFails_servesWhatIsStale() {
    LayeredCache<String, String> cache =
        cache(Policy.ttl(HOUR).failSafe(HOUR).failure(Duration.ofMinutes(1)));
    cache.get("k");
    time.advance(HOUR);
    broken = new IllegalArgumentException("down");

    try (Failures told = Failures.about("words")) {
      Result<String> stale = cache.get("k");
      assertThat(stale.value()).isEqualTo("k1");
      assertThat(stale.reason()).isEqualTo(Result.Reason.LOADER_FAILED);
      assertThat(told.list()).hasSize(1);
    }
    Result<String> paused = cache.get("k");
    assertThat(paused.source()).isEqualTo(Result.Source.STALE);
    assertThat(paused.age()).isEqualTo(HOUR);
    assertThat(loads).hasValue(2); // it is not asked again for a minute

    cache.invalidate("k");
    assertThat(cache.get("k").failure()).isSameAs(broken); // what was invalidated is never served
    broken = null;
    time.advance(HOUR);
    assertThat(cache.get("k").value()).isEqualTo("k4");
  }

  @Test
  void failure_withoutFailSafe_isAResultAndRemembered() {
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR).failure(Duration.ofSeconds(10)));
    broken = new IllegalArgumentException("down");

    Result<String> failed = cache.get("k");

    assertThat(failed.failure()).isSameAs(broken);
    assertThat(failed.isAbsent()).isFalse();
    assertThatThrownBy(failed::value).isInstanceOf(LoadFailedException.class).hasCause(broken);
    assertThat(cache.get("k").failure()).isSameAs(broken);
    assertThat(loads).hasValue(1);
    broken = null;
    time.advance(Duration.ofSeconds(10));
    assertThat(cache.get("k").value()).isEqualTo("k2");
    assertThat(cache.figures().get().failedLoads()).isEqualTo(1);
  }

  @Test
  void absent_isKnownForItsOwnTime() {
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(HOUR).absent(Duration.ofSeconds(5)),
            Runnable::run,
            load -> {
              loads.incrementAndGet();
              return Loaded.absent();
            });
    assertThat(cache.get("k").isAbsent()).isTrue();
    assertThat(cache.get("k").isAbsent()).isTrue();
    assertThat(loads).hasValue(1);

    time.advance(Duration.ofSeconds(5));

    assertThat(cache.get("k").isAbsent()).isTrue();
    assertThat(loads).hasValue(2);
  }

  @Test
  void notModified_keepsTheValueAndMakesItFresh() {
    List<String> asked = new ArrayList<>();
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(HOUR),
            Runnable::run,
            load -> {
              asked.add(load.validator() + " " + load.stale());
              return load.validator() == null
                  ? Loaded.of("body").validator("etag").tagged("t")
                  : Loaded.notModified();
            });
    cache.get("k");
    time.advance(HOUR);

    assertThat(cache.get("k").value()).isEqualTo("body");
    time.advance(HOUR);
    assertThat(cache.get("k").value()).isEqualTo("body");

    assertThat(asked).containsExactly("null null", "etag body", "etag body");
    cache.invalidateTag("t");
    assertThat(cache.get("k").value()).isEqualTo("body");
    assertThat(asked).hasSize(4).endsWith("null null");
  }

  @Test
  void doNotStore_isAnsweredAndNotKept() {
    LayeredCache<String, String> cache =
        cache(Policy.ttl(HOUR), Runnable::run, load -> load(load).doNotStore());

    assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.NOT_STORED);
    assertThat(cache.get("k").value()).isEqualTo("k2");
  }

  @Test
  void eager_nearTheEnd_refreshesInTheBackground() {
    ManualExecutor executor = new ManualExecutor();
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(HOUR).eager(1e6),
            executor,
            load -> {
              time.advance(Duration.ofSeconds(1)); // what the load takes
              return load(load);
            });
    cache.get("k");

    Result<String> hit = cache.get("k"); // 1e6 s ahead is always early enough, nearly

    assertThat(hit.source()).isEqualTo(Result.Source.MEMORY);
    assertThat(executor.runAll()).isEqualTo(1);
    assertThat(cache.get("k").value()).isEqualTo("k2");
  }

  @Test
  void softTimeout_withSomethingStale_answersAndStoresWhatComesLater() {
    ManualExecutor executor = new ManualExecutor();
    Policy policy = Policy.ttl(HOUR).failSafe(HOUR).softTimeout(Duration.ofMillis(100));
    LayeredCache<String, String> cache = cache(policy, executor, this::load);
    CompletableFuture<Result<String>> first = cache.getAsync("k").toCompletableFuture();
    executor.runAll();
    assertThat(first.join().value()).isEqualTo("k1");
    time.advance(HOUR);

    CompletableFuture<Result<String>> slow = cache.getAsync("k").toCompletableFuture();
    assertThat(slow).isNotDone();
    time.advance(Duration.ofMillis(100));
    executor.runAll();

    assertThat(slow.join().reason()).isEqualTo(Result.Reason.LOADER_SLOW);
    assertThat(slow.join().value()).isEqualTo("k1");
    assertThat(cache.get("k").value()).isEqualTo("k2");
  }

  @Test
  void hardTimeout_ofALoaderThatNeverReturns_fails() {
    ManualExecutor executor = new ManualExecutor(); // which does not run it in time
    LayeredCache<String, String> cache =
        cache(Policy.ttl(HOUR).hardTimeout(Duration.ofSeconds(5)), executor, this::load);
    CompletableFuture<Result<String>> stuck = cache.getAsync("k").toCompletableFuture();

    time.advance(Duration.ofSeconds(5));
    executor.runAll();

    assertThat(stuck.join().failure()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void loader_thatReturnsNull_isToldWhatToDo() {
    @SuppressWarnings("NullAway") // what a careless loader does
    Loader<String, String> careless = load -> null;
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR), Runnable::run, careless);

    assertThat(cache.get("k").failure())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Loaded.absent()");
  }

  @Test
  void loader_thatAsksForItsOwnKey_isRefused() {
    LayeredCache<String, String> cache =
        cache(Policy.ttl(HOUR), Runnable::run, load -> Loaded.of(self().get(load.key()).value()));

    assertThat(cache.get("k").failure())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("asks for 'k' while it loads 'k'");
  }

  @Test
  void loader_thatAsksForAnotherKeyOfTheSameStripe_works() {
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(HOUR),
            Runnable::run,
            load ->
                load.key().equals("Aa") // which hashes as "BB" does
                    ? Loaded.of("of " + self().get("BB").value())
                    : load(load));

    assertThat(cache.get("Aa").value()).isEqualTo("of BB1");
  }

  @Test
  void cancel_byOneOfTwo_letsTheLoadGoOn_andByBothCancelsIt() {
    ManualExecutor executor = new ManualExecutor();
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR), executor, this::load);
    CompletableFuture<Result<String>> one = cache.getAsync("k").toCompletableFuture();
    CompletableFuture<Result<String>> two = cache.getAsync("k").toCompletableFuture();

    one.cancel(false);
    executor.runAll();
    assertThat(two.join().value()).isEqualTo("k1");

    CompletableFuture<Result<String>> three = cache.getAsync("l").toCompletableFuture();
    CompletableFuture<Result<String>> four = cache.getAsync("l").toCompletableFuture();
    three.cancel(false);
    four.cancel(false);
    executor.runAll();
    assertThat(loads).hasValue(1);
  }

  @Test
  void get_interrupted_givesUpAndTheOthersGetTheValue() throws Exception {
    var loading = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    var workers = Executors.newCachedThreadPool();
    try {
      LayeredCache<String, String> cache =
          cache(
              Policy.ttl(HOUR),
              workers,
              load -> {
                if (loads.incrementAndGet() == 1) {
                  loading.countDown();
                  new CountDownLatch(1).await(); // until it is interrupted
                }
                gone.await();
                return Loaded.of("second");
              });
      AtomicReference<@Nullable Throwable> gaveUp = new AtomicReference<>();
      Thread leader = new Thread(() -> gaveUp.set(catchThrowable(() -> cache.get("k"))));
      leader.start();
      loading.await();
      CompletableFuture<Result<String>> other = cache.getAsync("k").toCompletableFuture();

      leader.interrupt();
      leader.join();
      gone.countDown();

      assertThat(gaveUp.get()).isInstanceOf(CancellationException.class);
      assertThat(other.join().value()).isEqualTo("second");
      assertThat(loads).hasValue(2);
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void invalidate_duringALoad_keepsWhatWasLoadedOut() {
    List<Runnable> during = new ArrayList<>();
    LayeredCache<String, String> cache =
        cache(
            Policy.ttl(HOUR),
            Runnable::run,
            load -> {
              Loaded<String> loaded = load(load).tagged("t");
              during.forEach(Runnable::run);
              during.clear();
              return loaded;
            });
    List<Runnable> invalidations =
        List.of(
            () -> cache.invalidate("k"),
            () -> cache.invalidateTag("t"),
            () -> cache.invalidatePrefix("k"),
            cache::clear,
            () -> cache.put("k", "put"));

    for (Runnable invalidation : invalidations) {
      cache.clear();
      during.add(invalidation);
      Result<String> first = cache.get("k");
      assertThat(first.reason()).isEqualTo(Result.Reason.REJECTED);
      assertThat(cache.get("k").value()).isNotEqualTo(first.value());
    }
    assertThat(cache.get("k").value()).isEqualTo("put");
    assertThat(cache.figures().get().rejectedFills()).isEqualTo(invalidations.size());
  }

  @Test
  void get_afterAnInvalidation_doesNotJoinAnEarlierLoad() {
    ManualExecutor executor = new ManualExecutor();
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR), executor, this::load);
    CompletableFuture<Result<String>> first = cache.getAsync("k").toCompletableFuture();
    CompletableFuture<Result<String>> joined = cache.getAsync("k").toCompletableFuture();
    cache.invalidate("k");
    CompletableFuture<Result<String>> afterKey = cache.getAsync("k").toCompletableFuture();
    cache.invalidateTag("t");
    CompletableFuture<Result<String>> afterTag = cache.getAsync("k").toCompletableFuture();

    executor.runAll();

    assertThat(joined.join()).isSameAs(first.join());
    assertThat(List.of(first.join(), afterKey.join(), afterTag.join()))
        .extracting(Result::value)
        .containsExactly("k1", "k2", "k3");
  }

  @Test
  void eviction_fromAFullMemory_costsALoad() {
    try (LayeredCache<Integer, String> small =
        LayeredCache.named("small").memory(1).timekeeper(time).build(key -> "v" + key)) {
      for (int key = 0; key < 100; key++) {
        assertThat(small.get(key).value()).isEqualTo("v" + key);
      }
      assertThat(small.figures().get().entries()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void peek_neverLoads() {
    LayeredCache<String, String> cache = cache(Policy.ttl(HOUR));
    assertThat(cache.peek("k")).isEmpty();
    cache.get("k");

    assertThat(cache.peek("k")).get().extracting(Result::value).isEqualTo("k1");
    assertThat(loads).hasValue(1);
  }

  @Test
  void keys_withoutAText_areRefusedWithWhatToDo() {
    try (LayeredCache<List<String>, String> lists =
        LayeredCache.named("lists").timekeeper(time).build(key -> "v")) {
      assertThatThrownBy(() -> lists.get(List.of("a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("keys(...)");
    }
  }
}
