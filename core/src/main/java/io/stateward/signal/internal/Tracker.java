package io.stateward.signal.internal;

import io.stateward.signal.Reader;
import io.stateward.signal.Signal;
import io.stateward.signal.SignalFailedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reader of one evaluation: it reads at the moment of the evaluation, and records what was
 * read. While the reads are those of the time before, the array of dependencies is that of the time
 * before, which tells cheaply that no link has to change.
 */
final class Tracker implements Reader {

  private static final Node<?>[] NO_NODES = {};
  private static final Cell<?>[] NO_CELLS = {};

  /** What recorded nodes keep; not this, which would keep the owner and old states alive. */
  private final Object mark = new Object();

  private final Derived<?> owner;
  private final Reading reading;
  private final Thread thread = Thread.currentThread();
  private final Node<?>[] before;
  private Node<?>[] nodes;
  private Cell<?>[] ins;
  private int count;
  private boolean closed;
  private @Nullable SignalFailedException passed;
  private Cell.@Nullable Failure passedFailure;

  Tracker(Derived<?> owner, Reading reading, @Nullable Memo<?> known) {
    this.owner = owner;
    this.reading = reading;
    this.before = known == null ? NO_NODES : known.dependencies;
    this.nodes = before;
    this.ins = before.length == 0 ? NO_CELLS : new Cell<?>[before.length];
  }

  @Override
  public <T extends @Nullable Object> T get(Signal<T> signal) {
    if (closed || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "The evaluation of '%s' that this reader belongs to is over, or on another thread. Read inside the function, on its thread; elsewhere use Signal.get()."
              .formatted(owner.name()));
    }
    reading.rethrow();
    Node<T> node = Node.of(signal);
    Cell<T> cell = reading.read(node);
    record(node, cell);
    Cell.Failure failure = cell.failure();
    if (failure != null) {
      passedFailure = failure;
      passed = failure.toException();
      throw passed;
    }
    return cell.value();
  }

  private void record(Node<?> node, Cell<?> cell) {
    if (node.recordedBy == mark) {
      return;
    }
    node.recordedBy = mark;
    if (nodes == before && (count == before.length || before[count] != node)) {
      nodes = Arrays.copyOf(before, Math.max(4, count + 1)); // the reads differ from here on
    }
    if (nodes != before && count == nodes.length) {
      nodes = Arrays.copyOf(nodes, count * 2);
    }
    if (count == ins.length) {
      ins = Arrays.copyOf(ins, Math.max(4, count * 2));
    }
    if (nodes != before) {
      nodes[count] = node;
    }
    ins[count++] = cell;
  }

  /** The failure that a throwable stands for: the one passed on, or a new one of the owner. */
  Cell.Failure failureOf(Throwable thrown) {
    return thrown == passed && passedFailure != null
        ? passedFailure
        : new Cell.Failure(owner.name(), thrown);
  }

  Node<?>[] dependencies() {
    return nodes.length == count ? nodes : Arrays.copyOf(nodes, count);
  }

  Cell<?>[] ins() {
    return ins.length == count ? ins : Arrays.copyOf(ins, count);
  }

  void close() {
    closed = true;
  }
}
