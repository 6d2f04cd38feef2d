package io.stateward.cache;

import io.stateward.cache.spi.Acquired;
import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.Lease;
import io.stateward.cache.spi.Reading;
import io.stateward.flow.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One read of a layer for a flight: the entry, or the lease, what is behind the layer, the fill.
 *
 * <pre>
 *   look ──> judge ──fresh──────────────────────────────> hit
 *    ^         │ nothing, stale or invalid
 *    │       acquire ──leased──> load ──> fill ─────────> filled, accepted or not
 *    └─ busy ──┤
 *              ├─ writing ──────────────> load ─────────> unstored
 *              └─ the layer is down ────> load ─────────> offline
 * </pre>
 *
 * <p>What is behind the layer, its {@link Source}, is asked after the lease was given, and by this
 * fetch alone: its answer is as new as the lease. What becomes of it is up to the {@link Sink}.
 *
 * <p>Thread safety: one step at a time, each where the flight says or on the timer.
 */
final class Fetch<K, V, R> {

  private static final int CATCH_UPS = 4;
  private static final int POLL_FROM_MILLIS = 20;
  private static final int POLL_TO_MILLIS = 100;

  final Flight<K, V> flight;
  final CacheEngine<K, V> cache;
  final Link link;
  final Source<K, V> source;
  final Sink<K, V, R> sink;
  private final Need<K, V> need;
  private final CompletableFuture<R> done = new CompletableFuture<>();
  private final AtomicBoolean announced =
      new AtomicBoolean(); // in the group of what is behind the layer
  private volatile @Nullable Entry<V> stale;
  private volatile @Nullable String unwanted; // the token of what the layer has
  private int catchUps;

  Fetch(
      CacheEngine<K, V> cache,
      Link link,
      Source<K, V> source,
      Need<K, V> need,
      Sink<K, V, R> sink) {
    this.cache = cache;
    this.link = link;
    this.source = source;
    this.need = need;
    this.sink = sink;
    this.flight = need.flight();
    this.stale = need.stale();
  }

  CompletableFuture<R> start() {
    if (need.group() instanceof Batch<K, V> batch) {
      if (cache.unsent.covers(flight.text, Set.of())) {
        batch.leave();
        look();
        return done;
      }
      announced.set(batch.next != null);
      Stages.onEnd(done, (result, failure) -> leaveNext());
      then(
          batch.join(flight.text),
          read ->
              read(Objects.requireNonNull(read.readings().get(flight.text)), read.sentAtNanos()),
          this::offline);
    } else {
      look();
    }
    return done;
  }

  private void leaveNext() {
    Group<K, V> next = nextGroup();
    if (next != null) {
      next.leave();
    }
  }

  /** The group of what is behind the layer, if it waits still for what this one does. */
  private @Nullable Group<K, V> nextGroup() {
    return need.group() instanceof Batch<K, V> batch && announced.getAndSet(false)
        ? batch.next
        : null;
  }

  /** Goes on where the flight says; what the step throws ends the fetch. */
  <T extends @Nullable Object> void then(
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
              fail(stale, Stages.cause(failure));
              return null;
            });
  }

  void fail(@Nullable Entry<V> left, Throwable cause) {
    try {
      end(sink.failed(flight, left, cause));
    } catch (Throwable t) { // what no result may hide
      done.completeExceptionally(t);
    }
  }

  void end(R result) {
    done.complete(result);
  }

  private void look() {
    if (cache.unsent.covers(flight.text, Set.of())) {
      offline(null); // the layer has what this instance knows to be old
      return;
    }
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
    if (entry != null && cache.unsent.covers(flight.text, entry.tags())) {
      offline(null);
      return;
    }
    unwanted = entry == null ? null : entry.token();
    long wide = entry == null || isBehind(view, reading) ? -1 : validUpTo(entry, reading);
    if (entry != null && wide >= 0) {
      SharedEntry.Place place =
          new SharedEntry.Place(view, reading.head(), view.positionOf(reading.head()), wide);
      SharedEntry.Place kept = isNearest() ? place : need.place();
      Entry<V> found = cache.forms.decoded(flight, link.number, entry, kept, sent);
      if (found != null && isNewEnough(entry)) {
        cache.counters.layerHits.get(link.number).increment();
        end(sink.hit(flight, entry, found, place));
        return;
      }
      if (found != null && isNearest() && mayServeStale(found)) {
        end(sink.hit(flight, entry, found, place)); // and whoever is given it refreshes it
        return;
      }
      keepForSlowLoaders(found, place);
      stale = found == null || kept == null ? stale : found;
    }
    acquire();
  }

  private boolean mayServeStale(Entry<V> found) {
    return flight.purpose == Flight.Purpose.READ
        && cache.validity.mayServeStale(found, cache.time.nanoTime());
  }

  /** What is stale is there for readers who do not wait for as long as the loader takes. */
  private void keepForSlowLoaders(@Nullable Entry<V> found, SharedEntry.Place place) {
    if (found != null
        && isNearest()
        && place.position() >= 0
        && !cache.policy.softTimeout().isZero()) {
      cache.memory.put(flight.key, flight.stripe, flight.generation, found);
    }
  }

  /** Whether it is the layer that memory follows. */
  private boolean isNearest() {
    return link.number == 0;
  }

  /**
   * Whether the layer does not know of an invalidation of the key that is known here: who answered
   * may be a replica that was left behind. What is of another epoch the wide view tells.
   */
  private boolean isBehind(View view, Reading reading) {
    long position = view.positionOf(reading.head());
    return position >= 0 && view.validUpTo(position, flight.text, Set.of()) < 0;
  }

  private long validUpTo(LayerEntry entry, Reading reading) {
    boolean ofThisLife =
        entry.head().epoch() == reading.head().epoch()
            && entry.wide().epoch() == reading.wide().epoch();
    long position = link.wide.positionOf(entry.wide());
    return ofThisLife && position >= 0 && !cache.fences.refuses(flight.text, entry.version())
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
    return MemoryTime.nanos(entry.fresh()) > left + MemoryTime.nanos(cache.policy.ttl()) / 10;
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
      View view = link.viewOf(flight.text);
      if (view != null) {
        link.observe(view, it.lease().head(), sent);
        link.observe(link.wide, it.lease().wide(), sent);
      }
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
    leaveNext(); // it may take long, and others wait for it
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

  boolean isDone() {
    return done.isDone();
  }

  @Nullable Entry<V> stale() {
    return stale;
  }

  /** What is needed from behind the layer, for a place in it. */
  Need<K, V> need(SharedEntry.@Nullable Place place) {
    SharedEntry.Place kept = isNearest() ? place : need.place();
    return new Need<>(flight, stale, kept, nextGroup(), need.cancellation());
  }

  private void load(@Nullable Lease lease, Result.Reason reason) {
    new Refill<>(this, lease, reason).start();
  }

  static Throwable failureOf(Outcome<?> outcome) {
    return outcome.fold(
        value -> new IllegalStateException("It was loaded."), cause -> cause, why -> why);
  }
}
