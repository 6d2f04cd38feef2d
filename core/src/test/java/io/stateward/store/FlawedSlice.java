package io.stateward.store;

import io.stateward.signal.Change;
import io.stateward.signal.ClosedException;
import io.stateward.signal.Delivery;
import io.stateward.signal.Subscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A slice that is right except for the flaw of its store. */
final class FlawedSlice<T> extends ForwardingStore<T> {

  private final Store<?> whole;
  private final StoreFlaw flaw;
  private final Queue<Subscription> open = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  FlawedSlice(Store<T> right, Store<?> whole, StoreFlaw flaw) {
    super(right);
    this.whole = whole;
    this.flaw = flaw;
  }

  @Override
  public T update(UnaryOperator<T> updater) {
    refuseIfClosed("update");
    return flaw == StoreFlaw.SLICES_DO_NOT_WRITE_THROUGH && !isClosed()
        ? store.get()
        : store.update(updater);
  }

  @Override
  public Subscription subscribe(Delivery delivery, Consumer<? super Change<T>> subscriber) {
    refuseIfClosed("subscribe");
    Subscription subscription = store.subscribe(delivery, subscriber);
    open.add(subscription);
    return subscription;
  }

  @Override
  public void close() {
    switch (flaw) {
      case CLOSING_A_SLICE_CLOSES_THE_STORE -> whole.close();
      case TAKES_SUBSCRIBERS_WHILE_CLOSING -> {
        closed = true;
        open.forEach(Subscription::close);
      }
      default -> store.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed || store.isClosed();
  }

  private void refuseIfClosed(String attempted) {
    if (closed) {
      throw new ClosedException("'" + name() + "'", attempted);
    }
  }
}
