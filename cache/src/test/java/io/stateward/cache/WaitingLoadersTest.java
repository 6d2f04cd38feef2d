package io.stateward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loaders that would wait for each other for ever are refused; loaders that only wait are not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WaitingLoadersTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<String, String>> loaders = new ConcurrentHashMap<>();
  private final LayeredCache<String, String> one = cache("one");
  private final LayeredCache<String, String> two = cache("two");

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private LayeredCache<String, String> cache(String name) {
    return LayeredCache.named(name)
        .policy(Policy.ttl(Duration.ofHours(1)))
        .executor(threads)
        .build((String key) -> loaders.get(name + key).apply(key));
  }

  private CompletableFuture<Result<String>> reading(
      LayeredCache<String, String> cache, String key) {
    return CompletableFuture.supplyAsync(() -> cache.get(key), threads);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Checks that all end, and at least one is told why. */
  @SafeVarargs
  private static void checkRefused(CompletableFuture<Result<String>>... reads) {
    List<String> told = new ArrayList<>();
    for (CompletableFuture<Result<String>> read : reads) {
      Throwable failure = read.join().failure();
      assertThat(failure).isNotNull();
      for (Throwable it = failure; it != null; it = it.getCause()) {
        told.add(String.valueOf(it.getMessage()));
      }
    }
    assertThat(told).anyMatch(message -> message.contains("wait for each other for ever"));
    assertThat(Loading.count()).isZero();
  }

  @Test
  void twoLoaders_thatAskForEachOthersKeys_areRefused() {
    for (int round = 0; round < 20; round++) {
      CyclicBarrier bothLoad = new CyclicBarrier(2);
      one.clear();
      loaders.put(
          "onea",
          key -> {
            meet(bothLoad);
            return one.get("b").value();
          });
      loaders.put(
          "oneb",
          key -> {
            meet(bothLoad);
            return one.get("a").value();
          });

      checkRefused(reading(one, "a"), reading(one, "b"));
    }
  }

  @Test
  void threeLoaders_ofTwoCachesInARing_areRefused() {
    CyclicBarrier allLoad = new CyclicBarrier(3);
    loaders.put(
        "onea",
        key -> {
          meet(allLoad);
          return two.get("b").value();
        });
    loaders.put(
        "twob",
        key -> {
          meet(allLoad);
          return one.get("c").value();
        });
    loaders.put(
        "onec",
        key -> {
          meet(allLoad);
          return one.getAll(List.of("d", "a")).get("a").value();
        });
    loaders.put("oned", key -> "free");

    checkRefused(reading(one, "a"), reading(two, "b"), reading(one, "c"));
    assertThat(one.get("d").value()).isEqualTo("free");
  }

  @Test
  void loader_thatIsNestedInAnother_isFoundByTheOuterKey() {
    CyclicBarrier bothLoad = new CyclicBarrier(2);
    loaders.put("onex", key -> two.get("a").value()); // on the same thread
    loaders.put(
        "twoa",
        key -> {
          meet(bothLoad);
          return one.get("b").value();
        });
    loaders.put(
        "oneb",
        key -> {
          meet(bothLoad);
          return one.get("x").value();
        });

    checkRefused(reading(one, "x"), reading(one, "b"));
  }

  @Test
  void loaders_thatWaitForOneThatWaitsForNobody_areNot() {
    CyclicBarrier allLoad = new CyclicBarrier(3);
    loaders.put(
        "onea",
        key -> {
          meet(allLoad);
          return one.get("c").value();
        });
    loaders.put(
        "oneb",
        key -> {
          meet(allLoad);
          return one.get("a").value() + two.get("c").value();
        });
    loaders.put(
        "onec",
        key -> {
          meet(allLoad);
          return "c";
        });
    loaders.put("twoc", key -> one.get("c").value());

    CompletableFuture<Result<String>> c = reading(one, "c");
    CompletableFuture<Result<String>> b = reading(one, "b");

    assertThat(reading(one, "a").join().value()).isEqualTo("c");
    assertThat(b.join().value()).isEqualTo("cc");
    assertThat(c.join().value()).isEqualTo("c");
    assertThat(Loading.count()).isZero();
  }

  @Test
  void loaders_thatOnlyAskForEachOther_withoutWaiting_areNot() {
    CyclicBarrier bothLoad = new CyclicBarrier(2);
    CyclicBarrier bothAsked = new CyclicBarrier(2);
    for (String key : List.of("a", "b")) {
      loaders.put(
          "one" + key,
          mine -> {
            meet(bothLoad);
            one.getAsync(mine.equals("a") ? "b" : "a");
            meet(bothAsked);
            return mine;
          });
    }

    CompletableFuture<Result<String>> a = reading(one, "a");

    assertThat(reading(one, "b").join().value()).isEqualTo("b");
    assertThat(a.join().value()).isEqualTo("a");
  }

  @Test
  void loader_afterItWasRefused_mayBeAskedAgain() {
    twoLoaders_thatAskForEachOthersKeys_areRefused();
    loaders.put("onea", key -> one.get("b").value());
    loaders.put("oneb", key -> "at last");

    assertThat(one.get("a").value()).isEqualTo("at last");
  }
}
