package io.stateward.store;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A part of an immutable value: how to read it, and how to get the value with that part replaced.
 *
 * <pre>{@code
 * Lens<App, String> city = Lens.of(App::user, App::withUser)
 *     .then(Lens.of(User::address, User::withAddress))
 *     .then(Lens.of(Address::city, Address::withCity));
 * App moved = city.modify(app, name -> "Turin");
 * }</pre>
 *
 * <p>The two functions belong together: reading what was just replaced gives the replacement, and
 * replacing a part by itself changes nothing.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <S> the type of the whole
 * @param <T> the type of the part
 * @since 0.1
 */
public interface Lens<S, T> {

  /**
   * Returns the part.
   *
   * @param whole the whole
   * @return its part
   */
  T get(S whole);

  /**
   * Returns the whole with the part replaced.
   *
   * @param whole the whole, which is not changed
   * @param part the new part
   * @return a whole with that part
   */
  S with(S whole, T part);

  /**
   * Makes a lens of an accessor and a wither.
   *
   * @param <S> the type of the whole
   * @param <T> the type of the part
   * @param get reads the part
   * @param with replaces the part
   * @return the lens
   */
  static <S, T> Lens<S, T> of(
      Function<? super S, ? extends T> get, BiFunction<? super S, ? super T, ? extends S> with) {
    return new FunctionLens<>(
        Objects.requireNonNull(get, "get"), Objects.requireNonNull(with, "with"));
  }

  /**
   * Returns the whole with the part changed by a function. If the function returns the identical
   * part, the whole comes back as it is.
   *
   * @param whole the whole, which is not changed
   * @param change computes the new part
   * @return a whole with that part
   */
  default S modify(S whole, UnaryOperator<T> change) {
    T was = get(whole);
    T now =
        Objects.requireNonNull(
            change.apply(was),
            "The updater of a part returned null, so nothing changed. Return the next part, or the same one to change nothing.");
    return now == was ? whole : with(whole, now);
  }

  /**
   * Returns the lens to a part of the part.
   *
   * @param <R> the type of the inner part
   * @param inner a lens from this lens's part
   * @return the lens from the whole to the inner part
   */
  default <R> Lens<S, R> then(Lens<T, R> inner) {
    return of(
        whole -> inner.get(get(whole)), (whole, part) -> with(whole, inner.with(get(whole), part)));
  }
}
