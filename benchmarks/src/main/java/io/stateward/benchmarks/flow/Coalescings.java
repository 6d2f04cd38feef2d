package io.stateward.benchmarks.flow;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stateward.benchmarks.Workload;
import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.SingleFlight;
import io.stateward.flow.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Loads of one key that many callers share.
 *
 * <p>A load is a future that is completed when all have called. The first caller starts it, the
 * others join, and each takes the result: by a callback, or by reading it when the load has ended.
 * A task of a single flight belongs to its caller, who may cancel it; the future of a cache belongs
 * to all, so a caller who is to be able to do that takes a copy.
 *
 * <p>* What is loaded is not kept: a single flight forgets it by itself, a cache is told to. The
 * cache has no bound and no expiry, which is its cheapest configuration, and is asked with the
 * function that returns a future, which takes no executor.
 */
final class Coalescings {

  static final int CALLERS = 100;
  private static final Long KEY = 7L;

  private Coalescings() {}

  static Workload of(String contender, String answer, int batch) {
    return switch (contender + "/" + answer) {
      case "stateward/told" -> new StatewardTold(batch);
      case "stateward/own", "stateward/read" -> new StatewardRead(batch);
      case "asynccache/told" -> new CacheTold(batch);
      case "asynccache/own" -> new CacheRead(batch, true);
      case "asynccache/read" -> new CacheRead(batch, false);
      default -> throw new IllegalArgumentException("No %s by %s".formatted(answer, contender));
    };
  }

  /** Loads one after the other, and adds up what the callers got. */
  private abstract static class Loads implements Workload {
    private final int batch;
    CompletableFuture<Integer> loading = new CompletableFuture<>();
    long sum;
    long loads;
    private long calls;

    Loads(int batch) {
      this.batch = batch;
    }

    /** Starts or joins the load of the key {@link #CALLERS} times, ends it, and adds up. */
    abstract void share();

    final CompletableFuture<Integer> load() {
      loads++;
      loading = new CompletableFuture<>();
      return loading;
    }

    final void endLoad() {
      loading.complete(1);
    }

    @Override
    public final void run() {
      for (int i = 0; i < batch; i += CALLERS) {
        share();
        calls += CALLERS;
      }
    }

    @Override
    public final long operations() {
      return batch;
    }

    @Override
    public final void verify() {
      Workload.require("The sum of what callers got", calls, sum);
      Workload.require("The number of loads", calls / CALLERS, loads);
    }
  }

  private abstract static class StatewardLoads extends Loads {
    final SingleFlight<Long, Integer> flights =
        SingleFlight.of("loads", Call.stage((Long key) -> load()));

    StatewardLoads(int batch) {
      super(batch);
    }

    @Override
    public final void close() {
      flights.close();
    }
  }

  private static final class StatewardRead extends StatewardLoads {
    private final List<Task<Integer>> asked = new ArrayList<>(CALLERS);

    StatewardRead(int batch) {
      super(batch);
    }

    @Override
    void share() {
      for (int i = 0; i < CALLERS; i++) {
        asked.add(flights.start(KEY));
      }
      endLoad();
      for (int i = 0; i < CALLERS; i++) {
        sum += result(asked.get(i));
      }
      asked.clear();
    }

    private static int result(Task<Integer> task) {
      try {
        return ((Outcome.Done<Integer>) task.await()).value();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while it read a result", e);
      }
    }
  }

  private static final class StatewardTold extends StatewardLoads {
    StatewardTold(int batch) {
      super(batch);
    }

    @Override
    void share() {
      for (int i = 0; i < CALLERS; i++) {
        flights.start(KEY).onEnd(end -> sum += ((Outcome.Done<Integer>) end).value());
      }
      endLoad();
    }
  }

  private abstract static class CacheLoads extends Loads {
    private final AsyncCache<Long, Integer> cache = Caffeine.newBuilder().buildAsync();
    private final BiFunction<Long, Executor, CompletableFuture<Integer>> loader = this::load;

    CacheLoads(int batch) {
      super(batch);
    }

    private CompletableFuture<Integer> load(Long key, Executor executor) {
      return load();
    }

    final CompletableFuture<Integer> ask() {
      return cache.get(KEY, loader);
    }

    final void forget() {
      cache.synchronous().invalidate(KEY);
    }
  }

  private static final class CacheRead extends CacheLoads {
    private final List<CompletableFuture<Integer>> asked = new ArrayList<>(CALLERS);
    private final boolean own;

    CacheRead(int batch, boolean own) {
      super(batch);
      this.own = own;
    }

    @Override
    void share() {
      for (int i = 0; i < CALLERS; i++) {
        CompletableFuture<Integer> shared = ask();
        asked.add(own ? shared.copy() : shared);
      }
      endLoad();
      for (int i = 0; i < CALLERS; i++) {
        sum += asked.get(i).join();
      }
      asked.clear();
      forget();
    }
  }

  private static final class CacheTold extends CacheLoads {
    CacheTold(int batch) {
      super(batch);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // only the callback is wanted
    void share() {
      for (int i = 0; i < CALLERS; i++) {
        ask().whenComplete((value, failure) -> sum += value);
      }
      endLoad();
      forget();
    }
  }
}
