package io.stateward.signal.internal;

import io.stateward.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a root since somebody began to prepare one that takes time, and that is to count
 * as if it had been made when it was begun: a state being loaded.
 *
 * <p>When the late update arrives, all that came after it is computed anew on top of it, from the
 * value that the root had when this began. So nothing is lost of either: an increment is added to
 * the number that was loaded.
 *
 * <p>Thread safety: all of it is guarded by the lock of the root.
 */
public final class LateUpdates<T> {

  private final Root<T> root;
  private final T base;
  private final List<Entry<T>> entries = new ArrayList<>();
  private int open;
  private @Nullable Refold<T> refold; // under way in an update of the root

  /** An update, or the place of one that is still to come. */
  private static final class Entry<T> {
    final boolean isPlace;
    @Nullable UnaryOperator<T> updater; // null while it is still to come
    @Nullable T after;

    Entry(boolean isPlace, @Nullable UnaryOperator<T> updater, @Nullable T after) {
      this.isPlace = isPlace;
      this.updater = updater;
      this.after = after;
    }

    T replay(T value) {
      if (updater instanceof Replayable<T> replayable) {
        return replayable.replay(value);
      }
      return updater == null ? value : updater.apply(value);
    }
  }

  /** The values after each entry, once the late update is in its place. */
  private record Refold<T>(Entry<T> place, UnaryOperator<T> updater, List<T> values, T result) {}

  private LateUpdates(Root<T> root, T base) {
    this.root = root;
    this.base = base;
  }

  /** Keeps a place, before whatever the root of a store is updated by from now on. */
  @SuppressWarnings("unchecked") // the source of a store is a root
  public static Place begin(Signal<?> store) {
    return begin((Root<Object>) Node.of(store).source());
  }

  private static <T> Place begin(Root<T> root) {
    Transaction.refuseInside(() -> "loading into store '%s'".formatted(root.name()));
    root.lock().lock();
    try {
      LateUpdates<T> updates = root.lateUpdates;
      if (updates == null) {
        updates = new LateUpdates<>(root, root.cell().value());
        root.lateUpdates = updates;
      }
      return updates.newPlace();
    } finally {
      root.lock().unlock();
    }
  }

  private Place newPlace() {
    open++;
    Entry<T> entry = new Entry<>(true, null, null);
    entries.add(entry);
    return new Place() {
      private boolean closed;

      @Override
      public void fill(UnaryOperator<Object> updater) {
        LateUpdates.this.fill(entry, updater);
      }

      @Override
      public Object base() {
        return baseValue();
      }

      @Override
      public void close() {
        root.lock().lock();
        try {
          if (!closed && --open == 0) {
            root.lateUpdates = null;
          }
          closed = true;
        } finally {
          root.lock().unlock();
        }
      }
    };
  }

  @SuppressWarnings("NullAway") // a store holds no null
  private Object baseValue() {
    return base;
  }

  /** The place of an update that is still to come. */
  public interface Place extends AutoCloseable {

    /** Updates the root as if it had been done when the place was taken. */
    void fill(UnaryOperator<Object> updater);

    /** Returns the value that the root had when this began. */
    Object base();

    /** Gives the place up, or says that it was filled. */
    @Override
    void close();
  }

  @SuppressWarnings("unchecked") // values of the root are all that the updater is given
  private void fill(Entry<T> place, UnaryOperator<Object> updater) {
    UnaryOperator<T> typed = value -> (T) updater.apply(value);
    root.update(
        current -> {
          dropWhatDidNotHappen(current);
          refold = refolded(place, typed);
          return refold.result.equals(current) ? current : refold.result;
        });
  }

  private Refold<T> refolded(Entry<T> place, UnaryOperator<T> updater) {
    List<T> values = new ArrayList<>();
    T value = base;
    for (Entry<T> entry : entries) {
      value = entry == place ? updater.apply(value) : replay(entry, value);
      values.add(value);
    }
    return new Refold<>(place, updater, values, value);
  }

  private T replay(Entry<T> entry, T value) {
    try {
      return entry.replay(value);
    } catch (RuntimeException e) {
      Probes.report(
          "Store '" + root.name() + "'",
          "An update that was made while a state was loaded threw when it was applied to that state, so it is left out.",
          e);
      return value;
    }
  }

  /** Notes what an updater has done. */
  void note(UnaryOperator<T> updater, T was, T now) {
    Refold<T> done = refold;
    refold = null;
    if (done != null && (now == done.result || (now == was && done.result.equals(was)))) {
      settle(done, now);
    } else if (now != was || countsUnchanged(updater)) {
      dropWhatDidNotHappen(was); // the late update may have been refused; this is another one
      entries.add(new Entry<>(false, updater, now));
    }
  }

  private static boolean countsUnchanged(UnaryOperator<?> updater) {
    return updater instanceof Replayable<?> replayable && replayable.countsUnchanged();
  }

  private void settle(Refold<T> done, T now) {
    done.place.updater = done.updater;
    for (int i = 0; i < entries.size(); i++) {
      entries.get(i).after = done.values.get(i);
    }
    entries.get(entries.size() - 1).after = now;
  }

  /** Forgets updates of an atomic update that threw: the root is not where they led to. */
  private void dropWhatDidNotHappen(T value) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry<T> entry = entries.get(i);
      if (entry.updater != null) {
        if (entry.isPlace || entry.after == value) {
          return;
        }
        entries.remove(i);
      }
    }
  }
}
