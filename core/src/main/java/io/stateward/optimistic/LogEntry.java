package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * A mutation in the log.
 *
 * @param id its id
 * @param command what is executed
 * @param made the command as it was made, which is what can be stored; it differs from the command
 *     once that was replaced by an outcome
 * @param status where it is on its way
 * @param rescue what becomes of it when the command throws
 */
record LogEntry<S>(
    MutationId id, Command<S> command, Command<S> made, MutationStatus status, Rescue<S> rescue) {

  /** Says what is executed in the place of a command that threw. */
  @FunctionalInterface
  interface Rescue<S> {

    /** Returns the other command; null to drop the mutation. */
    @Nullable Command<S> commandFor(
        LogEntry<S> entry, S before, S lastImage, TemporaryIds ids, Throwable cause);
  }

  static <S> LogEntry<S> of(MutationId id, Command<S> command, Rescue<S> rescue) {
    return new LogEntry<>(id, command, command, MutationStatus.PENDING, rescue);
  }

  /** Makes the share that another store's mutation has in this one, which stores none of it. */
  static <S> LogEntry<S> share(MutationId id, Command<S> command) {
    return of(id, command, new Share<>());
  }

  boolean isShare() {
    return rescue instanceof Share<S>;
  }

  /** Drops a share: what becomes of the mutation, its own store decides. */
  private record Share<S>() implements Rescue<S> {
    @Override
    public @Nullable Command<S> commandFor(
        LogEntry<S> entry, S before, S lastImage, TemporaryIds ids, Throwable cause) {
      return null;
    }
  }

  LogEntry<S> executing(Command<S> other) {
    return new LogEntry<>(id, other, made, status, rescue);
  }

  LogEntry<S> remapped(TemporaryIds ids) {
    Command<S> known = command.remapped(ids);
    Command<S> knownAsMade = command == made ? known : made.remapped(ids);
    return known == command && knownAsMade == made
        ? this
        : new LogEntry<>(id, known, knownAsMade, status, rescue);
  }

  LogEntry<S> at(MutationStatus other) {
    return other == status ? this : new LogEntry<>(id, command, made, other, rescue);
  }

  boolean isAcknowledged() {
    return status == MutationStatus.ACKNOWLEDGED;
  }

  Pending pending() {
    return new Pending(id, command.name(), status);
  }

  S execute(S state) {
    return checked(command, command.apply(state));
  }

  static <S> S checked(Command<S> command, S state) {
    if (state == null) {
      throw new NullPointerException(
          "Command '%s' returned null, so it changed nothing. Return the next state, or the same one to change nothing."
              .formatted(command.name()));
    }
    return state;
  }
}
