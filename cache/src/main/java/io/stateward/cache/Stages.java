package io.stateward.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stages of a layer. */
final class Stages {

  private Stages() {}

  /** Asks a layer; what it throws instead of returning a stage is how the stage ends. */
  static <T extends @Nullable Object> CompletionStage<T> ask(
      Supplier<? extends CompletionStage<T>> question) {
    try {
      return question.get();
    } catch (Throwable t) { // foreign code
      return CompletableFuture.failedFuture(t);
    }
  }

  /** Listens to the end of a stage. */
  static <T extends @Nullable Object> void onEnd(
      CompletionStage<T> stage, BiConsumer<? super T, ? super @Nullable Throwable> action) {
    stage.whenComplete(action);
  }

  /**
   * Takes steps until one completes with false, or fails. Those that end at once are taken in a
   * loop, so that the stack does not grow with their number.
   */
  static CompletableFuture<@Nullable Void> repeat(Supplier<CompletableFuture<Boolean>> step) {
    CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    repeat(step, end);
    return end;
  }

  private static void repeat(
      Supplier<CompletableFuture<Boolean>> step, CompletableFuture<@Nullable Void> end) {
    try {
      CompletableFuture<Boolean> taken = step.get();
      while (taken.isDone() && taken.join()) {
        taken = step.get();
      }
      onEnd(
          taken,
          (again, failure) -> {
            if (failure != null) {
              end.completeExceptionally(cause(failure));
            } else if (again) {
              repeat(step, end);
            } else {
              end.complete(null);
            }
          });
    } catch (Throwable t) { // of the step
      end.completeExceptionally(cause(t));
    }
  }

  static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  /** Waits for the end of a write that does not fail, whatever interrupts. */
  static void settle(CompletionStage<?> stage) {
    await(stage.handle((value, failure) -> true));
  }

  /** Waits for a write, whatever interrupts: half a write is worse than a late answer. */
  static <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw Mailbox.unchecked(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
