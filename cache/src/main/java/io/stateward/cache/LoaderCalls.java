package io.stateward.cache;

import io.stateward.flow.Call;
import io.stateward.flow.Outcome;
import io.stateward.flow.Task;
import io.stateward.scope.Cancellation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls the loader, for one key or for several. */
final class LoaderCalls<K, V> {

  private final CacheEngine<K, V> cache;
  private final Loader<K, V> loader;
  private final @Nullable BulkLoader<K, V> bulkLoader;
  private final @Nullable Bulk<K, V> bulk;

  LoaderCalls(CacheEngine<K, V> cache, Loader<K, V> loader) {
    this.cache = cache;
    this.loader = loader;
    this.bulkLoader = null;
    this.bulk = null;
  }

  LoaderCalls(CacheEngine<K, V> cache, BulkLoader<K, V> loader, int most, Duration window) {
    this.cache = cache;
    this.loader = load -> alone(load);
    this.bulkLoader = loader;
    this.bulk = new Bulk<>(most, window, cache.time, this::call);
  }

  /** Keys that are wanted by one reader; null if the loader loads one at a time. */
  @Nullable Gathering<K, V> gathering() {
    return bulk == null ? null : bulk.gathering();
  }

  /** Loads a key, together with others if there is a gathering or a window. */
  void start(Wanted<K, V> wanted, @Nullable Gathering<K, V> gathering) {
    if (bulk == null || wanted.flight.purpose == Flight.Purpose.BYPASS) {
      callOne(wanted, wanted.flight.where);
    } else if (gathering == null) {
      bulk.want(wanted);
    } else {
      gathering.come(wanted);
    }
  }

  private void call(List<Wanted<K, V>> all) {
    if (all.size() == 1) {
      callOne(all.get(0), all.get(0).flight.where);
    } else {
      callAll(all);
    }
  }

  private void callOne(Wanted<K, V> wanted, Executor where) {
    cache.counters.loads.increment();
    long began = cache.time.nanoTime();
    Task<Loaded<V>> task =
        limited(Call.<Wanted<K, V>, Loaded<V>>blockingWith(where, this::load))
            .start(wanted, wanted.cancellation);
    task.onEnd(
        outcome -> {
          if (where != cache.executor
              && Fetch.failureOf(outcome) instanceof InterruptedException
              && !wanted.cancellation.isCancelled()) {
            // the thread that was to load was interrupted; others may wait for it still
            callOne(wanted, cache.executor);
          } else {
            wanted.end(outcome, ended(began));
          }
        });
  }

  private <A, R> Call<A, R> limited(Call<A, R> call) {
    Duration limit = cache.policy.hardTimeout();
    return limit.isZero() ? call : call.timeout(limit, cache.time);
  }

  /** How long a call took that has ended, in microseconds. */
  private int ended(long beganNanos) {
    long nanos = cache.time.nanoTime() - beganNanos;
    cache.counters.loadNanos.add(nanos);
    return (int) Math.min(nanos / 1_000, Integer.MAX_VALUE);
  }

  private Loaded<V> load(Wanted<K, V> wanted, Cancellation token) throws Exception {
    boolean primary = cache.reads.prefersPrimary(wanted.flight);
    return Loading.of(
        cache,
        List.of(wanted.flight),
        () -> wanted.checked(loader.load(wanted.load(primary, token)), cache.name()));
  }

  /** Loads several keys. Each of them may be given up; the call is, with the last of them. */
  private void callAll(List<Wanted<K, V>> all) {
    cache.counters.loads.increment();
    long began = cache.time.nanoTime();
    Task<Map<K, Outcome<Loaded<V>>>> task =
        limited(
                Call.<List<Wanted<K, V>>, Map<K, Outcome<Loaded<V>>>>blocking(
                    cache.executor, this::loadAll))
            .start(all);
    AtomicInteger left = new AtomicInteger(all.size());
    for (Wanted<K, V> wanted : all) {
      wanted.cancellation.onCancel(
          () -> {
            if (left.decrementAndGet() == 0) {
              task.cancel();
            }
            wanted.end(givenUp(wanted), 0);
          });
    }
    task.onEnd(
        outcome -> {
          int micros = ended(began);
          all.forEach(it -> it.end(of(it, outcome), micros));
        });
  }

  private static <K, V> Outcome<Loaded<V>> givenUp(Wanted<K, V> wanted) {
    return new Outcome.Cancelled<>(
        new CancellationException("Nobody waits for %s any more.".formatted(wanted.flight)));
  }

  private Outcome<Loaded<V>> of(Wanted<K, V> wanted, Outcome<Map<K, Outcome<Loaded<V>>>> outcome) {
    return outcome.fold(
        outcomes -> outcomes.getOrDefault(wanted.flight.key, givenUp(wanted)),
        Outcome.Failed::new,
        Outcome.Cancelled::new);
  }

  @SuppressWarnings("NullAway") // what is not there is checked as what any loader says
  private Loaded<V> alone(Load<K, V> load) throws Exception {
    return asked(List.of(load)).get(load.key());
  }

  private Map<K, Loaded<V>> asked(List<Load<K, V>> loads) throws Exception {
    BulkLoader<K, V> many = Objects.requireNonNull(bulkLoader);
    Map<K, Loaded<V>> answer = many.loadAll(loads);
    if (answer == null) {
      throw new IllegalStateException(
          "The bulk loader of cache '%s' returned null. Return a map with what is known of each key."
              .formatted(cache.name()));
    }
    return answer;
  }

  private Map<K, Outcome<Loaded<V>>> loadAll(List<Wanted<K, V>> all) throws Exception {
    List<Wanted<K, V>> present =
        all.stream().filter(wanted -> !wanted.cancellation.isCancelled()).toList();
    Map<K, Outcome<Loaded<V>>> outcomes = new HashMap<>();
    if (present.isEmpty()) {
      return outcomes;
    }
    List<Load<K, V>> loads =
        present.stream()
            .map(it -> it.load(cache.reads.prefersPrimary(it.flight), it.cancellation))
            .toList();
    Map<K, Loaded<V>> answer =
        Loading.of(cache, present.stream().map(it -> it.flight).toList(), () -> asked(loads));
    present.forEach(wanted -> outcomes.put(wanted.flight.key, outcome(wanted, answer)));
    return outcomes;
  }

  private Outcome<Loaded<V>> outcome(Wanted<K, V> wanted, Map<K, Loaded<V>> answer) {
    try {
      return new Outcome.Done<>(wanted.checked(answer.get(wanted.flight.key), cache.name()));
    } catch (RuntimeException e) { // of a key of which nothing was said
      return new Outcome.Failed<>(e);
    }
  }
}
