package io.stateward.signal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work on other threads, with a bound on every wait.
 *
 * @since 0.1
 */
public final class Concurrently {

  private Concurrently() {}

  /**
   * Starts work on a thread of its own.
   *
   * @param work what to do
   * @return done when the work is, or failed with what it threw
   */
  public static CompletableFuture<Void> start(Runnable work) {
    return supply(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Runs work on another thread and waits for it.
   *
   * @param patience the longest to wait
   * @param work what to do
   * @throws AssertionError if it does not end in time; what it throws comes out as it is
   */
  public static void elsewhere(Duration patience, Runnable work) {
    finish(patience, start(work));
  }

  /**
   * Computes a value on another thread and waits for it.
   *
   * @param <T> the type of the value
   * @param patience the longest to wait
   * @param work computes the value
   * @return the value
   * @throws AssertionError if it does not come in time; what the work throws comes out as it is
   */
  public static <T> T valueElsewhere(Duration patience, Supplier<T> work) {
    return finish(patience, supply(work));
  }

  /**
   * Runs pieces of work at the same time, each on its own thread, from a common start.
   *
   * @param patience the longest to wait for all of them
   * @param works what to do
   */
  public static void together(Duration patience, Runnable... works) {
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<Void>> running =
        Arrays.stream(works)
            .map(
                work ->
                    start(
                        () -> {
                          awaitStart(patience, start);
                          work.run();
                        }))
            .toList();
    start.countDown();
    running.forEach(one -> finish(patience, one));
  }

  /**
   * Waits for what was started.
   *
   * @param <T> the type of its result
   * @param patience the longest to wait
   * @param running what was started
   * @return its result
   * @throws AssertionError if it does not end in time; what it throws comes out as it is
   */
  public static <T> T finish(Duration patience, CompletableFuture<T> running) {
    try {
      return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Not done within " + patience + "; something blocks.", e);
    } catch (ExecutionException e) {
      throw Concurrently.<RuntimeException>unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting.", e);
    }
  }

  private static <T> CompletableFuture<T> supply(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(work.get());
              } catch (Throwable t) { // handed to who waits
                done.completeExceptionally(t);
              }
            },
            "contract");
    thread.setDaemon(true); // what is stuck must not hold up the end of the tests
    thread.start();
    return done;
  }

  private static void awaitStart(Duration patience, CountDownLatch start) {
    try {
      if (!start.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("Not started within " + patience + ".");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked") // the compiler's only view of what is thrown as it is
  private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
