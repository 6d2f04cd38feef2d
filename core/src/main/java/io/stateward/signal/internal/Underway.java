package io.stateward.signal.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the current thread is doing in the library, for packages that build on {@link Root}. */
public final class Underway {

  private Underway() {}

  /**
   * Refuses what must not be done inside an updater; the body of an atomic update may do it.
   *
   * @param attempted what is tried
   */
  public static void refuseInUpdater(Supplier<String> attempted) {
    Turn turn = Turn.current();
    if (turn.isInUpdater()) {
      turn.refuseInUpdater(attempted.get());
    }
  }

  /**
   * Tells whether this thread is in an updater or in the body of an atomic update.
   *
   * @return whether it holds the lock of a store
   */
  public static boolean holdsLock() {
    return Turn.current().holdsLock();
  }

  /**
   * Returns what stands for the atomic update whose body this thread runs.
   *
   * @return the same object throughout the body; null outside of one
   */
  public static @Nullable Object transaction() {
    return Transaction.anyOpen() ? Turn.current().transaction : null;
  }

  /**
   * Says which callback made the commit that this thread is delivering.
   *
   * @return the callback as "store@version -> subscriber"; null when none did
   */
  public static @Nullable String cause() {
    Turn.Cause cause = Turn.current().cause;
    return cause == null
        ? null
        : "%s@%d -> %s".formatted(cause.source(), cause.version(), cause.subscriber());
  }
}
