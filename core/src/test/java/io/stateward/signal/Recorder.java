package io.stateward.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A subscriber that keeps what it is told, and notices when two calls overlap.
 *
 * @param <T> the type of the value
 * @since 0.1
 */
public final class Recorder<T> implements Consumer<Change<T>> {

  private final List<Change<T>> changes = new ArrayList<>(); // guarded by itself
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean overlapped;

  /** Creates a recorder that has heard nothing. */
  public Recorder() {}

  @Override
  public void accept(Change<T> change) {
    overlapped |= inside.getAndIncrement() != 0;
    int told;
    synchronized (changes) {
      changes.add(change);
      told = changes.size();
    }
    if (told % 8 == 0) {
      Thread.yield(); // long enough for a second call to be seen, if there is one
    }
    inside.getAndDecrement();
  }

  /**
   * Returns what was told.
   *
   * @return a copy of the changes, in the order of the calls
   */
  public List<Change<T>> changes() {
    synchronized (changes) {
      return new ArrayList<>(changes);
    }
  }

  /**
   * Returns the new values that were told.
   *
   * @return a copy, in the order of the calls
   */
  public List<T> values() {
    return changes().stream().map(Change::now).toList();
  }

  /** Verifies that calls were serial, versions grew, and each change began where one ended. */
  public void verifyJoined() {
    assertThat(overlapped).as("two calls overlapped").isFalse();
    List<Change<T>> told = changes();
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).was()).as("start of change %d", i).isEqualTo(told.get(i - 1).now());
      assertThat(told.get(i).version())
          .as("version of change %d", i)
          .isGreaterThan(told.get(i - 1).version());
    }
  }
}
