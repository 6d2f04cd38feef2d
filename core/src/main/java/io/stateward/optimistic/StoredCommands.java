package io.stateward.optimistic;

import io.stateward.codec.Tree;
import java.util.List;
import java.util.Map;

/** Commands as they are stored, and back: see {@link SavedMutation}. */
final class StoredCommands<S> {

  private final Map<String, CommandType<S, ?>> types;

  StoredCommands(Map<String, CommandType<S, ?>> types) {
    this.types = types;
  }

  static Tree tree(Command<?> command) {
    if (command instanceof TypedCommand<?, ?> typed) {
      return typed.stored();
    }
    if (command instanceof BatchCommand<?> batch) {
      List<Tree> parts = batch.commands().stream().map(part -> tree((Command<?>) part)).toList();
      return Tree.object().plus("batch", batch.name()).plus("commands", Tree.array(parts));
    }
    throw new IllegalStateException(
        "Command '%s' is of no type, so it cannot be stored.".formatted(command.name()));
  }

  /** Returns what a stored command is called. */
  static String nameOf(Tree tree) {
    return tree.find("/type").or(() -> tree.find("/batch")).map(Tree::asString).orElse("unnamed");
  }

  /** Returns the command; throws if this version cannot read it. */
  Command<S> command(Tree tree) {
    if (tree.find("/batch").isPresent()) {
      List<Command<S>> parts =
          tree.at("/commands").asArray().elements().stream().map(this::command).toList();
      return new BatchCommand<>(tree.at("/batch").asString(), parts);
    }
    String name = tree.at("/type").asString();
    CommandType<S, ?> type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "no type of commands is called '%s' here, only %s".formatted(name, types.keySet()));
    }
    return command(type, tree);
  }

  private static <S, A> Command<S> command(CommandType<S, A> type, Tree tree) {
    return type.with(Enclosed.value(type.codec(), "arguments", tree));
  }
}
