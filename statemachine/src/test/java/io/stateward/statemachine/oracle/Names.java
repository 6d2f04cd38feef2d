package io.stateward.statemachine.oracle;

import io.stateward.statemachine.internal.EventSpace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that are strings: a few kinds, and the ends of states. */
final class Names implements EventSpace {

  static final List<String> KINDS = List.of("a", "b", "c", "d");
  private static final int MOST_STATES = 60;

  private final List<String> names = new ArrayList<>(KINDS);
  private final boolean tellsEnds;

  /** Names, and whether the end of a state is one. */
  Names(boolean tellsEnds) {
    this.tellsEnds = tellsEnds;
    for (int i = 0; i < MOST_STATES; i++) {
      names.add("done.s" + i);
    }
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public int kindOf(Object event) {
    return names.indexOf(event);
  }

  @Override
  public Object key(int kind) {
    return names.get(kind);
  }

  @Override
  public String name(int kind) {
    return names.get(kind);
  }

  @Override
  public @Nullable Object done(String state) {
    return tellsEnds ? "done." + state : null;
  }

  @Override
  public String label() {
    return "names";
  }
}
