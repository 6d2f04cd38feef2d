package io.stateward.optimistic;

import org.jspecify.annotations.Nullable;

/**
 * A fold under way: the state so far, and what was dropped on the way.
 *
 * <p>Confined to the update of the log that it is a part of.
 */
final class Fold<S> {
  S state;
  Graveyard<S> graveyard;
  final TemporaryIds ids;

  Fold(S state, Graveyard<S> graveyard, TemporaryIds ids) {
    this.state = state;
    this.graveyard = graveyard;
    this.ids = ids;
  }

  LogEntry<S> keep(LogEntry<S> entry, S image) {
    state = image;
    return entry;
  }

  /** Executes a mutation, or what is to be executed in its place; null if it is dropped. */
  @Nullable LogEntry<S> execute(LogEntry<S> entry, S lastImage) {
    try {
      state = entry.execute(state);
      return entry;
    } catch (Exception | StackOverflowError | AssertionError e) { // foreign code
      LogEntry<S> rescued = rescued(entry, lastImage, e);
      if (rescued == null) {
        Graveyard<S> next = entry.isAcknowledged() ? graveyard : graveyard.abandoning(entry);
        graveyard = next.with(letter(entry, e));
      }
      return rescued;
    }
  }

  private @Nullable LogEntry<S> rescued(LogEntry<S> entry, S lastImage, Throwable cause) {
    try {
      Command<S> other = entry.rescue().commandFor(entry, state, lastImage, ids, cause);
      if (other == null) {
        return null;
      }
      LogEntry<S> instead = entry.executing(other);
      state = instead.execute(state);
      return instead;
    } catch (Exception | StackOverflowError | AssertionError e) { // foreign code as well
      cause.addSuppressed(e);
      return null;
    }
  }

  private static <S> DeadLetter<S> letter(LogEntry<S> entry, Throwable cause) {
    return new DeadLetter<>(
        entry.id(),
        entry.made(),
        DeadLetter.Kind.NOT_REPLAYABLE,
        "The state before it has changed, and '%s' cannot be executed on that: %s"
            .formatted(entry.command().name(), cause),
        cause);
  }
}
