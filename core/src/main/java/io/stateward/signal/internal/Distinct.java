package io.stateward.signal.internal;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A node as it is, under an equality of the host's choice. */
final class Distinct<T extends @Nullable Object> extends Projection<T, T> {

  private final BiPredicate<? super T, ? super T> same;

  Distinct(Node<T> upstream, BiPredicate<? super T, ? super T> same) {
    super(upstream);
    this.same = same;
  }

  @Override
  protected T compute(T in) {
    return in;
  }

  @Override
  boolean equal(T one, T other) {
    return same.test(one, other);
  }

  @Override
  String describe(int levels) {
    return "distinct of " + upstream().label(levels);
  }
}
