package io.stateward.optimistic;

import io.stateward.time.Timekeeper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
   * Opens the store.
   *
   * @return the store
   */
  public OptimisticStore<S> open() {
    String named = origin == null ? UUID.randomUUID().toString() : origin;
    return new LoggedStore<>(
        name, confirmed, timekeeper, new Admission<>(name, types, repeatable), named);
  }
}
