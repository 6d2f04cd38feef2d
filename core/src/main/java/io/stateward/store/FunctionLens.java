package io.stateward.store;

import java.util.function.BiFunction;
import java.util.function.Function;

/** A lens of two functions. */
record FunctionLens<S, T>(
    Function<? super S, ? extends T> reader, BiFunction<? super S, ? super T, ? extends S> wither)
    implements Lens<S, T> {

  @Override
  public T get(S whole) {
    return reader.apply(whole);
  }

  @Override
  public S with(S whole, T part) {
    return wither.apply(whole, part);
  }
}
