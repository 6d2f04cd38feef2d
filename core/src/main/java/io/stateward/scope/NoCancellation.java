package io.stateward.scope;

import io.stateward.signal.Subscription;
import java.util.Objects;

/** The cancellation that never comes. */
enum NoCancellation implements Cancellation {
  INSTANCE;

  private static final Subscription NOTHING = () -> {};

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Subscription onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    return NOTHING;
  }
}
