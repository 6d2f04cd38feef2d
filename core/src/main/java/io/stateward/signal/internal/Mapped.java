package io.stateward.signal.internal;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A projection by a function. */
public class Mapped<P extends @Nullable Object, T extends @Nullable Object>
    extends Projection<P, T> {

  private final Function<? super P, ? extends T> function;
  private final String kind;

  /**
   * Creates a projection by a function.
   *
   * @param upstream what it is a function of
   * @param function the function
   * @param kind says what the function does to the upstream node, for the description
   */
  public Mapped(Node<P> upstream, Function<? super P, ? extends T> function, String kind) {
    super(upstream);
    this.function = function;
    this.kind = kind;
  }

  @Override
  protected final T compute(P in) {
    return function.apply(in);
  }

  @Override
  final String describe(int levels) {
    return kind + " of " + upstream().label(levels);
  }
}
