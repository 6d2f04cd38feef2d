package io.stateward.statemachine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A turn that is offered to an executor. One that runs it at once, on this very thread, has done
 * nothing but refuse it: else the stack would grow with each turn.
 *
 * <p>Thread safety: {@link #offering} and {@link #refused} are of the thread that offers; another
 * one reads null or that thread, neither of which is itself.
 */
final class Offer implements Runnable {

  private final Turn turn;
  private @Nullable Thread offering = Thread.currentThread();
  private boolean refused;

  Offer(Turn turn) {
    this.turn = turn;
  }

  @Override
  public void run() {
    if (offering == Thread.currentThread()) {
      refused = true;
    } else {
      turn.run();
    }
  }

  /** For the thread that offers, when the executor has it: tells whether it was taken. */
  boolean isTaken() {
    offering = null;
    return !refused;
  }
}
