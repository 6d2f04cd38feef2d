package io.stateward.signal.internal;

import io.stateward.signal.Signal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A derived node whose dependencies are known beforehand. */
public final class Combined<T extends @Nullable Object> extends Derived<T> {

  private static final long DERIVED = -1;

  private final Node<?>[] inputs;
  private final long[] roots; // the number of the root behind each input, or DERIVED
  private final Function<@Nullable Object[], ? extends T> combiner;

  /**
   * Creates a node of several others.
   *
   * @param inputs the others
   * @param combiner a function of their values, in the same order
   */
  public Combined(
      List<? extends Node<?>> inputs, Function<@Nullable Object[], ? extends T> combiner) {
    this.inputs = inputs.toArray(Node<?>[]::new);
    this.roots = inputs.stream().mapToLong(Combined::rootOf).toArray();
    this.combiner = Objects.requireNonNull(combiner, "combiner");
  }

  private static long rootOf(Node<?> input) {
    return input.source() instanceof Root<?> root ? root.number : DERIVED;
  }

  /**
   * Creates a node of any number of others.
   *
   * @param <T> the type of the inputs
   * @param <R> the type of the result
   * @param signals the others
   * @param combiner a function of their values
   * @return the node
   */
  @SuppressWarnings("unchecked") // the values come from signals of T
  public static <T extends @Nullable Object, R extends @Nullable Object> Combined<R> ofAll(
      List<? extends Signal<? extends T>> signals,
      Function<? super List<T>, ? extends R> combiner) {
    List<Node<?>> nodes = new ArrayList<>();
    signals.forEach(signal -> nodes.add(Node.of(signal)));
    Objects.requireNonNull(combiner, "combiner");
    return new Combined<>(nodes, values -> combiner.apply((List<T>) new Values(values)));
  }

  /** The values of the inputs, as a list that does not change. */
  private static final class Values extends AbstractList<@Nullable Object> implements RandomAccess {
    private final @Nullable Object[] values;

    Values(@Nullable Object[] values) {
      this.values = values;
    }

    @Override
    public @Nullable Object get(int index) {
      return values[index];
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Creates a node of one other: a map that does not recurse. */
  @SuppressWarnings("unchecked") // the value comes from the node
  static <P extends @Nullable Object, R extends @Nullable Object> Combined<R> ofOne(
      Node<P> input, Function<? super P, ? extends R> function) {
    return new Combined<>(List.of(input), values -> function.apply((P) values[0]));
  }

  @Override
  Memo<T> refresh(Reading reading, @Nullable Memo<T> known) {
    if (known == null) {
      Inputs first = new Inputs(inputs.length);
      readAll(first, reading);
      return combine(first, null);
    }
    Inputs now = new Inputs(known);
    long since = known.epoch();
    if (reading.remembers(since)) {
      readMoved(now, reading, since);
    } else {
      readAll(now, reading);
    }
    return now.changed() ? combine(now, known) : known;
  }

  private void readAll(Inputs now, Reading reading) {
    for (int i = 0; i < inputs.length; i++) {
      now.set(i, reading.read(inputs[i]));
    }
  }

  /** Reads what is made of the roots that have moved since; the rest is what it was. */
  private void readMoved(Inputs now, Reading reading, long since) {
    for (long count = since; count < reading.epoch(); count++) {
      long root = Epoch.moved(count);
      if (root == Epoch.SEVERAL) {
        readAll(now, reading);
        return;
      }
      for (int i = 0; i < roots.length; i++) {
        if (roots[i] == root || roots[i] == DERIVED) {
          now.set(i, reading.read(inputs[i]));
        }
      }
    }
    reading.confirm();
  }

  private Memo<T> combine(Inputs now, @Nullable Memo<T> known) {
    Cell.Failure failure = now.failure();
    Cell<T> out = failure == null ? apply(now.values(), known) : failedCell(failure, known);
    return new Memo<>(out, inputs, now.cells(), now.values());
  }

  private Cell<T> apply(@Nullable Object @Nullable [] values, @Nullable Memo<T> known) {
    long start = Probes.active() ? System.nanoTime() : 0;
    Cell<T> out;
    try {
      out = cellOf(combiner.apply(Objects.requireNonNull(values)), known);
    } catch (Throwable t) { // the combiner is foreign code
      out = failedCell(new Cell.Failure(name(), t), known);
    }
    if (start != 0) {
      Evaluations.tell(name(), start, known == null || out != known.out);
    }
    return out;
  }

  @Override
  String describe(int levels) {
    return Arrays.stream(inputs).limit(4).map(input -> input.label(levels)).toList()
        + (inputs.length > 4 ? " and %d more, combined".formatted(inputs.length - 4) : " combined");
  }
}
