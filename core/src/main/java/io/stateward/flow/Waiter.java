package io.stateward.flow;

import io.stateward.flow.KeyedLocks.Held;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that asked a crowd for a key, and what became of it.
 *
 * <p>Thread safety: the state is written under the lock of the crowd.
 */
final class Waiter<K> {

  enum State {
    WAITING,
    GRANTED,
    /** It did not come in time, or was no longer wanted. */
    WITHDRAWN,
    /** The crowd had ended before. */
    OUTDATED
  }

  final Hold<K> wanted;
  private final @Nullable Held held;
  private final Crowd<K> crowd;
  private final Crowd.@Nullable Line<K> line;
  private volatile State state;

  Waiter(
      Crowd<K> crowd,
      Crowd.@Nullable Line<K> line,
      Hold<K> wanted,
      @Nullable Held held,
      State state) {
    this.crowd = crowd;
    this.line = line;
    this.wanted = wanted;
    this.held = held;
    this.state = state;
  }

  State state() {
    return state;
  }

  /** Says what became of it. Under the lock of the crowd. */
  void become(State end) {
    state = end;
  }

  /** Returns the queue in which it waits; null if it never had to. */
  Crowd.@Nullable Line<K> line() {
    return line;
  }

  /** Returns what it got: what it wanted, unless it had the key before. */
  Held held() {
    return held == null ? wanted : held;
  }

  /** Waits for the end of waiting. An interrupt that does not end it stays with the thread. */
  void await(boolean interruptible) throws InterruptedException {
    boolean interrupted = false;
    while (state == State.WAITING) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        if (interruptible && crowd.withdraw(this)) {
          throw new InterruptedException(
              "Interrupted while waiting for key %s.".formatted(wanted.key));
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the waiting, for who is called when the time is over. */
  void expire() {
    if (crowd.withdraw(this)) {
      LockSupport.unpark(wanted.owner);
    }
  }

  /** Ends the waiting for a reason, which is thrown, unless the key has come already. */
  void abandon(RuntimeException why) {
    if (crowd.withdraw(this)) {
      throw why;
    }
  }
}
