package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that is called where the change is made. */
final class InlineSubscriber<T extends @Nullable Object> extends Subscriber<T> {

  private final boolean conflates;

  InlineSubscriber(
      Node<T> node, Delivery delivery, Consumer<? super Change<T>> callback, Runnable ended) {
    super(node, delivery.name(), callback, ended);
    this.conflates = delivery.mode() == Delivery.Mode.LATEST;
  }

  @Override
  boolean offer(@Nullable Cell<T> was, Cell<T> now, Turn turn) {
    if (isClosed() || (conflates && node().isConflated(now))) {
      return false;
    }
    return hand(was, now, turn);
  }

  @Override
  void begin() {
    // the next change is the first it hears of
  }
}
