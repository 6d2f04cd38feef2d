package io.stateward.optimistic;

/** A command of a type, which can be stored. */
record TypedCommand<S, A>(CommandType<S, A> type, A arguments) implements Command<S> {

  @Override
  public S apply(S state) {
    return type.apply(state, arguments);
  }

  @Override
  public String name() {
    return type.name();
  }

  @Override
  public Command<S> remapped(TemporaryIds ids) {
    A known = type.remapped(arguments, ids);
    return known == arguments ? this : new TypedCommand<>(type, known);
  }

  byte[] encoded() {
    return type.codec().encode(arguments);
  }
}
