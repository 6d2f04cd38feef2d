package io.stateward.optimistic;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Runs what one mutation's end sets off in others, one after the other on the thread that it ended
 * on: a long chain of mutations that end at once does not become a deep stack.
 */
final class Trampoline {

  private static final ThreadLocal<Deque<Runnable>> WAITING = new ThreadLocal<>();

  private Trampoline() {}

  /** Runs work now, or if this thread is running some when that is done. */
  static void run(Runnable work) {
    Deque<Runnable> waiting = WAITING.get();
    if (waiting != null) {
      waiting.add(work);
      return;
    }
    Deque<Runnable> mine = new ArrayDeque<>();
    WAITING.set(mine);
    try {
      for (Runnable next = work; next != null; next = mine.poll()) {
        next.run();
      }
    } finally {
      WAITING.remove();
    }
  }
}
