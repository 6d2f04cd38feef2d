package io.stateward.optimistic;

import io.stateward.time.Timekeeper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an optimistic store that is not yet open.
 *
 * <pre>{@code
 * OptimisticStore<Board> board = OptimisticStore.over("board", loaded)
 *     .commands(MOVE, RENAME)
 *     .repeatable(developing)
 *     .open();
 * }</pre>
 *
 * <p><b>Thread safety.</b> None: a builder belongs to one thread.
 *
 * @param <S> the type of the state
 * @since 0.1
 */
public final class OptimisticBuilder<S> {

  private final String name;
  private final S confirmed;
  private Timekeeper timekeeper = Timekeeper.system();
  private @Nullable String origin;
  private @Nullable Map<String, CommandType<S, ?>> types;
  private boolean repeatable;
  private BiPredicate<? super S, ? super S> same = (guessed, found) -> guessed == found;
  private final ResumingPlans<S> plans = new ResumingPlans<>();

  OptimisticBuilder(String name, S confirmed) {
    this.name = Objects.requireNonNull(name, "name");
    this.confirmed = Objects.requireNonNull(confirmed, "confirmed");
  }

  /**
   * Chooses whose time retries and time-outs go by.
   *
   * @param time the time; {@link Timekeeper#system} unless chosen
   * @return this builder
   */
  public OptimisticBuilder<S> timekeeper(Timekeeper time) {
    timekeeper = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Chooses what names the mutations of this store.
   *
   * @param origin a name that no other store has that the server hears of, also not this one when
   *     it was opened before; random unless chosen
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   */
  public OptimisticBuilder<S> origin(String origin) {
    this.origin = new MutationId(origin, 1).origin();
    return this;
  }

  /**
   * Takes commands of certain types alone, so that the log can be stored.
   *
   * @param known the types; their names differ
   * @return this builder
   * @throws IllegalArgumentException if two types have the same name
   */
  @SafeVarargs
  public final OptimisticBuilder<S> commands(CommandType<S, ?>... known) {
    Map<String, CommandType<S, ?>> byName = new LinkedHashMap<>();
    for (CommandType<S, ?> type : known) {
      if (byName.put(type.name(), type) != null) {
        throw new IllegalArgumentException(
            "There are two types of commands called '%s'. Give them different names."
                .formatted(type.name()));
      }
    }
    types = Map.copyOf(byName);
    return this;
  }

  /**
   * Says how mutations of a type are sent that an earlier run has stored and the server has not
   * answered. Each keeps its id, by which the server knows it if it has carried it out already; and
   * its place: those of one scope are sent in the order in which they were made. One whose type has
   * no plan stays in the log until it is answered from outside.
   *
   * @param <A> the type of the arguments
   * @param type one of the {@linkplain #commands types} of this store
   * @param plan returns the plan for a command's arguments, as it would be made for a new one
   * @return this builder
   * @throws IllegalArgumentException if there is a plan for this type already
   */
  public <A> OptimisticBuilder<S> resuming(
      CommandType<S, A> type, Function<? super A, ? extends MutationPlan<S, ?>> plan) {
    plans.add(type, plan);
    return this;
  }

  /**
   * Says how batches of a name are sent that an earlier run has stored.
   *
   * @param name the name of the batch
   * @param plan returns the plan for its commands; see {@link CommandType#argumentsOf}
   * @return this builder
   * @throws IllegalArgumentException if there is a plan for this name already
   */
  public OptimisticBuilder<S> resumingBatch(
      String name, Function<? super List<Command<S>>, ? extends MutationPlan<S, ?>> plan) {
    plans.addBatch(name, plan);
    return this;
  }

  /**
   * Executes each command twice when it is made, and refuses one that gives two different states:
   * for development, where it finds the clock or the random number in a command.
   *
   * @param checking whether to
   * @return this builder
   */
  public OptimisticBuilder<S> repeatable(boolean checking) {
    repeatable = checking;
    return this;
  }

  /**
   * Chooses when a guess was right: what stands on a guessed state then stays as it is, and is not
   * executed anew on the one that was found instead. For states with a part that nobody can guess
   * and no command depends on, such as a version that the server gives.
   *
   * @param right given what was guessed, and what was found; a pure function that is cheaper than a
   *     command. Only the same state unless chosen
   * @return this builder
   */
  public OptimisticBuilder<S> guessed(BiPredicate<? super S, ? super S> right) {
    same = Objects.requireNonNull(right, "right");
    return this;
  }

  /**
   * Opens the store.
   *
   * @return the store
   * @throws IllegalArgumentException if there is a plan to resume a type that it does not take
   */
  public OptimisticStore<S> open() {
    String named = origin == null ? UUID.randomUUID().toString() : origin;
    return new LoggedStore<>(
        name,
        OptimisticLog.of(confirmed, same),
        timekeeper,
        new Admission<>(name, types, repeatable),
        named,
        plans.checked(name, types));
  }
}
