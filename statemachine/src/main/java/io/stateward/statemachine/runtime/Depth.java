package io.stateward.statemachine.runtime;

/**
 * How many actors a thread is in at once: an action that tells another actor may find it idle, and
 * does its work, in which an action tells yet another one. A long chain of them goes on elsewhere,
 * before the stack is full.
 */
final class Depth {

  private static final int MOST = 50;
  private static final ThreadLocal<Depth> CURRENT = ThreadLocal.withInitial(Depth::new);

  private int count;

  static Depth current() {
    return CURRENT.get();
  }

  boolean isTooMuch() {
    return count >= MOST;
  }

  void enter() {
    count++;
  }

  void leave() {
    count--;
  }
}
