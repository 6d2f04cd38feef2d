package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.Reading;
import io.stateward.flow.Outcome;
import io.stateward.scope.Cancellation;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a flight: the shared layer, the lease, the loader, the fill.
 *
 * <pre>
 *   look ──> judge ──fresh──────────────────────────────> memory, answer
 *    ^         │ nothing, stale or invalid
 *    │       acquire ──leased──> load ──> fill ─accepted─> memory, answer
 *    └─ busy ──┤                            └─ rejected ─> answer
 *              └─ writing, or the layer is down ──> load ─> answer
 * </pre>
 *
 * <p>Thread safety: one step at a time, each where the flight says or on the timer.
 */
final class Fetch<K, V> {

  private static final int CATCH_UPS = 4;
  private static final int POLL_FROM_MILLIS = 20;
  private static final int POLL_TO_MILLIS = 100;

  final Flight<K, V> flight;
  final Cancellation cancellation;
  private final CacheEngine<K, V> cache;
  private final Link link;
  private final CompletableFuture<Result<V>> done = new CompletableFuture<>();
  private volatile @Nullable Entry<V> stale;
  private volatile @Nullable String unwanted; // the token of what the layer has
  private int catchUps;

  Fetch(CacheEngine<K, V> cache, Link link, Flight<K, V> flight, Cancellation cancellation) {
    this.cache = cache;
    this.link = link;
    this.flight = flight;
    this.cancellation = cancellation;
    this.stale = flight.stale;
  }

  CompletableFuture<Result<V>> start() {
    Batch batch = flight.batch;
    if (batch == null) {
      look();
    } else {
      batch.wanted.add(flight.text);
      then(
          batch.read,
          read ->
              read(Objects.requireNonNull(read.readings().get(flight.text)), read.sentAtNanos()),
          this::offline);
    }
    return done;
  }

  /** Goes on where the flight says; what the step throws ends the fetch. */
  private <T extends @Nullable Object> void then(
      CompletionStage<T> stage, Consumer<T> next, Consumer<Throwable> failed) {
    stage
        .handleAsync(
            (value, failure) -> {
              if (failure == null) {
                next.accept(value);
              } else {
                failed.accept(Stages.cause(failure));
              }
              return null;
            },
            flight.where)
        .exceptionally(
            failure -> {
              end(cache.loads.failed(flight, stale, Stages.cause(failure)));
              return null;
            });
  }

  private void end(Result<V> result) {
    done.complete(result);
  }

  private void look() {
    long sent = cache.time.nanoTime();
    then(
        link.<Reading>ask("read", session -> session.read(flight.text)),
        reading -> read(reading, sent),
        this::offline);
  }

  private void read(Reading reading, long sent) {
    View view = link.viewOf(flight.text);
    if (view == null || done.isDone()) {
      offline(null);
      return;
    }
    link.observe(view, reading.head(), sent);
    link.observe(link.wide, reading.wide(), sent);
    if (link.wide.has(reading.wide())) {
      judge(view, reading, sent);
    } else if (++catchUps > CATCH_UPS) {
      load(null, Result.Reason.NOT_STORED); // it moves faster than it can be followed
    } else { // tags and prefixes have to be known before an entry is trusted
      then(link.repair(link.wide), repaired -> look(), this::offline);
    }
  }

  private void judge(View view, Reading reading, long sent) {
    LayerEntry entry = reading.entry();
    unwanted = entry == null ? null : entry.token();
    long wide = entry == null ? -1 : validUpTo(entry, reading);
    if (entry != null && wide >= 0) {
      SharedEntry.Place place =
          new SharedEntry.Place(view, reading.head(), view.positionOf(reading.head()), wide);
      Entry<V> found = cache.loads.decoded(flight, entry, place, sent);
      if (found != null && isNewEnough(entry)) {
        cache.counters.layerHits.get(0).increment();
        if (place.position() >= 0) {
          cache.memory.put(flight.key, flight.stripe, flight.generation, found);
        }
        end(new Answer<>(found, Result.Source.LAYER, Result.Reason.HIT));
        return;
      }
      stale = found == null ? stale : found;
    }
    acquire();
  }

  private long validUpTo(LayerEntry entry, Reading reading) {
    boolean ofThisLife =
        entry.head().epoch() == reading.head().epoch()
            && entry.wide().epoch() == reading.wide().epoch();
    long position = link.wide.positionOf(entry.wide());
    return ofThisLife && position >= 0
        ? link.wide.validUpTo(position, flight.text, entry.tags())
        : -1;
  }

