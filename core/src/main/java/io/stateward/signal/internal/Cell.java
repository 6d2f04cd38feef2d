package io.stateward.signal.internal;

import io.stateward.signal.SignalFailedException;
import io.stateward.signal.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * What a node was at one moment: a value or a failure, and a version.
 *
 * <p>A cell is its own change token. Two readings saw the same thing if and only if they saw the
 * same cell, so a node that computes an equal value hands out the cell that it already has.
 */
public class Cell<T extends @Nullable Object> {

  private final @Nullable Object held; // the value, or a Failure: one field keeps cells small
  final long version;

  Cell(T value, long version) {
    this.held = value;
    this.version = version;
  }

  Cell(Failure failure, long version) {
    this.held = failure;
    this.version = version;
  }

  /** Returns the value of a cell that is known not to have failed. */
  @SuppressWarnings({"unchecked", "NullAway"}) // only a T, or a Failure, is ever put in
  final T value() {
    return (T) held;
  }

  final T valueOrThrow() {
    if (held instanceof Failure failure) {
      throw failure.toException();
    }
    return value();
  }

  final @Nullable Failure failure() {
    return held instanceof Failure failure ? failure : null;
  }

  /** Tells of the failure, if there is one, unless it was told before. */
  final void reportFailure() {
    if (held instanceof Failure failure) {
      failure.report();
    }
  }

  final boolean failed() {
    return held instanceof Failure;
  }

  final Versioned<T> versioned() {
    return new Versioned<>(valueOrThrow(), version);
  }

  /** Why a node has no value, and whose function is to blame. Passed on by who reads that node. */
  static final class Failure {
    private final String origin;
    private final Throwable cause;
    private volatile boolean reported;

    Failure(String origin, Throwable cause) {
      this.origin = origin;
      this.cause = cause;
    }

    SignalFailedException toException() {
      return new SignalFailedException(origin, cause);
    }

    /** Tells the failure, once, however many nodes it passes through. */
    void report() {
      if (!reported) {
        reported = true;
        Probes.report(
            "Signal '" + origin + "'",
            "Its function threw. Subscribers keep the value they have until an input changes.",
            cause);
      }
    }
  }
}
