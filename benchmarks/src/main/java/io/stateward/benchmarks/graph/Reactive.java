package io.stateward.benchmarks.graph;

import java.util.List;
import java.util.function.Function;

/**
 * What a library must offer to take part: values that are written, values that are derived, and a
 * way to be told of either.
 */
interface Reactive extends AutoCloseable {

  /** A readable value. */
  interface Cell<T> {

    /** Returns the value now, outside of any evaluation. */
    T get();

    /**
     * Returns the value within the evaluation of a derived one.
     *
     * @param evaluation what the body was given: its reader, or all its inputs' values; libraries
     *     that track by thread ignore it
     * @param index the position of this cell among the inputs; libraries that track ignore it
     */
    T read(Object evaluation, int index);
  }

  /** A value that is written. */
  interface Source<T> extends Cell<T> {
    void set(T value);
  }

  /** Computes a value from cells that it reads through the argument. */
  interface Body<T> {
    T evaluate(Object evaluation);
  }

  <T> Source<T> source(T initial);

  /** Derives a value of one other. */
  <A, T> Cell<T> map(Cell<A> input, Function<A, T> function);

  /**
   * Derives a value of several.
   *
   * @param inputs everything that the body reads, in an order that it knows
   * @param body reads the inputs and returns a value
   */
  <T> Cell<T> derive(List<? extends Cell<?>> inputs, Body<T> body);

  /**
   * Derives a value of several, of which the body reads now these, now those.
   *
   * @throws UnsupportedOperationException if the library has to know them beforehand
   */
  default <T> Cell<T> choose(List<? extends Cell<?>> inputs, Body<T> body) {
    throw new UnsupportedOperationException("dependencies that change with the values");
  }

  /** Runs an effect whenever the value of a cell has changed; whether also at once is left open. */
  void effect(Cell<?> cell, Runnable effect);

  /** Writes several sources as one change, if the library can. */
  void batch(List<? extends Source<?>> sources, Runnable writes);

  /**
   * Whether a change evaluates a cell at most once, and only if an input has another value; what
   * promises that is held to it.
   */
  default boolean evaluatesNoneInVain() {
    return false;
  }

  @Override
  default void close() {}
}
