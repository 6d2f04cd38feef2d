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
    } else if (command instanceof TypedCommand<S, ?> typed
        && known.get(typed.name()) == typed.type()) {
      typed.stored(); // now, and not when it is saved: then it could not be refused any more
    } else {
      throw new IllegalArgumentException(
          "Store '%s' stores its log, so it takes commands of its types alone, which are %s; command '%s' is none of them. Define a CommandType with a codec, give it to commands(...), and mutate with its with(arguments)."
              .formatted(store, known.keySet(), command.name()));
    }
  }

  /** Whether it takes a command, as far as its type goes. */
  boolean takesUntyped() {
    return types == null;
  }

  /** Returns the types, without which nothing can be stored. */
  Map<String, CommandType<S, ?>> storedTypes() {
    if (types == null) {
      throw new IllegalStateException(
          "Store '%s' takes any command, also a lambda, which cannot be stored. Open it with OptimisticStore.over(...).commands(types), each a CommandType with a codec."
              .formatted(store));
    }
    return types;
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
