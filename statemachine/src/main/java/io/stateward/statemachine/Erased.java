package io.stateward.statemachine;

import io.stateward.signal.Function3;
import io.stateward.statemachine.internal.Action;
import io.stateward.statemachine.internal.AssignFunction;
import io.stateward.statemachine.internal.DataFunction;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.InvokeSpec;
import io.stateward.statemachine.internal.Plain;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Functions as they were declared, handed to an engine that knows no types: the definition has
 * checked them, and the engine calls each with data of the state that it was written for.
 */
final class Erased {

  private Erased() {}

  // The engine keeps to what the definition says; what is null there is declared so here.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  static <T extends @Nullable Object> T cast(@Nullable Object value) {
    return (T) value;
  }

  static <T> Guard.Test test(Predicate<? super T> guard) {
    Objects.requireNonNull(guard, "guard");
    return Plain.test(
        (@Nullable Object state, @Nullable Object event) -> guard.test(Erased.<T>cast(state)));
  }

  static <T, V> Guard.Test test(Function3<? super T, ? super V, View, Boolean> guard) {
    Objects.requireNonNull(guard, "guard");
    return (state, event, view) -> guard.apply(cast(state), cast(event), view);
  }

  static <T, V, U> DataFunction data(Function3<? super T, ? super V, View, ? extends U> function) {
    Objects.requireNonNull(function, "function");
    return (state, event, view) -> function.apply(cast(state), cast(event), view);
  }

  static <T, U> DataFunction data(Function<? super T, ? extends U> function) {
    Objects.requireNonNull(function, "function");
    return Plain.data(
        (@Nullable Object state, @Nullable Object event) -> function.apply(Erased.<T>cast(state)));
  }

  static <D, T, V> AssignFunction assign(
      Function3<? super D, ? super T, ? super V, ? extends D> function) {
    Objects.requireNonNull(function, "function");
    return (current, state, event) -> function.apply(cast(current), cast(state), cast(event));
  }

  static <T, V> Action.Maker maker(BiFunction<? super T, ? super V, ? extends Object> function) {
    Objects.requireNonNull(function, "function");
    return (state, event) -> function.apply(cast(state), cast(event));
  }

  static <T, V> Effect.Body body(EventAction.Keyed<? super T, ? super V> action) {
    Objects.requireNonNull(action, "action");
    return (state, event, key) -> action.run(cast(state), cast(event), key);
  }

  static <T> Effect.Body body(StateAction<? super T> action) {
    return Plain.body(Objects.requireNonNull(action, "action"));
  }

  static <T> Effect.Body body(StateAction.Keyed<? super T> action) {
    Objects.requireNonNull(action, "action");
    return (state, event, key) -> action.run(cast(state), key);
  }

  static <T> InvokeSpec.Work blocking(InvokeWork<? super T, ?> work) {
    Objects.requireNonNull(work, "work");
    return new InvokeSpec.Blocking((state, run) -> work.call(cast(state), run));
  }

  static <T> InvokeSpec.Work stage(
      BiFunction<? super T, ? super InvokeContext, ? extends CompletionStage<?>> work) {
    Objects.requireNonNull(work, "work");
    return new InvokeSpec.Stage((state, run) -> work.apply(cast(state), run));
  }

  static <T> Function<@Nullable Object, @Nullable Object> input(
      Function<? super T, ? extends Object> input) {
    Objects.requireNonNull(input, "input");
    return state -> input.apply(cast(state));
  }
}
