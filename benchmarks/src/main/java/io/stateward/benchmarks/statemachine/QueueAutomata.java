package io.stateward.benchmarks.statemachine;

import java.util.concurrent.ConcurrentLinkedQueue;

/** No machine at all, but a queue that events go through: the least that a mailbox can cost. */
final class QueueAutomata implements Automata {

  @Override
  public Automaton turnstile(Gate gate) {
    return new Queued(new ConcurrentLinkedQueue<>(), gate);
  }

  @Override
  public Object make(Gate gate) {
    throw new UnsupportedOperationException("It is no machine.");
  }

  @Override
  public String where(Object made) {
    throw new UnsupportedOperationException("It is no machine.");
  }

  private record Queued(ConcurrentLinkedQueue<Input> queue, Gate gate) implements Automaton {

    @Override
    public void first() {
      pass(Input.COIN);
    }

    @Override
    public void second() {
      pass(Input.PUSH);
    }

    private void pass(Input input) {
      queue.offer(input);
      if (queue.poll() == input) {
        gate.passed++;
      }
    }

    @Override
    public String where() {
      return "LOCKED";
    }
  }
}
