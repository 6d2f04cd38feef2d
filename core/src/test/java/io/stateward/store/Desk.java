package io.stateward.store;

import io.stateward.flow.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where work is begun and lies until a test says how it ends. For one thread at a time.
 *
 * @since 0.1
 */
public final class Desk {

  private final List<Integer> begun = new ArrayList<>();
  private final List<CompletableFuture<String>> futures = new ArrayList<>();

  /** Creates a desk with nothing on it. */
  public Desk() {}

  /**
   * Returns the work.
   *
   * @return a call that is begun here; its result is what the test says
   */
  public Call<Integer, String> call() {
    return Call.stage(
        argument -> {
          CompletableFuture<String> future = new CompletableFuture<>();
          begun.add(argument);
          futures.add(future);
          return future;
        });
  }

  /**
   * Returns what was begun.
   *
   * @return the arguments, in the order in which they were begun
   */
  public List<Integer> begun() {
    return List.copyOf(begun);
  }

  /**
   * Ends the work that was begun last with an argument, if it was not cancelled.
   *
   * @param argument the argument
   */
  public void finish(int argument) {
    of(argument).complete("value " + argument);
  }

  /**
   * Fails the work that was begun last with an argument.
   *
   * @param argument the argument
   * @param thrown what it throws
   */
  public void fail(int argument, Throwable thrown) {
    of(argument).completeExceptionally(thrown);
  }

  /**
   * Tells whether the work that was begun last with an argument was cancelled.
   *
   * @param argument the argument
   * @return whether it was
   */
  public boolean isCancelled(int argument) {
    return of(argument).isCancelled();
  }

  private CompletableFuture<String> of(int argument) {
    return futures.get(begun.lastIndexOf(argument));
  }
}
