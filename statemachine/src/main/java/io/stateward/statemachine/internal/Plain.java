package io.stateward.statemachine.internal;

import io.stateward.statemachine.Effect;
import io.stateward.statemachine.EventAction;
import io.stateward.statemachine.StateAction;
import io.stateward.statemachine.View;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a state and an event that read nothing else. The engine unwraps them, so that what
 * was written in a definition is one call away.
 *
 * <p>A lambda of other types is cast to these: what it was declared with is checked by the
 * compiler, and by the casts within the lambda.
 */
public final class Plain {

  private Plain() {}

  /** A guard, from what was declared with other types. */
  @SuppressWarnings("unchecked") // what it was declared with is checked where it was written
  public static Test test(BiPredicate<?, ?> function) {
    return new Test((BiPredicate<@Nullable Object, @Nullable Object>) function);
  }

  /** What makes data, from what was declared with other types. */
  @SuppressWarnings("unchecked") // as above
  public static Data data(BiFunction<?, ?, ?> function) {
    return new Data((BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>) function);
  }

  /** The body of an action, from what was declared with other types. */
  @SuppressWarnings("unchecked") // as above
  public static Body body(EventAction<?, ?> function) {
    return new Body((EventAction<@Nullable Object, @Nullable Object>) function);
  }

  /** The body of an action of a state, from what was declared with other types. */
  @SuppressWarnings("unchecked") // as above
  public static Body body(StateAction<?> function) {
    return new Body(new OfState((StateAction<@Nullable Object>) function));
  }

  /** An action of a state, as one that is given the event as well. */
  public record OfState(StateAction<@Nullable Object> action)
      implements EventAction<@Nullable Object, @Nullable Object> {

    @Override
    @SuppressWarnings("NullAway") // it may be null, which it does not see of type arguments
    public void run(@Nullable Object state, @Nullable Object event) throws Exception {
      action.run(state);
    }
  }

  /** A guard. */
  public record Test(BiPredicate<@Nullable Object, @Nullable Object> function)
      implements Guard.Test {

    @Override
    public boolean test(@Nullable Object state, @Nullable Object event, View view) {
      return function.test(state, event);
    }
  }

  /** What makes data. */
  public record Data(BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> function)
      implements DataFunction {

    @Override
    public @Nullable Object apply(@Nullable Object state, @Nullable Object event, View view) {
      return function.apply(state, event);
    }

    @Override
    public boolean looksAround() {
      return false;
    }
  }

  /** The body of an action. */
  public record Body(EventAction<@Nullable Object, @Nullable Object> function)
      implements Effect.Body {

    @Override
    @SuppressWarnings("NullAway") // both may be null, which it does not see of type arguments
    public void run(@Nullable Object state, @Nullable Object event, String key) throws Exception {
      function.run(state, event);
    }
  }
}
