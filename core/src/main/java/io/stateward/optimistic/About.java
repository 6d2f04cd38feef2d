package io.stateward.optimistic;

import io.stateward.store.Lens;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a mutation is about: a part of the state, which may be missing. */
record About<S, T>(
    Function<? super S, ? extends @Nullable T> get,
    BiFunction<? super S, ? super T, ? extends S> with) {

  About {
    Objects.requireNonNull(get, "get");
    Objects.requireNonNull(with, "with");
  }

  static <S, T> About<S, T> of(Lens<S, T> lens) {
    return new About<>(lens::get, lens::with);
  }

  @Nullable T in(S state) {
    return get.apply(state);
  }

  S with(S state, T part) {
    return with.apply(state, part);
  }
}
