package io.stateward.optimistic;

import io.stateward.store.WriteResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mutation that can be undone, or made again.
 *
 * @param mutation its handle
 * @param command what it did
 * @param plan how it was sent
 * @param before what it was about, before it
 * @param made what it made of that: at first what was guessed, then what the server has
 * @param settled whether it took effect
 */
record MutationStep<S, T>(
    Underway<S, T> mutation,
    Command<S> command,
    MutationPlan<S, T> plan,
    @Nullable T before,
    @Nullable T made,
    boolean settled) {

  static <S, T> MutationStep<S, T> of(
      Joining<S, T> joining, Command<S> command, MutationPlan<S, T> plan, TemporaryIds ids) {
    About<S, T> about = plan.part(ids);
    return new MutationStep<>(
        joining.made(),
        command,
        plan,
        about.in(joining.before()),
        about.in(joining.after()),
        false);
  }

  MutationId id() {
    return mutation.id();
  }

  String name() {
    return command.name();
  }

  /** Returns the step once its mutation took effect; what it removed stays removed. */
  MutationStep<S, T> settledWith(WriteResult<T> result) {
    T now = made != null && result instanceof WriteResult.Saved<T> saved ? saved.value() : null;
    return new MutationStep<>(mutation, command, plan, before, now, true);
  }

  /** Returns how its mutation was settled; null if that is still to come. */
  @Nullable WriteResult<T> result() {
    return mutation.stage().toCompletableFuture().getNow(null);
  }

  /** Returns why what it was about cannot be put back; null if it can. */
  @Nullable String obstacle(S visible, TemporaryIds ids) {
    if (!Objects.equals(plan.part(ids).in(visible), made)) {
      return "What '%s' was about has changed since, and would be overwritten. Say what undoes it with MutationPlan.undoneBy(...)."
          .formatted(name());
    }
    return before == null
        ? "'%s' created what it is about, so there is nothing to put back. Say what undoes it with MutationPlan.undoneBy(...)."
            .formatted(name())
        : null;
  }

  /** Returns the command that puts back what it was about, if that is still what it made of it. */
  Command<S> putBack() {
    T then = Objects.requireNonNull(before);
    return Command.withIds(
        "undo " + name(),
        (state, ids) -> {
          About<S, T> about = plan.part(ids);
          if (!Objects.equals(about.in(state), made)) {
            throw new IllegalStateException(
                "What '%s' was about has changed since it was undone.".formatted(name()));
          }
          return about.with(state, then);
        });
  }
}
