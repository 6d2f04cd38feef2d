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

  private final Node<?>[] inputs;
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
    this.combiner = Objects.requireNonNull(combiner, "combiner");
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
    Cell<?>[] ins = known == null ? new Cell<?>[inputs.length] : known.ins;
    boolean changed = known == null;
    for (int i = 0; i < inputs.length; i++) {
      Cell<?> in = reading.read(inputs[i]);
      if (in != ins[i]) {
        ins =
            changed ? ins : ins.clone(); // most stay as they are, and copying all at once is cheap
        ins[i] = in;
        changed = true;
      }
    }
    return known != null && !changed ? known : new Memo<>(combine(ins, known), inputs, ins);
  }

  private Cell<T> combine(Cell<?>[] ins, @Nullable Memo<T> known) {
    @Nullable Object[] values = new Object[ins.length];
    for (int i = 0; i < ins.length; i++) {
      Cell.Failure failure = ins[i].failure();
      if (failure != null) {
        return failedCell(failure, known);
      }
      values[i] = ins[i].value();
    }
    long start = Probes.active() ? System.nanoTime() : 0;
    Cell<T> out;
    try {
      out = cellOf(combiner.apply(values), known);
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
