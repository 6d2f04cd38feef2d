package io.stateward.examples.cards;

import io.stateward.signal.Signal;
import io.stateward.store.Store;
import java.util.function.UnaryOperator;

/**
 * The usual way to show a change before it is confirmed, for comparison: keep the state as it was,
 * and put it back if the change fails.
 *
 * <p>What is put back is the whole state, and so everything that others did in the meantime is
 * lost.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * @param <S> the type of the state
 */
final class SnapshotRollback<S> {

  private final Store<S> state;

  SnapshotRollback(S initial) {
    state = Store.of("naive", initial);
  }

  Signal<S> visible() {
    return state;
  }

  // excerpt: naive
  /** Shows a change at once; returns what to run if it fails. */
  Runnable change(UnaryOperator<S> change) {
    S snapshot = state.get();
    state.update(change);
    return () -> state.set(snapshot); // and with it whatever came since
  }

  /** Takes in what the server tells. */
  void received(UnaryOperator<S> news) {
    state.update(news);
  }

  // end of excerpt

  void close() {
    state.close();
  }
}
