package io.stateward.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reducers that are made of others. */
final class Reducers {

  private Reducers() {}

  record On<S, A, B extends A>(Class<B> type, Reducer<S, B> reducer) implements Reducer<S, A> {
    @Override
    public S reduce(S state, A action) {
      return type.isInstance(action) ? reducer.reduce(state, type.cast(action)) : state;
    }

    @Override
    public boolean handles(A action) {
      return type.isInstance(action) && reducer.handles(type.cast(action));
    }
  }

  record Slice<S, T, A>(Lens<S, T> lens, Reducer<T, A> reducer) implements Reducer<S, A> {
    @Override
    public S reduce(S state, A action) {
      T was = lens.get(state);
      T now = checked(reducer.reduce(was, action), "The reducer of a slice", action);
      return now == was ? state : lens.with(state, now);
    }

    @Override
    public boolean handles(A action) {
      return reducer.handles(action);
    }
  }

  record InTurn<S, A>(List<Reducer<S, A>> all) implements Reducer<S, A> {
    @Override
    public S reduce(S state, A action) {
      S next = state;
      for (int i = 0; i < all.size(); i++) {
        next = checked(all.get(i).reduce(next, action), "Reducer " + (i + 1), action);
      }
      return next;
    }

    @Override
    public boolean handles(A action) {
      return all.stream().anyMatch(reducer -> reducer.handles(action));
    }
  }

  /** Refuses a state that a reducer must not return. */
  static <S> S checked(@Nullable S state, String whose, @Nullable Object action) {
    if (state == null) {
      throw new NullPointerException(
          "%s returned null for %s, so nothing changed. Return the next state, or the same one to change nothing."
              .formatted(whose, typeOf(action)));
    }
    return state;
  }

  /** Names an action in messages: by its type, since what it carries may be large or secret. */
  static String typeOf(@Nullable Object action) {
    if (action == null) {
      return "an update";
    }
    Class<?> type = action.getClass();
    String simple = type.getSimpleName();
    return "an action " + (simple.isEmpty() ? type.getName() : simple);
  }
}
