package io.stateward.optimistic;

import io.stateward.store.WriteResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a mutation is settled with, once, and whether it took effect.
 *
 * <p>Thread safety: safe for any number of threads. Whoever {@linkplain #claim claims} the end
 * completes the result when everybody was told.
 *
 * @param <T> the type of what the mutation is about
 */
final class Handle<T> {

  private final CompletableFuture<WriteResult<T>> promise = new CompletableFuture<>();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private @Nullable CompletionStage<WriteResult<T>> stage; // guarded by this
  private volatile boolean effective = true; // written before the result is completed

  /** Claims the end; false if somebody has. */
  boolean claim(boolean tookEffect) {
    if (!claimed.compareAndSet(false, true)) {
      return false;
    }
    effective = tookEffect;
    return true;
  }

  boolean isClaimed() {
    return claimed.get();
  }

  /** Whether a settled mutation took effect; its result need not be Saved, of a removal for one. */
  boolean tookEffect() {
    return effective;
  }

  void complete(WriteResult<T> result) {
    promise.complete(result);
  }

  /** Returns the same stage each time; it is made when it is asked for, since few ask. */
  synchronized CompletionStage<WriteResult<T>> stage() {
    CompletionStage<WriteResult<T>> present = stage;
    if (present == null) {
      present = promise.minimalCompletionStage();
      stage = present;
    }
    return present;
  }

  WriteResult<T> await() throws InterruptedException {
    try {
      return promise.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a mutation does not fail", e);
    }
  }
}
