package io.stateward.cache;

import io.stateward.cache.spi.LayerEntry;
import io.stateward.cache.spi.LayerSession;
import io.stateward.cache.spi.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What a layer does not have is asked for behind it, and is offered to the layer if it gave a
 * lease.
 *
 * <p>Thread safety: one step at a time, as its {@link Fetch} is.
 */
final class Refill<K, V, R> {

  private final Fetch<K, V, R> fetch;
  private final Flight<K, V> flight;
  private final CacheEngine<K, V> cache;
  private final Link link;
  private final Sink<K, V, R> sink;
  private final @Nullable Lease lease;
  private final Result.Reason reason;
  private final SharedEntry.@Nullable Place place;
  private final long askedNanos;

  /**
   * A refill for a fetch.
   *
   * @param fetch what it is for
   * @param lease what the layer gave; null if it gave none
   * @param reason why it gave none
   */
  Refill(Fetch<K, V, R> fetch, @Nullable Lease lease, Result.Reason reason) {
    this.fetch = fetch;
    this.flight = fetch.flight;
    this.cache = fetch.cache;
    this.link = fetch.link;
    this.sink = fetch.sink;
    this.lease = lease;
    this.reason = reason;
    this.place = place();
    this.askedNanos = cache.time.nanoTime();
  }

  /** Where what is loaded now belongs; null if that is not known. */
  private SharedEntry.@Nullable Place place() {
    View view = link.viewOf(flight.text);
    if (view == null) {
      return null;
    }
    return lease == null
        ? new SharedEntry.Place(view, view.head(), view.applied(), link.wide.applied())
        : new SharedEntry.Place(
            view, lease.head(), view.positionOf(lease.head()), link.wide.positionOf(lease.wide()));
  }

  void start() {
    if (fetch.isDone()) {
      release();
      return;
    }
    fetch.source.ask(
        fetch.need(place),
        supply -> {
          try {
            loaded(supply);
          } catch (Throwable t) { // an executor that takes nothing
            fetch.fail(fetch.stale(), t);
          }
        });
  }

  private void loaded(Supply<V> supply) {
    if (supply instanceof Supply.Had<V> it) {
      had(it.made(), it.reason(), it.micros());
    } else if (supply instanceof Supply.Failed<V> it) {
      release();
      fetch.fail(it.stale(), it.cause());
    }
  }

  private void had(Made<V> made, Result.Reason behind, int micros) {
    if (cache.unsent.coversWide(flight.text, made.tags())) {
      release(); // memory could not tell it from what is older than that
      fetch.end(sink.unstored(made.unstored(), place, Result.Reason.LAYER_DOWN));
    } else if (reason == Result.Reason.LAYER_DOWN) {
      fetch.end(sink.offline(flight, made, place, micros, askedNanos));
    } else if (lease == null || !made.stored() || place == null) {
      release();
      Result.Reason why = made.stored() ? Result.Reason.NOT_STORED : behind;
      fetch.end(sink.unstored(made, place, lease == null ? reason : why));
    } else {
      fill(lease, made, place, micros);
    }
  }

  private void fill(Lease given, Made<V> made, SharedEntry.Place where, int micros) {
    if (cache.fences.refuses(flight.text, made.version())) { // the layer may have forgotten it
      release();
      fetch.end(sink.filled(flight, made, where, micros, false));
      return;
    }
    LayerEntry entry = cache.forms.encoded(flight, link.number, given, made);
    if (entry == null) {
      release();
      fetch.end(sink.unstored(made, where, Result.Reason.NOT_STORED));
      return;
    }
    fetch.then(
        link.<Boolean>ask("fill", session -> session.fill(flight.text, given, entry)),
        accepted -> fetch.end(sink.filled(flight, made, where, micros, accepted)),
        failure -> fetch.end(sink.unstored(made, where, Result.Reason.LAYER_DOWN)));
  }

  private void release() {
    Lease given = lease;
    if (given != null) {
      link.<@Nullable Void>ask(
          "release", (LayerSession session) -> session.release(flight.text, given));
    }
  }
}
