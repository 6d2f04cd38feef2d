package io.stateward.signal.internal;

import io.stateward.signal.Change;
import io.stateward.signal.Delivery;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that is called where the change is made.
 *
 * <p>Once it was told of a change it is in step: what it was told last is what its node was before
 * the next change, so it keeps a version and no cell. It falls out of step when it is passed over,
 * and keeps a cell again until it is told of the next change.
 */
final class InlineSubscriber<T extends @Nullable Object> extends Subscriber<T> {

  private final boolean conflates;
  private boolean inStep; // this and the next: confined to the delivery
  private long toldVersion;

  InlineSubscriber(
      Node<T> node, Delivery delivery, Consumer<? super Change<T>> callback, Runnable ended) {
    super(node, delivery.name(), callback, ended);
    this.conflates = delivery.mode() == Delivery.Mode.LATEST;
  }

  @Override
  boolean offer(@Nullable Cell<T> was, Cell<T> now, Turn turn) {
    if (isClosed()) {
      return false;
    }
    if (conflates && node().isConflated(now)) {
      if (was != null) {
        hold(was);
      }
      return false;
    }
    if (!inStep) {
      return catchUp(was, now, turn);
    }
    if (was == null || now.version <= toldVersion) {
      return false;
    }
    toldVersion = now.version;
    handOver(was, now, turn);
    return true;
  }

  private boolean catchUp(@Nullable Cell<T> was, Cell<T> now, Turn turn) {
    boolean handed = hand(was, now, turn);
    if (position().known() == now) {
      position().forget();
      toldVersion = now.version;
      inStep = true;
    }
    return handed;
  }

  @Override
  void hold(Cell<T> last) {
    if (inStep) {
      inStep = false;
      position().moveTo(last);
    }
  }

  @Override
  void begin() {
    // the next change is the first it hears of
  }
}
