package io.stateward.sync.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks where they are handed in, but while they are held: then in their order, as a pool. */
final class HeldTasks implements Executor {

  private final Deque<Runnable> later = new ArrayDeque<>();
  private boolean held;

  @Override
  public void execute(Runnable task) {
    if (held) {
      later.add(task);
    } else {
      task.run();
    }
  }

  void hold() {
    held = true;
  }

  void release() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
    held = false;
  }
}
