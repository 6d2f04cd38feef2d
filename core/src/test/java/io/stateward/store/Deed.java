package io.stateward.store;

/**
 * The actions of the reducing stores under test.
 *
 * @since 0.1
 */
public sealed interface Deed {

  /**
   * Adds to the left number.
   *
   * @param amount how much
   */
  record Add(int amount) implements Deed {}

  /**
   * Moves from the left number to the right one.
   *
   * @param amount how much
   */
  record Move(int amount) implements Deed {}

  /** Makes an equal state that is not the identical one. */
  record Rebuild() implements Deed {}

  /** Is handled and changes nothing. */
  record Rest() implements Deed {}

  /**
   * Makes the reducer throw.
   *
   * @param thrown what it throws
   */
  record Fail(RuntimeException thrown) implements Deed {}

  /** Makes the reducer return null. */
  record Vanish() implements Deed {}

  /** Is handled by nobody, until somebody adds a reducer. */
  record Late() implements Deed {}

  /** Is handled by nobody. */
  record Unknown() implements Deed {}

  /**
   * Returns the reducer of all but {@link Late} and {@link Unknown}.
   *
   * @return the reducer
   */
  @SuppressWarnings("NullAway") // what the rules are about
  static Reducer<Sample, Deed> reducer() {
    return Reducer.combine(
        Reducer.on(Add.class, (state, add) -> state.withLeft(state.left() + add.amount())),
        Reducer.on(
            Move.class,
            (state, move) ->
                new Sample(
                    state.left() - move.amount(), state.right() + move.amount(), state.entries())),
        Reducer.on(
            Rebuild.class,
            (state, rest) -> new Sample(state.left(), state.right(), state.entries())),
        Reducer.on(Rest.class, (state, rest) -> state),
        Reducer.on(
            Fail.class,
            (state, fail) -> {
              throw fail.thrown();
            }),
        Reducer.on(Vanish.class, (state, vanish) -> null));
  }
}
