package io.stateward.optimistic;

import io.stateward.collection.PersistentVector;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The mutations in a log as they can be shown to people, each made when it is asked for: who
 * follows how many there are does not pay for each of them.
 */
final class PendingList<S> extends AbstractList<Pending> implements RandomAccess {

  private final PersistentVector<LogEntry<S>> entries;

  PendingList(PersistentVector<LogEntry<S>> entries) {
    this.entries = entries;
  }

  @Override
  public Pending get(int index) {
    return entries.get(index).pending();
  }

  @Override
  public int size() {
    return entries.size();
  }

  /** Compares like any list, but looks at the sizes first, and at what two versions share. */
  @Override
  public boolean equals(@Nullable Object object) {
    if (object instanceof PendingList<?> other) {
      return size() == other.size() && (entries.equals(other.entries) || super.equals(object));
    }
    return super.equals(object);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
