package io.stateward.optimistic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which commands a store takes.
 *
 * @param store the name of the store
 * @param types the types of commands that can be stored; null if nothing is stored
 * @param repeatable whether each command is executed twice
 */
record Admission<S>(
    String store, @Nullable Map<String, CommandType<S, ?>> types, boolean repeatable) {

  /** Refuses a command that this store does not take. */
  void check(Command<S> command) {
    if (types != null) {
      checkType(command, types);
    }
  }

  private void checkType(Command<S> command, Map<String, CommandType<S, ?>> known) {
    if (command instanceof BatchCommand<S> batch) {
      batch.commands().forEach(part -> checkType(part, known));
    } else if (!(command instanceof TypedCommand<S, ?> typed)
        || known.get(typed.name()) != typed.type()) {
      throw new IllegalArgumentException(
          "Store '%s' stores its log, so it takes commands of its types alone, which are %s; command '%s' is none of them. Define a CommandType with a codec, give it to commands(...), and mutate with its with(arguments)."
              .formatted(store, known.keySet(), command.name()));
    }
  }

  /** Refuses a command that gives two states of the same one. */
  void checkRepeatable(Command<S> command, S before, S after) {
    if (repeatable) {
      S again = LogEntry.checked(command, command.apply(before));
      if (!again.equals(after)) {
        throw new NonrepeatableCommandException(store, command, after, again);
      }
    }
  }
}
