package io.stateward.optimistic;

import java.util.List;

/** Several commands that are one. */
record BatchCommand<S>(String name, List<Command<S>> commands) implements Command<S> {

  BatchCommand {
    commands = List.copyOf(commands);
    if (commands.isEmpty()) {
      throw new IllegalArgumentException(
          "The batch '%s' has no command. Give it at least one.".formatted(name));
    }
  }

  BatchCommand(String name, java.util.Collection<? extends Command<S>> commands) {
    this(name, List.<Command<S>>copyOf(commands));
  }

  @Override
  public S apply(S state) {
    S now = state;
    for (Command<S> command : commands) {
      now = LogEntry.checked(command, command.apply(now));
    }
    return now;
  }

  @Override
  public Command<S> remapped(TemporaryIds ids) {
    return new BatchCommand<>(
        name, commands.stream().map(command -> command.remapped(ids)).toList());
  }
}
