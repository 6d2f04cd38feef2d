package io.stateward.redis.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A connection that ends once, and then for good: what is asked after that fails, and what is under
 * way fails too and is not sent again.
 */
public abstract class Connection {

  private final Supplier<? extends CompletionStage<?>> closing;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Connection(Supplier<? extends CompletionStage<?>> closing) {
    this.closing = closing;
  }

  /** Runs something when this has ended; at once if it has. */
  public final void onEnd(Runnable work) {
    CompletableFuture<Void> unused = ended.thenRun(work);
  }

  /** Ends it. */
  public final void end() {
    if (ended.complete(null)) {
      CompletionStage<?> unused = closing.get(); // nobody waits for it
    }
  }
}
