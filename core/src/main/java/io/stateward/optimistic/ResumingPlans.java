package io.stateward.optimistic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How mutations that an earlier run has stored are sent. */
final class ResumingPlans<S> {

  private final Map<String, CommandType<S, ?>> types = new HashMap<>();
  private final Map<String, Function<Command<S>, MutationPlan<S, ?>>> ofTypes = new HashMap<>();
  private final Map<String, Function<Command<S>, MutationPlan<S, ?>>> ofBatches = new HashMap<>();

  /** Adds the plan of a type. Called while the store is built. */
  <A> void add(
      CommandType<S, A> type, Function<? super A, ? extends MutationPlan<S, ?>> planOfArguments) {
    Objects.requireNonNull(planOfArguments, "plan");
    types.put(type.name(), type);
    put(
        ofTypes,
        type.name(),
        command -> planOfArguments.apply(Objects.requireNonNull(type.argumentsOf(command))));
  }

  /** Adds the plan of a batch. Called while the store is built. */
  void addBatch(
      String name, Function<? super List<Command<S>>, ? extends MutationPlan<S, ?>> planOfParts) {
    Objects.requireNonNull(planOfParts, "plan");
    put(
        ofBatches,
        Objects.requireNonNull(name, "name"),
        command -> planOfParts.apply(((BatchCommand<S>) command).commands()));
  }

  private static <S> void put(
      Map<String, Function<Command<S>, MutationPlan<S, ?>>> plans,
      String name,
      Function<Command<S>, MutationPlan<S, ?>> plan) {
    if (plans.put(name, plan) != null) {
      throw new IllegalArgumentException(
          "There are two plans to resume '%s'. Keep one.".formatted(name));
    }
  }

  /** Refuses plans for types that the store does not take. */
  ResumingPlans<S> checked(String store, @Nullable Map<String, CommandType<S, ?>> taken) {
    types.forEach(
        (name, type) -> {
          if (taken == null || taken.get(name) != type) {
            throw new IllegalArgumentException(
                "Store '%s' has a plan to resume '%s', and takes no such commands. Give the type to commands(...) as well."
                    .formatted(store, name));
          }
        });
    return this;
  }

  /** Returns the plan of a stored command; null if there is none. */
  @Nullable MutationPlan<S, ?> planOf(Command<S> command) {
    Map<String, Function<Command<S>, MutationPlan<S, ?>>> plans =
        command instanceof BatchCommand<S> ? ofBatches : ofTypes;
    Function<Command<S>, MutationPlan<S, ?>> plan = plans.get(command.name());
    return plan == null
        ? null
        : Objects.requireNonNull(plan.apply(command), "the plan to resume a mutation is null");
  }
}