  /** A refresh ahead of time wants a newer one than it has. */
  private boolean isNewEnough(LayerEntry entry) {
    Entry<V> present = flight.stale;
    if (flight.purpose != Flight.Purpose.EAGER || present == null) {
      return !entry.fresh().isZero();
    }
    long left = -present.staleNanos(cache.time.nanoTime());
    return entry.fresh().toNanos() > left + cache.policy.ttl().toNanos() / 10;
  }

  private void acquire() {
    long sent = cache.time.nanoTime();
    String not = unwanted;
    then(
        link.<Acquired>ask(
            "acquire", session -> session.acquire(flight.text, not, cache.policy.lease())),
        acquired -> acquired(acquired, sent),
        this::offline);
  }

  private void acquired(Acquired acquired, long sent) {
    if (acquired instanceof Acquired.Leased it) {
      load(it.lease(), Result.Reason.MISS);
    } else if (acquired instanceof Acquired.Filled it) {
      read(it.reading(), sent);
    } else if (acquired instanceof Acquired.Busy it) {
      poll(it.remaining());
    } else {
      load(null, Result.Reason.WRITING);
    }
  }

  private void poll(Duration remaining) {
    int jitter = ThreadLocalRandom.current().nextInt(POLL_FROM_MILLIS, POLL_TO_MILLIS);
    Duration wait = Duration.ofMillis(jitter);
    Duration least = remaining.compareTo(wait) < 0 ? remaining : wait;
    cache.time.schedule(
        least,
        () -> {
          if (!done.isDone()) {
            look();
          }
        });
  }

  private void offline(@Nullable Throwable failure) {
    load(null, Result.Reason.LAYER_DOWN);
  }

  private void load(@Nullable Lease lease, Result.Reason reason) {
    if (done.isDone()) {
      release(lease);
      return;
    }
    SharedEntry.Place place = placeOf(lease);
    cache.loads.start(
        flight,
        stale,
        cancellation,
        (outcome, micros) -> loaded(lease, reason, place, outcome, micros));
  }

  /** Where what is loaded now belongs; null if that is not known. */
  private SharedEntry.@Nullable Place placeOf(@Nullable Lease lease) {
    View view = link.viewOf(flight.text);
    if (view == null) {
      return null;
    }
    return lease == null
        ? new SharedEntry.Place(view, view.head(), view.applied(), link.wide.applied())
        : new SharedEntry.Place(
            view, lease.head(), view.positionOf(lease.head()), link.wide.positionOf(lease.wide()));
  }

  private void loaded(
      @Nullable Lease lease,
      Result.Reason reason,
      SharedEntry.@Nullable Place place,
      Outcome<Loaded<V>> outcome,
      int micros) {
    if (!(outcome instanceof Outcome.Done<Loaded<V>> it)) {
      release(lease);
      end(cache.loads.failed(flight, stale, failureOf(outcome)));
      return;
    }
    Loads.Made<V> made = cache.loads.made(it.value(), stale);
    if (reason == Result.Reason.LAYER_DOWN) {
      end(cache.loads.offline(flight, made, place, micros));
    } else if (lease == null || !made.stored() || place == null) {
      release(lease);
      Result.Reason why = lease == null ? reason : Result.Reason.NOT_STORED;
      end(cache.loads.unstored(made, place, why));
    } else {
      fill(lease, made, place, micros);
    }
  }

  static Throwable failureOf(Outcome<?> outcome) {
    return outcome.fold(
        value -> new IllegalStateException("It was loaded."), cause -> cause, why -> why);
  }

  private void fill(Lease lease, Loads.Made<V> made, SharedEntry.Place place, int micros) {
    LayerEntry entry = cache.loads.encoded(flight, lease, made);
    if (entry == null) {
      release(lease);
      end(cache.loads.unstored(made, place, Result.Reason.NOT_STORED));
      return;
    }
    then(
        link.<Boolean>ask("fill", session -> session.fill(flight.text, lease, entry)),
        accepted -> end(cache.loads.filled(flight, made, place, micros, accepted)),
        failure -> end(cache.loads.unstored(made, place, Result.Reason.LAYER_DOWN)));
  }

  private void release(@Nullable Lease lease) {
    if (lease != null) {
      link.<@Nullable Void>ask(
          "release", (LayerSession session) -> session.release(flight.text, lease));
    }
  }
}
