package io.stateward.optimistic;

/**
 * A stored mutation that this version of the application cannot read: it stays stored, and takes no
 * effect.
 *
 * @param stored what was stored
 * @param reason says why it cannot be read
 * @param cause what was thrown
 */
record Inert(SavedMutation stored, String reason, Throwable cause) {

  static Inert of(SavedMutation stored, Throwable cause) {
    String name = "";
    try {
      name = StoredCommands.nameOf(stored.command());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    return new Inert(
        stored,
        "Stored mutation '%s' (%s) cannot be read by this version of the application: %s. It stays stored and takes no effect; a version that can read it takes it up again, and cancel(id) forgets it."
            .formatted(name, stored.id(), cause.getMessage()),
        cause);
  }

  MutationId id() {
    return stored.id();
  }

  /** Whether no answer to it is known. */
  boolean isOpen() {
    return !stored.acknowledged();
  }

  Inert acknowledged() {
    return new Inert(new SavedMutation(id(), stored.command(), true), reason, cause);
  }

  <S> DeadLetter<S> letter() {
    Command<S> nothing = Command.named(nameOrUnnamed(), state -> state);
    return new DeadLetter<>(id(), nothing, DeadLetter.Kind.UNKNOWN, reason, cause);
  }

  private String nameOrUnnamed() {
    try {
      return StoredCommands.nameOf(stored.command());
    } catch (RuntimeException e) { // it is damaged in that place too
      return "unnamed";
    }
  }
}
