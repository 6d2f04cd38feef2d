package io.stateward.statemachine;

import io.stateward.statemachine.internal.ArcSpec;
import io.stateward.statemachine.internal.Guard;
import io.stateward.statemachine.internal.Plain;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A choice among several states under construction.
 *
 * <pre>{@code
 * .on(Submit.class).choose(c -> c
 *     .when("small", (idle, submit) -> submit.amount() < 100,
 *         Accepted.class, (idle, submit) -> new Accepted(submit.amount()))
 *     .otherwise(Reviewing.class, (idle, submit) -> new Reviewing(submit.amount())))
 * }</pre>
 *
 * <p><b>Thread safety.</b> One thread at a time.
 *
 * <p><b>Ordering.</b> Conditions are asked in the order in which they were added.
 *
 * @param <S> the type of the state of the machine, or of the region
 * @param <T> the type of the state that chooses
 * @param <V> the type of the event
 * @since 0.1
 */
public final class ChoiceDefinition<S, T extends S, V> {

  private final Draft draft;
  private final Arrow common;

  ChoiceDefinition(Draft draft, Arrow common) {
    this.draft = draft;
    this.common = common;
    Guard guard = common.arc().guard();
    if (guard != null) {
      throw new IllegalStateException(
          "%s has the guard \"%s\" and then a choice; make it a condition of the choice."
              .formatted(common.where(), guard.name()));
    }
  }

  /**
   * Adds a state that is chosen if a condition holds.
   *
   * @param <U> the type of the state
   * @param name what the condition is called
   * @param guard the condition
   * @param leaf the state
   * @param function makes it
   * @return this
   */
  public <U extends S> ChoiceDefinition<S, T, V> when(
      String name,
      BiPredicate<? super T, ? super V> guard,
      Class<U> leaf,
      BiFunction<? super T, ? super V, ? extends U> function) {
    return add(new Guard(name, Plain.test(guard), false), leaf, function);
  }

  /**
   * Adds the state that is chosen if no condition holds; it comes last.
   *
   * @param <U> the type of the state
   * @param leaf the state
   * @param function makes it
   * @return this
   */
  public <U extends S> ChoiceDefinition<S, T, V> otherwise(
      Class<U> leaf, BiFunction<? super T, ? super V, ? extends U> function) {
    return add(null, leaf, function);
  }

  private ChoiceDefinition<S, T, V> add(
      @Nullable Guard guard, Class<?> leaf, BiFunction<?, ?, ?> function) {
    Objects.requireNonNull(function, "function");
    ArcSpec arc = new ArcSpec(common.arc().trigger()).external(common.arc().external());
    if (guard != null) {
      arc.guard(guard);
    }
    arc.assigns().addAll(common.arc().assigns());
    arc.actions().addAll(common.arc().actions());
    arc.targets().add(new ArcSpec.Target(draft.leaf(leaf, common.where()), Plain.data(function)));
    common.addBesides(draft, arc);
    common.source().arcs().add(arc);
    return this;
  }
}
