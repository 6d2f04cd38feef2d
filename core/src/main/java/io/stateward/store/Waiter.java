package io.stateward.store;

import java.util.concurrent.CompletableFuture;

/** Somebody who waits for an action of a type. */
final class Waiter<A, B extends A> extends CompletableFuture<B> {

  private final Class<B> type;

  Waiter(Class<B> type) {
    this.type = type;
  }

  void offer(A action) {
    if (type.isInstance(action)) {
      complete(type.cast(action));
    }
  }
}
