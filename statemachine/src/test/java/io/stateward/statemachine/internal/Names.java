package io.stateward.statemachine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that are their own names; all names are known when they come. */
final class Names implements EventSpace {

  private final List<String> names = new ArrayList<>();
  private final boolean telling;

  /** Names; if telling, ends of states and failures are events as well, as in documents. */
  Names(boolean telling) {
    this.telling = telling;
  }

  @Override
  public synchronized int size() {
    return names.size();
  }

  @Override
  public boolean open() {
    return true;
  }

  @Override
  public synchronized int kindOf(Object event) {
    if (!(event instanceof String name)) {
      return -1;
    }
    if (!names.contains(name)) {
      names.add(name);
    }
    return names.indexOf(name);
  }

  @Override
  public synchronized Object key(int kind) {
    return names.get(kind);
  }

  @Override
  public synchronized String name(int kind) {
    return names.get(kind);
  }

  @Override
  public @Nullable Object done(String state) {
    return telling ? "done." + state : null;
  }

  @Override
  public @Nullable Object failed(Throwable failure) {
    return telling ? "error" : null;
  }

  @Override
  public String label() {
    return "names";
  }
}
