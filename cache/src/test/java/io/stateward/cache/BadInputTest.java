package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stateward.cache.World.Instance;
import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.Invalidation;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong is said so, harms nobody else, and is over when it is right again. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BadInputTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final World world = new World();

  private LayeredCache<String, String> inMemory(Policy policy, Loader<String, String> loader) {
    return LayeredCache.named("words")
        .policy(policy)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(loader);
  }

  private LayeredCache<String, String> withKeys(Function<String, String> keys) {
    return LayeredCache.named("words")
        .keys(keys)
        .layer(world.layer, Codec.text())
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(world::load);
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void keys_null_areRefusedByName() {
    String none = null;
    for (LayeredCache<String, String> cache :
        List.of(inMemory(World.POLICY, world::load), world.instance().cache())) {
      List<Runnable> calls =
          List.of(
              () -> cache.get(none),
              () -> cache.get(none, ReadOptions.bypass()),
              () -> cache.getAsync(none),
              () -> cache.peek(none),
              () -> cache.put(none, "v"),
              () -> cache.invalidate(none));
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOf(NullPointerException.class)
            .hasMessageContaining("key");
      }
      assertThat(cache.get("k").value()).isEqualTo("v0");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void loader_null_isRefused() {
    Loader<String, String> none = null;

    assertThatThrownBy(() -> LayeredCache.named("words").buildWith(none))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void keysFunction_thatReturnsNull_isToldWhatToReturn() {
    try (LayeredCache<String, String> cache =
        withKeys(key -> key.equals("bad") ? null : "key " + key)) {
      assertThatThrownBy(() -> cache.get("bad"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'bad'")
          .hasMessageContaining("keys(...)");
      assertThatThrownBy(() -> cache.getAll(List.of("k", "bad")))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> cache.invalidate("bad")).isInstanceOf(IllegalStateException.class);
      assertThat(cache.get("k").value()).isEqualTo("v0");
    }
  }

  @Test
  void keysFunction_thatThrows_isThrownAndHarmsNoOtherKey() {
    try (LayeredCache<String, String> cache =
        withKeys(key -> key.equals("bad") ? key.substring(9) : key)) {
      assertThatThrownBy(() -> cache.get("bad"))
          .isInstanceOf(StringIndexOutOfBoundsException.class);
      assertThatThrownBy(() -> cache.getAll(List.of("k", "bad")))
          .isInstanceOf(StringIndexOutOfBoundsException.class);
      assertThat(cache.getAll(List.of("k")).values()).allMatch(it -> it.value().equals("v0"));
    }
  }

  @Test
  void tags_twice_areOne_andBlankAreTheFailureOfALoad() {
    assertThat(Loaded.of("v").tagged("a", "a", "b").tags).containsExactlyInAnyOrder("a", "b");
    LayeredCache<String, String> cache =
        inMemory(World.POLICY, load -> Loaded.of("v").tagged("a", " "));
    assertThat(cache.get("k").failure()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void tags_blankOrNull_areRefusedWithTheSameWordsWhereverTheyAreGiven() {
    LayeredCache<String, String> cache = world.instance().cache();
    List<Consumer<String>> calls =
        List.of(
            tag -> Loaded.of("v").tagged(tag),
            cache::invalidateTag,
            cache::invalidateTagAsync,
            tag -> cache.put("k", "v", tag),
            tag -> cache.write("k", () -> "v", tag));
    for (Consumer<String> call : calls) {
      assertThatThrownBy(() -> call.accept(" "))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A tag is not blank, as ' ' is. If all are meant, clear() says so.");
      assertThatThrownBy(() -> call.accept(null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("tag");
    }
    assertThatThrownBy(() -> cache.invalidatePrefix(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("prefix");
  }

  /** Puts in what no codec of ours has written. */
  private void poison(String key, byte[] bytes) {
    LayerSession session =
        world.layer.open("words", Codec.text().schema()).toCompletableFuture().join();
    session.invalidate(new Invalidation.Key(key));
    Acquired acquired = session.acquire(key, null, HOUR).toCompletableFuture().join();
    Lease lease = ((Acquired.Leased) acquired).lease();
    LayerEntry entry = lease.entry(bytes, Set.of(), null, HOUR, HOUR);
    assertThat(session.fill(key, lease, entry).toCompletableFuture().join()).isTrue();
    session.close();
  }

  private static final Codec<String> PICKY =
      new Codec<>() {
        @Override
        public byte[] encode(String value) {
          if (value.length() > 10) {
            throw new IllegalArgumentException("too long: " + value.length());
          }
          return ("2" + value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          if (!text.startsWith("2")) {
            throw new IllegalStateException("an old version: " + text);
          }
          return text.substring(1);
        }

        @Override
        public String schema() {
          return Codec.text().schema();
        }
      };

  private LayeredCache<String, String> picky() {
    return LayeredCache.named("words")
        .layer(world.layer, PICKY)
        .executor(Runnable::run)
        .timekeeper(world.time)
        .buildWith(world::load);
  }

  @Test
  void entry_ofAnOldVersion_isAMissAndReplaced() {
    poison("k", "1old".getBytes(StandardCharsets.UTF_8));

    try (Failures told = Failures.about("words")) {
      assertThat(picky().get("k").reason()).isEqualTo(Result.Reason.MISS);
      assertThat(told.list()).isNotEmpty();
    }

    assertThat(picky().get("k").source()).isEqualTo(Result.Source.LAYER);
    assertThat(world.loads).isEqualTo(1);
  }

  @Test
  void entry_ofAnOldVersionWhileTheLoaderFails_isAFailureAndNoOutage() {
    poison("k", new byte[0]);
    LayeredCache<String, String> cache =
        world
            .instance(
                World.POLICY,
                load -> {
                  throw new IllegalStateException("down");
                })
            .cache();

    assertThat(cache.get("j").failure()).hasMessage("down");
    assertThat(picky().getAll(List.of("k")).values()).allMatch(it -> it.value().equals("v0"));
  }

  @Test
  void value_thatCannotBeEncoded_isServedAndStoredNowhere() {
    world.source.put("k", "much too long");

    try (Failures told = Failures.about("words")) {
      LayeredCache<String, String> cache = picky();
      assertThat(cache.get("k").value()).isEqualTo("much too long");
      assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.NOT_STORED);
      assertThat(told.list()).hasSize(2);
      world.source.put("k", "short");
      assertThat(cache.get("k").reason()).isEqualTo(Result.Reason.MISS);
    }
  }

  @Test
  void fill_thatTheLayerThrowsAt_isServedAndStoredNowhere() {
    Instance a = world.instance();
    a.link().refusesFills = true;

    assertThat(a.cache().get("k").value()).isEqualTo("v0");

    a.link().refusesFills = false;
    world.time.advance(World.POLICY.lease()); // it may have been stored
    assertThat(a.get("k")).isEqualTo("v0");
  }

  @Test
  void error_ofTheVirtualMachine_isThrownToAllWhoWaitAndNotRemembered() {
    Policy policy = Policy.ttl(HOUR).failSafe(HOUR).failure(HOUR);
    ManualExecutor executor = new ManualExecutor();
    AtomicInteger loads = new AtomicInteger();
    Loader<String, String> loader =
        load -> {
          if (loads.incrementAndGet() == 2) {
            throw new OutOfMemoryError("on purpose");
          }
          return Loaded.of("v" + loads);
        };
    LayeredCache<String, String> cache = world.instance(policy, loader, executor).cache();
    cache.getAsync("e");
    executor.runAll();
    world.time.advance(HOUR);

    try (Failures told = Failures.about("words")) {
      var one = cache.getAsync("e").toCompletableFuture();
      var two = cache.getAllAsync(List.of("e")).toCompletableFuture();
      executor.runAll();

      for (CompletableFuture<?> read : List.of(one, two)) {
        assertThat(catchThrowable(read::join)).hasRootCauseInstanceOf(OutOfMemoryError.class);
      }
      assertThat(told.list()).hasSize(1);
    }
    var again = cache.getAsync("e").toCompletableFuture();
    executor.runAll();
    assertThat(again.join().value()).isEqualTo("v3");
  }

  @Test
  void error_inABlockingRead_isThrownAsItIs() {
    for (LayeredCache<String, String> cache :
        List.of(
            inMemory(World.POLICY, BadInputTest::endless),
            world.instance(World.POLICY, BadInputTest::endless).cache())) {
      try (Failures told = Failures.about("words")) {
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> cache.getAll(List.of("k"))).isInstanceOf(StackOverflowError.class);
        assertThat(told.list()).hasSize(2);
      }
    }
  }

  private static Loaded<String> endless(Load<String, String> load) {
    return endless(load);
  }

  @Test
  void error_ofAnAssertion_isAFailureLikeAnother() {
    LayeredCache<String, String> cache =
        inMemory(
            World.POLICY,
            load -> {
              throw new AssertionError("wrong");
            });

    assertThat(cache.get("k").failure()).isInstanceOf(AssertionError.class).hasMessage("wrong");
  }

  @Test
  void loader_thatNeverReturns_failsAllWhoWaitWithTheHardTimeout_andIsInterrupted()
      throws Exception {
    var interrupted = new CountDownLatch(1);
    var loading = new CountDownLatch(1);
    var workers = Executors.newCachedThreadPool();
    try {
      Instance a =
          world.instance(
              Policy.ttl(HOUR).hardTimeout(Duration.ofSeconds(5)),
              load -> {
                loading.countDown();
                try {
                  new CountDownLatch(1).await();
                  return Loaded.absent();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                  throw e;
                }
              },
              workers);
      List<CompletableFuture<Result<String>>> readers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        readers.add(a.cache().getAsync("k").toCompletableFuture());
      }
      loading.await();
      readers.get(7).cancel(false);

      do { // the worker may load before the other thread has set the timer
        world.time.advance(Duration.ofSeconds(5));
      } while (!interrupted.await(10, TimeUnit.MILLISECONDS));
      readers.remove(7);
      assertThat(readers).allMatch(it -> it.join().failure() instanceof TimeoutException);
      assertThat(a.cache().figures().get().loads()).isEqualTo(1);
      world.time.advance(Duration.ofSeconds(1)); // the lease was given back at once
      assertThat(world.instance().get("k")).isEqualTo("v0");
    } finally {
      workers.shutdownNow();
    }
  }
}
