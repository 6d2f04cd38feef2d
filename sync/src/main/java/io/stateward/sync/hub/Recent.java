package io.stateward.sync.hub;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a document, by sequence: so many, and of so many bytes together.
 *
 * <p>Thread safety: one thread at a time adds; any number look.
 */
final class Recent {

  private static final int BYTES = 1 << 20;

  private final AtomicReferenceArray<@Nullable Event> places;
  private long oldest = 1; // for who adds
  private long newest; // for who adds
  private long bytes; // for who adds

  Recent(int capacity) {
    places = new AtomicReferenceArray<>(capacity);
  }

  /** Adds the next event, or the first one. */
  void add(Event event) {
    if (newest == 0) {
      oldest = event.sequence();
    }
    newest = event.sequence();
    bytes += event.bytes;
    while (newest - oldest >= places.length() || (bytes > BYTES && oldest < newest)) {
      dropOldest();
    }
    places.set(place(newest), event);
  }

  private void dropOldest() {
    Event dropped = places.getAndSet(place(oldest), null);
    bytes -= dropped == null ? 0 : dropped.bytes;
    oldest++;
  }

  /** Returns the event of a sequence, or null if it is not among the last ones. */
  @Nullable Event at(long sequence) {
    Event found = places.get(place(sequence));
    return found != null && found.sequence() == sequence ? found : null;
  }

  /** Returns the event of a client's mutation, or null if it is not among the last ones. */
  @Nullable Event of(String client, long id) {
    for (int i = 0; i < places.length(); i++) {
      Event found = places.get(i);
      if (found != null && found.mutation.id() == id && found.mutation.client().equals(client)) {
        return found;
      }
    }
    return null;
  }

  private int place(long sequence) {
    return (int) (sequence % places.length());
  }
}
