package io.stateward.scope;

import io.stateward.signal.Subscription;

/** The closing of a scope, as seen by the work that runs for it. */
record ScopeCancellation(TreeScope scope) implements Cancellation {

  @Override
  public boolean isCancelled() {
    return scope.isClosed();
  }

  @Override
  public Subscription onCancel(Runnable action) {
    return scope.onClose(action);
  }
}
