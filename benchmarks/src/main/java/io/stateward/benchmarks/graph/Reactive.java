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
     * @param evaluation what the body was given; libraries that track by thread ignore it
     */
    T read(Object evaluation);
  }

  /** A value that is written. */
  interface Source<T> extends Cell<T> {
    void set(T value);
  }

  <T> Source<T> source(T initial);

  /**
   * Derives a value.
   *
   * @param inputs everything that the body may read, for libraries that have to know beforehand;
   *     empty if that depends on the values
   * @param body reads cells and returns a value
   * @throws UnsupportedOperationException if the library has to know the inputs and they are empty
   */
  <T> Cell<T> derive(List<? extends Cell<?>> inputs, Function<Object, T> body);

  /** Derives a value of one other. */
  default <A, T> Cell<T> map(Cell<A> input, Function<A, T> function) {
    return derive(List.of(input), evaluation -> function.apply(input.read(evaluation)));
  }

  /** Runs an effect whenever the value of a cell has changed; whether also at once is left open. */
  void effect(Cell<?> cell, Runnable effect);

  /** Writes several sources as one change, if the library can. */
  void batch(List<? extends Source<?>> sources, Runnable writes);

  @Override
  default void close() {}
}
