package io.stateward.optimistic;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Something that the server sent. A class: each one is its own. */
final class Push<S> {

  private final UnaryOperator<S> patch;
  private final Set<MutationId> includes;
  private @Nullable Throwable
      failure; // written and read under the store's lock, then by the pusher

  Push(UnaryOperator<S> patch, Set<MutationId> includes) {
    this.patch = patch;
    this.includes = includes;
  }

  Set<MutationId> includes() {
    return includes;
  }

  /** Returns the base with the patch, or without it if the patch throws. */
  S applied(S base) {
    try {
      return OptimisticLog.patched(base, patch);
    } catch (RuntimeException | Error e) { // its pusher is told, and nobody else's push suffers
      failure = e;
      return base;
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
