package io.stateward.redis.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What stages failed with. */
public final class Failures {

  private Failures() {}

  /** Returns what it was before stages wrapped it. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Returns something that a stage may throw to fail with the same. */
  public static RuntimeException unchecked(Throwable failure) {
    return new CompletionException(cause(failure));
  }
}
