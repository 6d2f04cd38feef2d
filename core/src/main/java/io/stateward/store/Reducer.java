package io.stateward.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How the state follows from the state before and an action.
 *
 * <pre>{@code
 * Reducer<Board, Move> moves =
 *     Reducer.combine(
 *         Reducer.on(Rename.class, (board, rename) -> board.withTitle(rename.title())),
 *         Reducer.slice(Lens.of(Board::score, Board::withScore), Score::after));
 * Board next = moves.reduce(board, new Rename("Sprint 7"));
 * }</pre>
 *
 * <p>A reducer is pure: it computes the next state and does nothing else. It returns the identical
 * state to change nothing.
 *
 * <p><b>Thread safety.</b> A store runs it once per dispatch, under its lock; several stores may
 * share one.
 *
 * <p><b>Failure.</b> One that throws changes nothing, and who dispatched gets the exception. One
 * that returns null changes nothing either, and the message names the action.
 *
 * @param <S> the type of the state
 * @param <A> the type of the actions; best a sealed interface of records
 * @since 0.1
 */
@FunctionalInterface
public interface Reducer<S, A> {

  /**
   * Returns the state after an action.
   *
   * @param state the state before
   * @param action what is to be done
   * @return the next state; the identical one to change nothing
   */
  S reduce(S state, A action);

  /**
   * Tells whether this reducer knows what to do about an action. A store asks only when an action
   * changed nothing, to tell an action that nobody handles from one that had no effect.
   *
   * @param action an action
   * @return whether it is handled here; true unless made by {@link #on}
   */
  default boolean handles(A action) {
    return true;
  }

  /**
   * Makes a reducer of actions of one type; it leaves the state alone for every other.
   *
   * @param <S> the type of the state
   * @param <A> the type of all actions
   * @param <B> the type of those that it handles
   * @param type the class of the actions that it handles, subtypes included
   * @param reducer what to do about them
   * @return a reducer of all actions
   */
  static <S, A, B extends A> Reducer<S, A> on(Class<B> type, Reducer<S, B> reducer) {
    return new Reducers.On<>(
        Objects.requireNonNull(type, "type"), Objects.requireNonNull(reducer, "reducer"));
  }

  /**
   * Makes a reducer of a part of the state.
   *
   * @param <S> the type of the whole state
   * @param <T> the type of the part
   * @param <A> the type of the actions
   * @param lens reads and replaces the part
   * @param reducer the reducer of the part; if it returns the identical part, the whole stays too
   * @return a reducer of the whole
   */
  static <S, T, A> Reducer<S, A> slice(Lens<S, T> lens, Reducer<T, A> reducer) {
    return new Reducers.Slice<>(
        Objects.requireNonNull(lens, "lens"), Objects.requireNonNull(reducer, "reducer"));
  }

  /**
   * Combines reducers: each gets what the one before returned. An action is handled if any of them
   * handles it.
   *
   * @param <S> the type of the state
   * @param <A> the type of the actions
   * @param reducers the reducers, in order
   * @return one reducer
   */
  @SafeVarargs
  static <S, A> Reducer<S, A> combine(Reducer<S, A>... reducers) {
    List<Reducer<S, A>> all = new ArrayList<>();
    for (Reducer<S, A> reducer : reducers) {
      all.add(Objects.requireNonNull(reducer, "reducer"));
    }
    return new Reducers.InTurn<>(List.copyOf(all));
  }
}
