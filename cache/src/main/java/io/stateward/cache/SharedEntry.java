package io.stateward.cache;

import io.stateward.cache.spi.Head;
import org.jspecify.annotations.Nullable;

/** An entry whose key has a bucket in a shared layer, which says whether it is still valid. */
final class SharedEntry<V> extends Entry<V> {

  final View view;
  final boolean confirmed; // whether it is to be served only while nothing can have been missed
  private final Head head;
  volatile long position; // in the view, up to which it is known to be valid

  SharedEntry(
      @Nullable V value,
      Meta meta,
      int loadMicros,
      long sinceNanos,
      Place place,
      boolean confirmed) {
    super(value, meta, loadMicros, sinceNanos, place.wide());
    this.view = place.view();
    this.head = place.head();
    this.position = place.position();
    this.confirmed = confirmed;
  }

  /** Up to where something is known to be valid. */
  record Place(View view, Head head, long position, long wide) {}

  @Override
  Entry<V> with(Meta other, long nowNanos) {
    Place place = new Place(view, head, position, wide);
    return new SharedEntry<>(value, other, loadMicros, nowNanos, place, confirmed);
  }

  @Override
  public Stamp stamp() {
    return new Stamp(view.bucket, head.epoch(), head.sequence());
  }
}
