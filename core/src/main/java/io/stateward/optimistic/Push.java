package io.stateward.optimistic;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Something that the server sent. A class: each one is its own. */
final class Push<S> {

  private final UnaryOperator<S> patch;
  private final Set<MutationId> includes;
  private final Set<MutationId> closed = new HashSet<>(); // likewise
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

  /** Notes which mutations it settled: those that it includes and nobody had answered. */
  void took(OptimisticLog<S> was, OptimisticLog<S> now) {
    for (MutationId id : includes) {
      if (failure == null && was.isOpen(id) && !now.isOpen(id)) {
        closed.add(id);
      }
    }
  }

  Set<MutationId> closed() {
    return closed;
  }

  /** Notes that it did not take effect, since the fold that it was in broke. */
  void failed(Throwable cause) {
    failure = cause;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** Throws what the patch threw, if it did. */
  void rethrow() {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }
}
